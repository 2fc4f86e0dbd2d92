"""Where a block stands: in which containers, among which look-alikes, after which heading, how far from what was chosen."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from lxml.html import HtmlElement

from copydesk.services.cleaner.html.blocks import HtmlBlock
from copydesk.services.cleaner.html.windows import Column, column


def containers(blocks: Sequence[HtmlBlock], known: dict[str, Column]) -> dict[str, Column]:
    """Text, links and votes in the block's parent, grandparent and further up, as shares; and where most of the page's prose is."""
    sizes = np.expm1(known["words"])
    linked = sizes * known["linked"]
    votes = sizes * known["vote_main"]
    prose = np.where((known["ends"] > 0) & (sizes > 10), sizes - linked, 0)
    sums: dict[HtmlElement, Column] = {}
    chains = [_chain(block.element) for block in blocks]
    for row, chain in zip(np.column_stack([sizes, linked, votes, prose, np.ones_like(sizes)]), chains, strict=True):
        for element in chain:
            if element in sums:
                sums[element] += row
            else:
                sums[element] = row.copy()
    total = np.maximum(sums[chains[0][-1]], 1) if chains else np.ones(5, np.float32)
    columns: dict[str, Column] = {"depth": column([len(chain) for chain in chains])}
    for level in (0, 1, 2, 4):
        rows = np.stack([sums[chain[min(level, len(chain) - 1)]] for chain in chains])
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
    return columns | _core(chains, sums, total)


def _chain(element: HtmlElement) -> list[HtmlElement]:
    """The element and its ancestors."""
    return [element, *element.iterancestors()]


def _core(chains: list[list[HtmlElement]], sums: dict[HtmlElement, Column], total: Column) -> dict[str, Column]:
    """The core is the deepest element that still holds most of the page's prose; how far out of it must one go to meet the block?"""
    columns: dict[str, Column] = {}
    for share in (0.5, 0.8):
        inside = [element for element, row in sums.items() if row[3] >= share * total[3]]
        core = max(inside, key=lambda element: sum(1 for _ in element.iterancestors())) if inside else None
        outside = {element: distance for distance, element in enumerate(_chain(core))} if core is not None else {}
        columns[f"core{int(share * 10)}_out"] = column([next((outside[e] for e in chain if e in outside), 30) for chain in chains])
        columns[f"core{int(share * 10)}_in"] = column([next((n for n, e in enumerate(chain) if e is core), -1) for chain in chains])
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
    """Where in the page, after which heading, and how far from the first and last block that trafilatura chose."""
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
    columns: dict[str, list[float]] = {name: [] for name in ("under_level", "under_words", *(f"under_{name}" for name in cue_names))}
    sizes = np.round(np.expm1(known["words"]))
    level, at, run = 0.0, -1, 0.0
    for row, block in enumerate(blocks):
        if block.element.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            level, at, run = float(block.element.tag[1]), row, 0.0
        columns["under_level"].append(level)
        columns["under_words"].append(run)
        for name in cue_names:
            columns[f"under_{name}"].append(float(known[name][at]) if at >= 0 else 0.0)
        run += float(sizes[row])
    return {name: column(values) for name, values in columns.items()}
