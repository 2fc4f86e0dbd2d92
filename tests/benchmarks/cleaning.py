"""Scores and speed of the cleaner on stripped text, beside the extractors that people use, in one run on one core.

    python tests/benchmarks/cleaning.py [--pages N] [--form full|lite]

The others expect HTML: each line of a page is given to them as a paragraph. Copydesk's line model is judged out of fold: each
page by the network that has not seen its host. Needs the `bench` extra and the labelled data (COPYDESK_DATA).
"""

from __future__ import annotations

import argparse
import html
import os
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from copydesk.services.cleaner.classify import classify
from copydesk.services.cleaner.lines import split_lines
from copydesk.services.cleaner.model.line_model import shipped_line_model
from copydesk.services.cleaner.stripped_text import PageContext, clean_text
from copydesk.services.cleaner.training.evaluate import page_scores
from copydesk.services.cleaner.training.labelled import read_rows
from copydesk.services.cleaner.training.score import Score, mean, page_score, shingles
from copydesk.shared.stage import Rejected

DATA = Path(os.environ.get("COPYDESK_DATA", Path(__file__).resolve().parents[3] / "shared" / "data"))
FETCHED = date(2026, 1, 1)
TAG = re.compile(r"<[^>]+>")
Extractor = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Measured:
    score: Score
    pages_per_s: float  # of CPU time


def as_html(text: str) -> str:
    lines = "".join(f"<p>{html.escape(line.strip())}</p>\n" for line in text.splitlines() if line.strip())
    return f"<!doctype html><html><head><title>page</title></head><body>{lines}</body></html>"


def peers() -> Iterator[tuple[str, Extractor]]:
    """The extractors that are installed."""
    import justext
    import trafilatura
    from newspaper import Article
    from readability import Document
    from resiliparse.extract.html2text import extract_plain_text

    stop_words = justext.get_stoplist("English")

    def newspaper(page: str) -> str:
        article = Article("https://example.org/article", language="en", fetch_images=False)
        article.download(input_html=page)
        article.parse()
        return str(article.text)

    yield "trafilatura", lambda page: trafilatura.extract(page, favor_precision=True, include_comments=False) or ""
    yield "jusText", lambda page: "\n".join(block.text for block in justext.justext(page, stop_words) if not block.is_boilerplate)
    yield "readability-lxml", lambda page: html.unescape(TAG.sub(" ", Document(page).summary()))
    yield "resiliparse", lambda page: str(extract_plain_text(page, main_content=True))
    yield "newspaper4k", newspaper


def measure(extract_text: Extractor, pages: list[str], bodies: list[str]) -> Measured:
    """An extractor that fails on a page has found nothing there."""
    found = []
    started = time.process_time()
    for page in pages:
        try:
            found.append(extract_text(page))
        except Exception:
            found.append("")
    seconds = time.process_time() - started
    scores = [page_score(shingles(text), shingles(body)) for text, body in zip(found, bodies, strict=True)]
    return Measured(mean(scores), len(pages) / seconds)


def speed(work: Callable[[str], object], pages: list[str]) -> float:
    work(pages[0])
    started = time.process_time()
    for page in pages:
        work(page)
    return len(pages) / (time.process_time() - started)


def line_model(page: str) -> object:
    return classify(split_lines(page))


def whole_cleaner(page: str) -> str:
    part = clean_text(page, PageContext(FETCHED))
    return "" if isinstance(part, Rejected) else part.body


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=None)
    parser.add_argument("--form", choices=("full", "lite"), default="full")
    options = parser.parse_args()
    rows = read_rows(DATA / "cleaning" / "stripped_dev.jsonl.gz", options.pages)
    pages, bodies = [row[options.form] for row in rows], [row["body"] for row in rows]
    marked = [as_html(page) for page in pages]
    print(f"{'':34s} {'F1':>6s} {'P':>6s} {'R':>6s} {'halved':>7s} {'pages/s':>8s}")
    for name, extractor in peers():
        _print(name, measure(extractor, marked, bodies))
    _print("as it came", measure(lambda page: page, pages, bodies))
    _print("Copydesk, as shipped (seen pages)", measure(whole_cleaner, pages, bodies))
    judged = mean(score for _, score in page_scores(rows, form=options.form))
    _print("Copydesk, out of fold", Measured(judged, speed(whole_cleaner, pages)))
    print(f"line model with rules alone: {speed(line_model, pages):.0f} pages/s; features and networks: {speed(networks, pages):.0f} pages/s")


def networks(page: str) -> object:
    return shipped_line_model().read(split_lines(page))


def _print(name: str, measured: Measured) -> None:
    score = measured.score
    print(f"{name:34s} {score.f1:6.4f} {score.precision:6.4f} {score.recall:6.4f} {score.halved:7.2%} {measured.pages_per_s:8.1f}", flush=True)


if __name__ == "__main__":
    main()
