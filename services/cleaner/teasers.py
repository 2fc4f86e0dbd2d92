"""Headlines of other stories with the first sentence of each, in a row above or below an article.

Nothing announces them, and each reads like news. What tells them from an article's own short sections is that they speak of something else:
hardly a longer word of theirs stands in the article.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from itertools import takewhile

from copydesk.services.cleaner.leads import SPACELESS, fold
from copydesk.services.cleaner.lines import Block, Label
from copydesk.services.cleaner.rules.rule import SENTENCE_END, is_sentence, width

LEAST_PAIRS = 2  # in a row
LEAST_WORDS = 3  # of a headline
HEADLINE, LEDE = (12, 110), (40, 260)  # least and most characters, in width
SHORTEST_BELOW_LINK = 20  # width of a lede whose headline is a link
LEAST_TOLD = 3  # sentences of the article
MOST_OF_PAGE, MOST_LINKED = 0.5, 0.7  # of the text may be of teasers, and of teasers that are links
SHARED, MOST_SHARED = 0.2, 0.4  # of a teaser's longer words, those that the article has too: of each, or of all; of any of these
STEM = 5  # letters that two forms of a word share; a shorter word says too little
WORD = re.compile(r"[^\W\d_]{5,}")
UNSPACED = re.compile(rf"(?={SPACELESS.pattern}{{2}})(..)")
NUMBERED = re.compile(r"\W*\d")
STOPS = re.compile(r"[.!?…]\s+(?=\S)|[。！？]")
MOST_SENTENCES = 2
CLOSED = (*SENTENCE_END, ":", "：", ";", ",")
TEASER = Label("related", "teaser_of_another")


def without_teasers(blocks: Sequence[Block], labels: list[Label]) -> list[Label]:
    """The labels, with the article's first and last lines as teasers where they are that."""
    body = [n for n, label in enumerate(labels) if label.is_body]
    if not body:
        return labels
    below = takewhile(
        lambda n: labels[n].confidence < 1.0 and (_is_headline(blocks[n].text) or _is_lede(blocks[n].text)), range(body[-1] + 1, len(labels))
    )
    told = [*(n for n in range(max(0, body[0] - 1), body[-1] + 1) if labels[n].is_body or labels[n].confidence < 1.0), *below]
    labels = list(labels)
    for at in teasers([blocks[n].text for n in told]):
        labels[told[at]] = TEASER
    return labels


def teasers(texts: Sequence[str], linked: Container[int] = frozenset()) -> set[int]:
    """Which lines of an article, given in order, are teasers of other stories above or below it.

    `linked` are the lines that are links to other pages: where all headlines are, less of an article has to be left.
    """
    above, below = _run(texts, 0, 1, linked), _run(texts, len(texts) - 1, -1, linked)
    after = 2 * len(above)
    if not (after < len(texts) and _is_headline(texts[after])) and not (above and above[-1][0] in linked):
        above = above[:-1]  # the last of these pairs is the article's headline and lede
    return _foreign(texts, above, linked) | _foreign(texts, below, linked)


def _run(texts: Sequence[str], start: int, step: int, linked: Container[int]) -> list[tuple[int, int]]:
    """The pairs of headline and lede from one end of the text on."""
    pairs = []
    at = start
    while 0 <= at < len(texts) and 0 <= at + step < len(texts):
        headline, lede = (at, at + 1) if step > 0 else (at - 1, at)
        if not (_is_headline(texts[headline]) and _is_lede(texts[lede], SHORTEST_BELOW_LINK if headline in linked else LEDE[0])):
            break
        pairs.append((headline, lede))
        at += 2 * step
    return pairs


def _foreign(texts: Sequence[str], pairs: list[tuple[int, int]], linked: Container[int]) -> set[int]:
    """The lines of these pairs that speak of something else than the rest; the innermost may be the article's headline and lede."""
    return _outside(texts, pairs, linked) or _outside(texts, pairs[:-1], linked)


def _outside(texts: Sequence[str], pairs: list[tuple[int, int]], linked: Container[int]) -> set[int]:
    """The lines of these pairs where each speaks of something else than what is left, and what is left is an article."""
    lines = {line for pair in pairs for line in pair}
    rest = [text for n, text in enumerate(texts) if n not in lines]
    size = sum(len(texts[n]) for n in lines)
    least, most = (1, MOST_LINKED) if all(headline in linked for headline, _ in pairs) else (LEAST_TOLD, MOST_OF_PAGE)
    if len(pairs) < LEAST_PAIRS or sum(map(is_sentence, rest)) < least or size > most * sum(map(len, texts)):
        return set()
    if len({texts[headline] for headline, _ in pairs}) < len(pairs):  # "From the Courier", again and again
        return set()
    known = _stems(" ".join(rest))
    shared = [_shared(f"{texts[headline]} {texts[lede]}", known) for headline, lede in pairs]
    worst = (
        sum(shared) / len(shared) if least < LEAST_TOLD and max(shared) <= MOST_SHARED else max(shared)
    )  # of links, one may share a word by chance
    return lines if worst <= SHARED else set()


def _is_headline(text: str) -> bool:
    several = text.count(" ") >= LEAST_WORDS - 1 or width(text) > len(text)
    return several and HEADLINE[0] <= width(text) <= HEADLINE[1] and not text.endswith(CLOSED) and not NUMBERED.match(text)


def _is_lede(text: str, least: int = LEDE[0]) -> bool:
    return least <= width(text) <= LEDE[1] and text.endswith(SENTENCE_END) and len(STOPS.findall(text.rstrip())) <= MOST_SENTENCES - 1


def _shared(text: str, known: set[str]) -> float:
    own = _stems(text)
    return len(own & known) / max(1, len(own))


def _stems(text: str) -> set[str]:
    folded = fold(text)
    return {word[:STEM] for word in WORD.findall(folded) if not SPACELESS.search(word)} | set(UNSPACED.findall(folded))
