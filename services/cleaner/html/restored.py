"""What the model left out and the page's own markup knows to be of the article: posts embedded in it, items of its lists, rows of its tables.

A post of a network stands in a <blockquote> that its script knows by name; the model takes it for a share bar. An item of a numbered list, or a
row of a table, is what the others of that list are: its first and last ones look like furniture only because of what stands beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from lxml.html import HtmlElement

from copydesk.services.cleaner.html.blocks import HtmlBlock
from copydesk.services.cleaner.html.tables import lays_out
from copydesk.services.cleaner.html.vicinity import names_others
from copydesk.services.cleaner.last_words import NAMED
from copydesk.services.cleaner.phrases import bare, phrases
from copydesk.services.cleaner.rules.related import is_heading
from copydesk.services.cleaner.rules.rule import is_long

POST = re.compile(
    r"\b(?:twitter-(?:tweet|video)|instagram-media|fb-(?:post|video|xfbml-parse-ignore)|tiktok-embed|bluesky-embed|mastodon-embed|telegram-post"
    r"|reddit-(?:embed-bq|card)|text-post-media|vk-post|truth-?social-embed)\b"
)
NETWORK = re.compile(r"instagram|facebook|twitter|tiktok|threads|telegram|bluesky|mastodon|truth social", re.I)
LONGEST_CONTROL = 70  # characters of "View this post on Instagram"
LISTS = frozenset({"ol", "ul", "table"})
NOT_TEXT = re.compile(
    r"\b(?:toc|contents|references?|footnotes?|endnotes?|citations?|breadcrumbs?|pagination|pager|menu|nav|navigation|share|social|tags?"
    r"|comment-?list|sources?)\b"
)
NO_TEXT_BELOW = frozenset(
    phrases(
        "references; sources; notes; footnotes; endnotes; bibliography; citations; works cited; further reading; quellen; quellenangaben; "
        "einzelnachweise; literatur; fußnoten; sources et références; références; notes et références; bibliographie; fuentes; referencias; notas; "
        "bibliografía; fonti; riferimenti; note; bibliografia; fontes; referências; bronnen; referenties; noten; источники; примечания; литература; "
        "ссылки; джерела; примітки; література; المصادر; المراجع; 参考文献; 参考资料; 注释; 脚注; 出典; 注釈"
    )
)
LEAST = 3  # items of a list
MOST_BELOW = 4  # lines below the article that tell of an event
BEFORE = 6  # blocks before the first paragraph in which a post may stand
MOST_LEFT_OUT = 0.5  # of a list's items
NUMBER = re.compile(r"\W{0,2}(\d{1,3})\s?[.):、．]\s*\S")


def restored(blocks: Sequence[HtmlBlock], in_body: Sequence[bool]) -> list[bool]:
    """The choice, with what belongs to the article too."""
    found = list(in_body)
    first = next((at for at, kept in enumerate(in_body) if kept and is_long(blocks[at].text)), None)
    if first is None:
        return found
    last = max(at for at, kept in enumerate(in_body) if kept)
    own = frozenset((blocks[first].element, *blocks[first].element.iterancestors()))
    for group, run in _groups(blocks, max(0, first - BEFORE)):
        if run[0] > last + 1:
            break
        if all(found[at] for at in run):
            continue
        if _is_post_of(group, own) if _is_post(group) else run[0] > first and _is_list(group, run, blocks, found, own):
            for at in run:
                found[at] = found[at] or _is_text(blocks[at], group)
    for at in range(last + 1, min(last + 1 + MOST_BELOW, len(blocks))):  # "Tickets: £8", below the lines that say where and when
        if NAMED.match(blocks[at].text) is None or blocks[at].element.getparent() is not blocks[at - 1].element.getparent():
            break
        found[at] = True
    return found


def is_control(block: HtmlBlock) -> bool:
    """Whether a block is the link of an embedded post to its network: "View this post on Instagram"."""
    return len(block.text) <= LONGEST_CONTROL and block.linked >= len(block.text.replace(" ", "")) and NETWORK.search(block.text) is not None


def _groups(blocks: Sequence[HtmlBlock], first: int) -> Iterator[tuple[HtmlElement, list[int]]]:
    """Runs of blocks that one post, list or table holds, or that are numbered beside each other, from block `first` on."""
    known: dict[HtmlElement, HtmlElement | None] = {}
    for group, run in groupby(range(first, len(blocks)), lambda at: _group(blocks[at], known)):
        if group is not None:
            yield group, list(run)


def _group(block: HtmlBlock, known: dict[HtmlElement, HtmlElement | None]) -> HtmlElement | None:
    path: list[HtmlElement] = []
    current = block.element
    while current is not None and current not in known:
        path.append(current)
        current = current.getparent()
    found = known[current] if current is not None else None
    for element in reversed(path):  # the outermost post, else the innermost list
        if (found is None or not _is_post(found)) and (element.tag in LISTS or _is_post(element)):
            found = element
        known[element] = found
    return block.element.getparent() if found is None and NUMBER.match(block.text) else found


def _is_text(block: HtmlBlock, group: HtmlElement) -> bool:
    """Whether a block of what was left out is no control, no caption and no link alone in a list without numbers."""
    if is_control(block) or block.element.tag in ("figcaption", "button"):
        return False
    return group.tag != "ul" or block.linked < len(block.text.replace(" ", ""))


def _is_post(element: HtmlElement) -> bool:
    return element.tag in ("blockquote", "div") and POST.search(element.get("class") or "") is not None


def _is_post_of(post: HtmlElement, own: frozenset[HtmlElement]) -> bool:
    """Whether a post stands in the article, or in a part beside it that is not called another story's."""
    for part in post.iterancestors():
        if part in own:
            return part.tag != "body" or part is post.getparent()
        if names_others(part):
            return False
    return False


def _is_called_no_text(group: HtmlElement, own: frozenset[HtmlElement]) -> bool:
    """Whether a list, or what it stands in beside the article, is called another story's or no text."""
    for part in (group, *group.iterancestors()):
        if part in own:
            return False
        if names_others(part) or NOT_TEXT.search(f"{part.get('class', '')} {part.get('id', '')}".lower().replace("_", "-")):
            return True
    return False


def _is_list(group: HtmlElement, run: Sequence[int], blocks: Sequence[HtmlBlock], in_body: Sequence[bool], own: frozenset[HtmlElement]) -> bool:
    """Whether a list is the article's: most of it was chosen, or it is numbered and a chosen line, no heading of other stories, stands above it."""
    above = blocks[run[0] - 1].text
    if len(run) < LEAST or bare(above) in NO_TEXT_BELOW or is_heading(above):
        return False
    if (group.tag == "table" and lays_out(group)) or _leads_within(group) or _is_called_no_text(group, own):
        return False
    left_out = sum(not in_body[at] for at in run)
    if left_out <= MOST_LEFT_OUT * len(run):
        return True
    return in_body[run[0] - 1] and (group.tag == "ol" or _counts([blocks[at].text for at in run]))


def _leads_within(group: HtmlElement) -> bool:
    """Whether the links of a list lead to other places of this page: a table of contents, or footnotes."""
    return any((link.get("href") or "").startswith("#") for link in group.iter("a"))


def _counts(texts: Sequence[str]) -> bool:
    """Whether each text begins with the number after that of the one above, or before it."""
    numbers = [int(match[1]) if (match := NUMBER.match(text)) else -9 for text in texts]
    return len({below - above for above, below in pairwise(numbers)} - {0}) == 1 and abs(numbers[-1] - numbers[0]) == len(numbers) - 1
