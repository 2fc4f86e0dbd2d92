"""Who wrote it, as pages print it: "By Ann Lee and Robert Roy, BBC News" → Ann Lee, Robert Roy.

`author_names` reads a byline and `is_byline` tells one from other lines, for stripped text as for HTML.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from copydesk.services.cleaner.date_lines import PUBLISHED, UPDATED
from copydesk.services.cleaner.dates import FIND
from copydesk.services.cleaner.leads import lead_of, leads_of
from copydesk.services.cleaner.lines import Block, Label
from copydesk.services.cleaner.person import PARTICLE, ROLE, SENTENCE_END, has_word_of, is_name, is_office, is_office_word, names_role
from copydesk.services.cleaner.phrases import either, phrases
from copydesk.services.cleaner.phrases.bylines import AFTER_NAME, AND, BEFORE_NAME, BEHIND_NAME, LABEL, OF, OTHERS, PICTURE_SOURCES, PLACE_LEADS

BELOW_TITLE = 12  # blocks under the headline in which a byline may stand
LONGEST, LONGEST_LEAD = 160, 30  # characters
REMEMBERED = 20_000  # lines
SHORTEST_ALONE = 3  # letters of a name of one word

_OTHERS, _AND = either(OTHERS.values()), either([AND])
_MARK = r"\s*(?:[:：︰=＝／/|・]|\s[–—-]\s)\s*"
_LABEL = rf"{either(LABEL.values())}(?:\s*(?:[,/&・]|{_AND})\s*(?:{either(LABEL.values())}|{_OTHERS}))?"
# "Special to the Courier by Ann Lee"
_SPECIALLY_BY = r"(?:special|exclusive)(?:ly)?\s(?:to|for)\s\S[^.!?]{1,60}?\sby\s+(?-i:(?=[^\W\d_a-zß-öø-ÿ]))"
LEAD = re.compile(
    rf"\W*(?:{_SPECIALLY_BY}|{_LABEL}{_MARK}|{_LABEL}\s*$|(?:{_LABEL}{_MARK})?{either(BEFORE_NAME.values())}(?:{_MARK}|\s+|$))", re.I | re.X
)
LEADS = leads_of([*phrases(*LABEL.values(), *BEFORE_NAME.values()), "special", "specially", "exclusive", "exclusively"])
# A label behind other labelled facts: "2024-02-06 16:22 Source: Courier Author: Ann Lee", "来源：海港邮报 作者：林知远".
ANNOUNCED = re.compile(rf"(?:\s|\|)(?P<lead>{either(LABEL.values())}\s*[:：])", re.I | re.X)
OTHERS_TOO = re.compile(rf"(?:^|(?<=[\W_]))(?:{_AND}\s+)?{_OTHERS}(?:\s*[:：=＝／/]|\s+{either([OF])}\s).*$", re.I | re.X)
ADDRESS = re.compile(r"\S+@\S+|@\w+|https?:\S+|www\.\S+|[(（\[【][^)）\]】]{0,60}[)）\]】]|\+?\d[\d ()-]{6,}\d", re.I)
BAR = re.compile(r"\s*(?:[|•·►▪●■—–]|\s-\s|\s/\s|;)\s*")
COMMA = re.compile(rf"\s*[,、，／/&]\s*(?:{_AND}\s+)?|\s+(?!(?:y|i|e)\s+[^\W\d_]+\s*(?:,|$)){_AND}\s+", re.X)
NUMBERS = re.compile(r"\b\d{1,2}[:.h]\d\d|\b\d+[\s-]min", re.I)  # a time, or how long reading takes
SMALL_END = re.compile(rf"\s{either([AFTER_NAME])}\W*$", re.I | re.X)
AFTER = re.compile(rf"\s{either([AFTER_NAME])}\s.*$|\s(?i:special\sto|special\sfor|exclusive\sto)\s.*$", re.X)
BEHIND = re.compile(rf"\s*{either(BEHIND_NAME.values())}$", re.X)
BEHIND_NAMES = re.compile(either(BEHIND_NAME.values()), re.X)
GLUED_CAPITALS = re.compile(r"^((?:[\w'’]+\s)?(?:[A-ZÀ-Þ][A-ZÀ-Þ.'’-]*\s){1,3}[A-ZÀ-Þ]{2,})(?=[A-ZÀ-Þ][a-zß-ÿ])")
SPECIALLY = re.compile(r"\bspecial\s(?:to|for)\b|\bexclusive\sto\b", re.I)
PLACED = re.compile(r"(?P<name>[^\W\d_][^/|,;:!?]{3,40}?)\s/\s(?P<town>[^\W\d_][\w.'’ -]{2,30})$")
TOWN = re.compile(r"[^\W\d_a-zß-öø-ÿ][^\W\d_A-ZÀ-ÞА-ЯЁІЇЄҐ]+(?:['’-][^\W\d_]+)*")  # "Elwick", never "TODAY" or "SoundGuys"
PLACE_LEAD, NO_TOWN = frozenset(phrases(PLACE_LEADS)), frozenset(phrases(PICTURE_SOURCES))
IN_BRACKETS = re.compile(r"【\s*([^【】]{2,40}?)\s*】")
PRESS = re.compile(r"^(?:本报|本報)?(?:记者|記者)\s*[:：]?\s*")
NO_NAMES = re.compile(  # in such brackets
    "写真|動画|記事|特集|速報|独自|解説|訂正|関連|図解|一覧|続報|会員|有料|広告|提供|共同|時事|新聞|通信|放送|社会|政治|経済|国際|東京|大阪|京都|北海道"
    "|図表|地図|資料|予定|日程|結果|募集|開催|発表|取材|編集|文責|图片|圖片|视频|視頻|新闻|专题|快讯|独家|原创|编者|摘要|环球|报道|報道"
)
SPACELESS_NAME = re.compile(r"[\u3040-\u30ff\u3400-\u9fff々]{2,6}|[\u30a0-\u30ff・]{3,20}")
SHORTEST_IN_BRACKETS = 3  # characters of a name that nothing announces
NONE_ABOVE = '—–-•|,;:. *_"“”()[]'


@dataclass(frozen=True, slots=True)
class Byline:
    """What a line says as a byline: the names, and whether all else in it is what stands around names."""

    names: tuple[str, ...]
    lead: str | None
    clean: bool
    office: bool
    role: bool  # behind a mark, of whoever is named


def find_byline(blocks: Sequence[Block], labels: Sequence[Label]) -> str | None:
    """The byline under the headline, or else the first on the page; a name alone counts where "By" stands above it."""
    start = next((n for n, label in enumerate(labels) if label.kind == "title"), 0)
    for n in range(start, min(start + BELOW_TITLE, len(blocks))):
        text = blocks[n].text
        if labels[n].kind == "byline" and author_names(text):
            return text
        if is_lead(text) and n + 1 < len(blocks) and not labels[n + 1].is_body and is_name(blocks[n + 1].text):
            return f"{text.rstrip(': ')} {blocks[n + 1].text}"
    return next((block.text for block, label in zip(blocks, labels, strict=True) if label.kind == "byline" and author_names(block.text)), None)


def author_of(byline: str) -> str | None:
    """The names in a byline, parted by commas."""
    return ", ".join(author_names(byline)) or None


def author_names(printed: str) -> tuple[str, ...]:
    """The names of those who wrote it, in order, without newsroom, office, date, address or photographer; empty where there is none."""
    return read_byline(printed[:LONGEST]).names


def is_byline(line: str) -> bool:
    """Whether a line says who wrote it, and nothing else: "By Ann Lee, Feb. 6, 2024", "Автор: Тимофей Ашев", "Ann Lee, Staff Writer"."""
    if len(line) > LONGEST or not (_has_lead(line) or _can_be(line)):
        return in_brackets(line) != ()
    found = read_byline(line)
    if found.lead is None:
        return found.role and found.clean and bool(found.names) and not line.endswith(SENTENCE_END)
    return found.clean and (found.office or bool(found.names))


def _has_lead(line: str) -> bool:
    return LEADS.admit(lead_of(line)) and LEAD.match(line) is not None


def _can_be(line: str) -> bool:
    """Whether a line without "by" may be one at first sight: no sentence, and with a word for what somebody does who writes for a paper."""
    if line.endswith(SENTENCE_END):
        return False
    return has_word_of(ROLE, line.lower()) or (not line.isascii() and BEHIND_NAMES.search(line) is not None)


def is_lead(line: str) -> bool:
    """Whether a line is only what stands before a name: "By", "Автор:"."""
    return len(line) <= LONGEST_LEAD and LEADS.admit(lead_of(line)) and LEAD.fullmatch(line) is not None


def in_brackets(line: str) -> tuple[str, ...]:
    """The names in a line that is such brackets and nothing else: "【村上直樹、大野さやか】"; 【速報】 has none."""
    if not line.startswith("【") or (found := IN_BRACKETS.fullmatch(line.strip())) is None or NO_NAMES.search(found[1]):
        return ()
    named = PRESS.sub("", found[1])
    names = tuple(part for part in COMMA.split(named) if part)
    least = 2 if named != found[1] else SHORTEST_IN_BRACKETS
    return names if all(len(name) >= least and SPACELESS_NAME.fullmatch(name) for name in names) else ()


def is_placed(line: str) -> bool:
    """Whether a line is a name and a town: "Ann Lee / Elwick"."""
    return _placed(line) is not None


def _placed(line: str) -> str | None:
    found = PLACED.match(line) if " / " in line and not _has_lead(line) else None
    if found is None or not is_name(found["name"]) or found["name"].split()[0].lower() in PLACE_LEAD:
        return None
    town = found["town"].split()
    two = is_name(found["town"]) and town[0].lower() not in PLACE_LEAD  # as "Ann Lee / Robert Roy"
    of_town = all(TOWN.fullmatch(word) or word.lower() in PARTICLE for word in town) and not any(map(is_office_word, town))
    return found["name"] if of_town and not two and town[0].lower() not in NO_TOWN else None


@lru_cache(REMEMBERED)
def read_byline(printed: str) -> Byline:
    """What a line says as a byline."""
    if bracketed := in_brackets(printed):
        return Byline(bracketed, "【", True, False, False)
    if placed := _placed(printed):
        return Byline((placed,), None, True, False, False)
    text = GLUED_CAPITALS.sub(r"\1, ", " ".join(printed.split()))
    lead = LEAD.match(text)
    if lead is None and (announced := ANNOUNCED.search(text)):
        return read_byline(text[announced.start("lead") :])
    text = text[lead.end() :] if lead else text
    office, role = SPECIALLY.search(text) is not None, False
    found: list[str] = []
    clean = True
    for n, part in enumerate(_parts(_without_others(text))):
        of_office = any(map(is_office_word, part.split()))
        if name := _name(part):
            found.append(name)
        elif not found or (not of_office and len(part.split()) > 1):  # else a newsroom, or a town
            clean = clean and is_office(part)
        role = role or (n > 0 and names_role(part)) or BEHIND.search(part) is not None
        office = office or of_office
    return Byline(tuple(dict.fromkeys(found)), lead[0] if lead else None, clean, office, role)


def _without_others(text: str) -> str:
    """A byline without who took the pictures, addresses, and what begins with a date or a time."""
    text = ADDRESS.sub(" ", OTHERS_TOO.sub("", text))
    for moment in (FIND, NUMBERS, PUBLISHED, UPDATED):
        if match := moment.search(text):
            text = SMALL_END.sub("", text[: match.start()])
    return text


def _parts(text: str) -> list[str]:
    """What stands between commas, bars and "and". A single word behind "y" is of the name before it: José Ortega y Gasset."""
    return [part for stretch in BAR.split(text) for piece in COMMA.split(stretch) if (part := piece.strip(NONE_ABOVE))]


def _name(part: str) -> str | None:
    """The name in one part of a byline, without the office before or behind it."""
    words = BEHIND.sub("", AFTER.sub("", f"{part} ").strip(NONE_ABOVE)).split()
    first = next((n for n, word in enumerate(words) if not is_office_word(word)), len(words))
    last = next((n for n in range(first, len(words)) if is_office_word(words[n])), len(words))
    name = " ".join(_capitals(words[first:last]) if last < len(words) else words[first:last])
    return name if is_name(name) else None


def _capitals(words: list[str]) -> list[str]:
    """A name in capitals ends where they do: "ANN LEE Elwick Gazette Staff Writer"."""
    if len(words) < 3 or not (words[0].isupper() and words[1].isupper()):
        return words
    return words[: next((n for n, word in enumerate(words) if not word.isupper()), len(words))]
