"""Make the example pack: articles of Wikinews as raw records, and reprints of some of them in three papers that do not exist.

    python docs/examples/wikinews/make.py RECORDS

RECORDS are raw records as JSON lines (also gzipped) among which those of `en.wikinews.org` are taken: content, url, title, published_at. The same
input gives the same bytes. Reprints show what Copydesk is for: furniture around the text, a headline of the paper's own, a part of the article.
"""

from __future__ import annotations

import gzip
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PACK = Path(__file__).with_name("articles.jsonl.gz")
SOURCE = "en.wikinews.org"
LICENCE = {"license": "CC BY 2.5", "license_url": "https://creativecommons.org/licenses/by/2.5/"}
PAPERS = ("harbour-gazette.example", "northgate-courier.example", "morning-ledger.example")
ABOVE = {
    "harbour-gazette.example": "Home\nNews\nHarbour\nWeather\nSubscribe\n\n",
    "northgate-courier.example": "Skip to content\nNorthgate Courier\nLocal\nNation\nWorld\n\n",
    "morning-ledger.example": "The Morning Ledger\nMenu\nSign in\n\n",
}
BELOW = {
    "harbour-gazette.example": "\n\nShare this article\nLEAVE A REPLY\nYour email address will not be published.\n",
    "northgate-courier.example": "\n\nRead more: What the tide tables say this week\nFollow us on social media\n",
    "morning-ledger.example": "\n\nSubscribe to our newsletter\n© The Morning Ledger. All rights reserved.\n",
}
OPENINGS = ("Report: ", "In brief: ", "")
REPRINTED = 0.4  # of the articles; the rest stays single
SHARES = (0.35, 0.6, 1.0)  # of the paragraphs that a paper prints


def records(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as lines:
        for line in lines:
            record = json.loads(line)
            if record.get("source") == SOURCE:
                yield {**record, "url": record["url"].replace("org//wiki", "org/wiki"), **LICENCE, "attribution": "Wikinews and its contributors"}


def reprint(record: dict[str, Any], paper: str, number: int, chance: random.Random) -> dict[str, Any]:
    headline, *paragraphs = [line for line in record["content"].split("\n") if line.strip()]
    kept = paragraphs[: max(3, round(len(paragraphs) * chance.choice(SHARES)))]
    title = chance.choice(OPENINGS) + headline
    return {
        "content": ABOVE[paper] + title + "\n\n" + "\n\n".join(kept) + BELOW[paper], "content_type": "text/plain", "source": paper,
        "url": f"https://{paper}/{number}", "title": title, **LICENCE, "attribution": f"Adapted from Wikinews: {record['url']}",
    }  # fmt: skip


def pack(articles: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Each article, and some way behind it its reprints."""
    chance = random.Random(7)
    chance.shuffle(articles)
    late: list[tuple[int, dict[str, Any]]] = []
    for place, article in enumerate(articles):
        yield article
        if chance.random() < REPRINTED:
            papers = chance.sample(PAPERS, chance.choice((1, 1, 2, 3)))
            late += [(place + chance.randint(2, 12), reprint(article, paper, place, chance)) for paper in papers]
        yield from (one for due, one in late if due <= place)
        late = [(due, one) for due, one in late if due > place]
    yield from (one for _, one in late)


def main(source: str) -> None:
    lines = [json.dumps(one, ensure_ascii=False).encode() + b"\n" for one in pack(list(records(Path(source))))]
    PACK.write_bytes(gzip.compress(b"".join(lines), 9, mtime=0))
    print(f"{len(lines)} records, {PACK.stat().st_size:,} bytes in {PACK}")


if __name__ == "__main__":
    main(sys.argv[1])
