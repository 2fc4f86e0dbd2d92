"""Markup as people write it → markup that libxml2 reads as browsers do.

Straßen<wbr>verordnung      → Straßenverordnung       elements without an end, in which libxml2 puts all that follows
…</body></html><article>…   → …<article>…             browsers show what follows; libxml2 loses it or hangs it elsewhere
<ruby>橋<rt>はし</rt></ruby>  → <ruby>橋</ruby>         readings over characters are no words of the text
<p a1=1 a2=1 … a20000=1>    → <p a1=1 … a500=1>       libxml2's time grows as the square of their number
"""

from __future__ import annotations

import itertools
import re

ATTRIBUTES = r"""(?:[^<>"']|"[^"]*"|'[^']*')*+"""
WORD_BREAK = re.compile(rf"</?wbr\b{ATTRIBUTES}>", re.I)
ENDLESS = re.compile(rf"</?(?:embed|source|track|keygen|bgsound|basefont|command)\b{ATTRIBUTES}>", re.I)
MISREAD = re.compile(rb"<(?:wbr|ruby|embed|source|track|keygen|bgsound|basefont|command)|</(?:body|html)")  # of a page in lower case
OTHERS = frozenset({b"<wbr", b"<ruby", b"</body", b"</html"})  # that are mended in other ways
END = re.compile(r"</(?:body|html)\s*>", re.I)
# The end tags of readings may be left out: a reading ends with the next one, with the next base text, or with all of them.
READING = re.compile(r"<r(?:t|p|tc)\b[^<>]*>(?:[^<]|<(?!/?(?:ruby|rb|rt|rp|rtc|p|div|li|td|h[1-6])\b))*+(?:</r(?:t|p|tc)\s*>)?", re.I)
READING_END = re.compile(r"</r(?:t|p|tc)\s*>", re.I)
WHOLE = re.compile(r"<!doctype\s+html|<html\b|<head\b|<body\b", re.I)
LONG = 4_000  # characters of a tag
LONG_TAG = re.compile(rf"<[a-z][^<>]{{{LONG},}}+(?=>)", re.I)
ATTRIBUTE = re.compile(r"""[^\s"'=/]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"']++))?""")
MOST_ATTRIBUTES = 500  # of an element: libxml2 compares each with all before it
HEAD = 2_000  # characters in which a page says that it is one

BLOCKS = "p|div|li|ul|ol|h[1-6]|article|section|blockquote|table|tr|td|th|hr|pre|figure|figcaption|header|footer|main|aside|dl|dt|dd|br|img|iframe"
INLINE = "a|b|i|em|strong|u|span|font|small|sup|sub|s|del|ins|mark|cite|q|code|time|ruby|rt|center|abbr|big|tt"
TAG = re.compile(rf"<(?P<end>/?)(?P<name>{BLOCKS}|{INLINE})\b(?P<more>{ATTRIBUTES})>", re.I)
BLOCK_NAME = re.compile(BLOCKS, re.I)
BREAKING = re.compile(rf"<(?:{BLOCKS.replace('|img|iframe', '')})\b", re.I)
ESCAPED = re.compile(rf"&lt;(?P<end>/?)(?:{BLOCKS}|{INLINE})\b(?:(?!&[lg]t;).)*?&gt;", re.I)
CDATA = re.compile(r"^\s*<!\[CDATA\[(.*)\]\]>\s*$", re.S)
BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
SPOKEN_OF_BEFORE, SPOKEN_OF_AFTER = " \t\"'`(“‘«", " \t\"'`).,;:!?”’»"  # around a tag that a text tells of
NEAR = 40  # characters
CLOSED = tuple('.!?…。！？।؟”"»:;>')
MANY_LINES, LINES_A_TAG = 8, 4  # lines of a text, and for each of its tags, in which a tag is a stray one


def repaired(page: str) -> str:
    """The page without what libxml2 would misread. Text within scripts and comments, which nobody sees, may change too."""
    found = frozenset(MISREAD.findall(page.encode("utf-8", "replace").lower()))  # bytes: several times faster
    if b"<wbr" in found:
        page = WORD_BREAK.sub("", page)
    if b"</body" in found or b"</html" in found:
        page = END.sub("", page)
    if any(len(piece) > LONG for piece in page.split("<")):
        page = LONG_TAG.sub(_with_few_attributes, page)
    if b"<ruby" in found:
        page = READING_END.sub("", READING.sub("", page))
    return ENDLESS.sub(" ", page) if found - OTHERS else page


def _with_few_attributes(tag: re.Match[str]) -> str:
    last = next(itertools.islice(ATTRIBUTE.finditer(tag[0]), MOST_ATTRIBUTES, None), None)
    return tag[0] if last is None else tag[0][: last.start()]


def is_page(text: str) -> bool:
    """Whether a text is a whole page rather than a fragment of one."""
    return WHOLE.search(text[:HEAD]) is not None


def is_markup(text: str) -> bool:
    """Whether a text is HTML: one of its tags ends a block, breaks a line or closes what another opened, as a tag that a text only tells of does not.

    "<p>Text", "Text.<br>Text", "Text <i>text</i>" are; "Use <b> for bold." and a long stripped page with a stray tag are not.
    """
    text = unwrapped(text)
    tags = [tag for tag in TAG.finditer(text) if not _is_told_of(tag)]
    if not any(tag["end"] or BLOCK_NAME.fullmatch(tag["name"]) for tag in tags):
        return False
    lines = sum(1 for line in text.splitlines() if line.strip() and not TAG.search(line))
    return lines < MANY_LINES or lines < LINES_A_TAG * len(tags)


def _is_told_of(tag: re.Match[str]) -> bool:
    before, after = tag.string[max(0, tag.start() - NEAR) : tag.start()], tag.string[tag.end() : tag.end() + 1]
    stands_free = bool(before.strip()) and before[-1] in SPOKEN_OF_BEFORE and after in SPOKEN_OF_AFTER
    return stands_free and not before.rstrip().endswith(CLOSED)


def unwrapped(text: str) -> str:
    """The markup of a fragment that came in CDATA, or escaped once more than it should be."""
    if match := CDATA.match(text):
        text = match[1]
    if not TAG.search(text) and any(tag["end"] for tag in ESCAPED.finditer(text)):
        text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")
    return text


def as_page(fragment: str) -> str:
    """A page with a fragment in it. Where no tag parts its text into blocks, its blank lines do, or all of its lines if none is blank."""
    text = unwrapped(fragment)
    if not BREAKING.search(text):
        text = text.strip()
        text = BLANK_LINE.sub("<p>", text) if BLANK_LINE.search(text) else text.replace("\n", "<p>")
    return f"<html><body>{text}</body></html>"
