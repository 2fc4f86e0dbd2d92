"""Where a block stands: in which containers, among which look-alikes, after which heading, how far from what was chosen."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from lxml.html import HtmlElement

from copydesk.services.cleaner.html.blocks import HtmlBlock
from copydesk.services.cleaner.html.windows import Column, column

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def containers(blocks: Sequence[HtmlBlock], known: dict[str, Column]) -> dict[str, Column]:
    """Text, links and votes in the block's parent, grandparent and further up, as shares; and where most of the page's prose is."""
    sizes = np.expm1(known["words"])
    linked = sizes * known["linked"]
    votes = sizes * known["vote_main"]
    prose = np.where((known["ends"] > 0) & (sizes > 10), sizes - linked, 0)
    every, chains = _chains([block.element for block in blocks])
    lengths = np.asarray([len(chain) for chain in chains])
    inside, owner = np.asarray([at for chain in chains for at in chain]), np.repeat(np.arange(len(blocks)), lengths)
    sums = np.stack([np.bincount(inside, values[owner]) for values in (sizes, linked, votes, prose, np.ones_like(sizes))], 1)
    total = np.maximum(sums[0], 1)
    columns: dict[str, Column] = {"depth": column(lengths)}
    for level in (0, 1, 2, 4):
        rows = sums[[chain[min(level, len(chain) - 1)] for chain in chains]]
        here = np.maximum(rows[:, 0], 1)
        columns |= {
            f"up{level}_words": np.log1p(rows[:, 0]),
            f"up{level}_share": rows[:, 0] / total[0],
            f"up{level}_linked": rows[:, 1] / here,
            f"up{level}_voted": rows[:, 2] / here,
            f"up{level}_prose": rows[:, 3] / here,
            f"up{level}_prose_share": rows[:, 3] / total[3],
            f"up{level}_blocks": np.log1p(rows[:, 4]),
        }
    return columns | _core(every, chains, sums[:, 3] / total[3])


def _chains(elements: Sequence[HtmlElement]) -> tuple[list[list[int]], list[list[int]]]:
    """Elements with their ancestors, the nearest first, as numbers (the root is 0): all, in the order of their numbers; and those asked for."""
    known: dict[HtmlElement, list[int]] = {}
    chains = []
    for element in elements:
        path = []
        current = element
        while current is not None and current not in known:
            path.append(current)
            current = current.getparent()
        chain = known[current] if current is not None else []
        for current in reversed(path):
            chain = known[current] = [len(known), *chain]
        chains.append(chain)
    return list(known.values()), chains


def _core(every: list[list[int]], chains: list[list[int]], prose: Column) -> dict[str, Column]:
    """The core is the deepest element that still holds most of the page's prose; how far out of it must one go to meet the block?"""
    columns: dict[str, Column] = {}
    for share in (0.5, 0.8):
        core = max((chain for chain in every if prose[chain[0]] >= share), key=len, default=[])
        outside = {element: distance for distance, element in enumerate(core)}
        columns[f"core{int(share * 10)}_out"] = column([next((outside[e] for e in chain if e in outside), 30) for chain in chains])
        columns[f"core{int(share * 10)}_in"] = column([chain.index(core[0]) if core and core[0] in chain else -1 for chain in chains])
    return columns


def signatures(blocks: Sequence[HtmlBlock], known: dict[str, Column]) -> dict[str, Column]:
    """Blocks that look alike (same tag and class, same parent's) are mostly of one kind: what is true of all of them together?"""
    groups: dict[tuple[str, ...], int] = {}
    index = np.asarray([groups.setdefault(_signature(block.element), len(groups)) for block in blocks])
    sizes = np.expm1(known["words"])

    def total(values: Column) -> Column:
        return column(np.bincount(index, values, len(groups))[index])

    words, count = np.maximum(total(sizes), 1), total(np.ones_like(sizes))
    return {
        "alike_count": np.log1p(count),
        "alike_words": np.log1p(words),
        "alike_share": words / max(1.0, float(sizes.sum())),
        "alike_mean": np.log1p(words / count),
        "alike_linked": total(sizes * known["linked"]) / words,
        "alike_voted": total(sizes * known["vote_main"]) / words,
        "alike_ends": total(known["ends"]) / count,
    }


def _signature(element: HtmlElement) -> tuple[str, ...]:
    parent = element.getparent()
    own = (element.tag, element.get("class", ""))
    return own if parent is None else (*own, str(parent.tag), parent.get("class", ""))


def places_of_blocks(blocks: Sequence[HtmlBlock], known: dict[str, Column]) -> dict[str, Column]:
    """Where in the page, after which heading, and how far from the first and last block that resiliparse chose."""
    count = len(blocks)
    index = np.arange(count)
    sizes = np.expm1(known["words"])
    before = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    chosen = np.flatnonzero((known["vote_main"] > 0.5) & (sizes > 8))
    first, last = (int(chosen[0]), int(chosen[-1])) if len(chosen) else (-1, -1)
    h1 = next((at for at, block in enumerate(blocks) if block.element.tag == "h1"), -1)
    return {
        "count": np.full(count, np.log1p(count), np.float32),
        "total": np.full(count, np.log1p(sizes.sum()), np.float32),
        "place": column(before / max(1.0, float(sizes.sum()))),
        "index": column(index / count),
        "from_h1": column(np.sign(index - h1) * np.log1p(np.abs(index - h1)) if h1 >= 0 else np.full(count, -99)),
        "from_first": column(np.sign(index - first) * np.log1p(np.abs(before - before[first])) if first >= 0 else np.full(count, -99)),
        "from_last": column(np.sign(index - last) * np.log1p(np.abs(before - before[last])) if first >= 0 else np.full(count, -99)),
        "again": _seen_before(blocks),
        **_headings(blocks, known),
    }


def _seen_before(blocks: Sequence[HtmlBlock]) -> Column:
    seen: dict[str, int] = {}
    times = []
    for block in blocks:
        times.append(seen.get(block.text, 0))
        seen[block.text] = times[-1] + 1
    return column(np.minimum(times, 5)) + 10 * column([seen[block.text] > 1 for block in blocks])


def _headings(blocks: Sequence[HtmlBlock], known: dict[str, Column]) -> dict[str, Column]:
    """The last heading before a block: its level, its cues, its distance in words."""
    cue_names = ("cue_related", "cue_comment", "cue_subscribe", "cue_share", "cue_contents", "cue_takeaway", "cue_biography", "cue_tags")
    sizes = np.round(np.expm1(known["words"]))
    levels = np.asarray([int(tag[1]) if (tag := block.element.tag) in HEADINGS else 0 for block in blocks])
    heading = np.maximum.accumulate(np.where(levels > 0, np.arange(len(blocks)), -1))
    below = heading >= 0
    before = np.concatenate([[0], np.cumsum(sizes)])
    columns = {"under_level": np.where(below, levels[heading], 0), "under_words": before[:-1] - np.where(below, before[heading], 0)}
    columns |= {f"under_{name}": np.where(below, known[name][heading], 0) for name in cue_names}
    return {name: column(values) for name, values in columns.items()}
