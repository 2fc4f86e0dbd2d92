"""Scores, metadata and speed of HTML extraction, beside the extractors that people use, in one run on one core.

    python -m tests.benchmarks.html [--every N]

Copydesk is judged out of fold: each page by the ensemble that has not seen its host. Pages per second are of CPU time and include
metadata where an extractor gives it. Needs the `bench` extra and the labelled data (COPYDESK_DATA).
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import trafilatura

from copydesk.services.cleaner.html.article import HtmlArticle
from copydesk.services.cleaner.html.candidate import candidate
from copydesk.services.cleaner.html.choice import BlockModel
from copydesk.services.cleaner.html.collector import collector_paused
from copydesk.services.cleaner.html.extraction import finish
from copydesk.services.cleaner.html.training.evaluate import Report, judge_page
from copydesk.services.cleaner.html.training.pages import LabelledPage
from copydesk.services.cleaner.training.labelled import fold_of, host, read_rows
from copydesk.shared.stage import Rejected

DATA = Path(os.environ.get("COPYDESK_DATA", Path(__file__).resolve().parents[3] / "shared" / "data"))
Extractor = Callable[[str, LabelledPage], HtmlArticle | Rejected]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.html", description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--every", type=int, default=1, help="only each so-many-th page")
    pages = list(_pages(parser.parse_args().every))
    print(f"{'':24}{'F1':>7}{'P':>7}{'R':>7}{'title':>8}{'author':>8}{'date':>7}{'pages/s':>9}   of {len(pages)} pages")
    for name, extractor in extractors():
        report, speed = _measure(extractor, pages)
        score = report.score
        fields = "".join(f"{report.share(field):>{width}.1%}" for field, width in (("title", 8), ("author", 8), ("date", 7)))
        print(f"{name:24}{score.f1:7.4f}{score.precision:7.4f}{score.recall:7.4f}{fields}{speed:9.1f}", flush=True)


def _pages(every: int) -> Iterator[tuple[str, LabelledPage]]:
    rows = {row["id"]: row for row in read_rows(DATA / "cleaning" / "stripped_dev.jsonl.gz")}
    folds = fold_of(host(row["url"]) for row in rows.values())
    for item in read_rows(DATA / "cleaning" / "html_dev.jsonl.gz")[::every]:
        row = rows[item["id"]]
        yield item["html"], LabelledPage(item["id"], row["url"], folds[host(row["url"])], row, Rejected("not_run"), None)


def _measure(extractor: Extractor, pages: list[tuple[str, LabelledPage]]) -> tuple[Report, float]:
    report, spent = Report(), 0.0
    for html, item in pages:
        started = time.process_time()
        try:
            result = extractor(html, item)
        except Exception as error:  # a page that breaks an extractor is a page without a body
            result = Rejected("failed", repr(error))
        spent += time.process_time() - started
        judge_page(report, item, result)
    return report, len(pages) / spent


def extractors() -> Iterator[tuple[str, Extractor]]:
    """Copydesk, and those that are installed."""
    model = BlockModel()

    @collector_paused()  # as `extract` does
    def copydesk(html: str, item: LabelledPage) -> HtmlArticle | Rejected:
        page = candidate(html)
        return page if isinstance(page, Rejected) else finish(page, model.each(page.rows)[item.fold], item.url)

    yield "copydesk", copydesk
    for name, options in (("default", {}), ("favor_precision", {"favor_precision": True}), ("fast", {"fast": True})):
        yield f"trafilatura {name}", _trafilatura(options)
    yield from _others()


def _trafilatura(options: dict[str, Any]) -> Extractor:
    def extract(html: str, item: LabelledPage) -> HtmlArticle:
        text = trafilatura.extract(html, include_comments=False, **options) or ""
        found = trafilatura.extract_metadata(html, default_url=item.url or None)
        return HtmlArticle((text,), title=found.title, author=found.author, published_at=found.date)

    return extract


def _others() -> Iterator[tuple[str, Extractor]]:
    """Each that is installed; of the others it says so."""
    for name, package, made in (
        ("readability-lxml", "readability-lxml", _readability),
        ("resiliparse", "resiliparse", _resiliparse),
        ("newspaper4k", "newspaper4k", _newspaper),
        ("jusText", "justext", _jus_text),
    ):
        try:
            yield name, made()
        except ImportError as error:
            print(f"{name:24}  is not run: {error}; pip install {package} (`make bench-html` does)")


def _readability() -> Extractor:
    from readability import Document

    def extract(html: str, item: LabelledPage) -> HtmlArticle:
        document = Document(html)
        return HtmlArticle((trafilatura.html2txt(document.summary()),), title=document.short_title())

    return extract


def _resiliparse() -> Extractor:
    from resiliparse.extract.html2text import extract_plain_text

    return lambda html, item: HtmlArticle((extract_plain_text(html, main_content=True),))


def _newspaper() -> Extractor:
    from newspaper import Article

    def extract(html: str, item: LabelledPage) -> HtmlArticle:
        article = Article(item.url or "https://example.org/article", language="en", fetch_images=False)  # else it asks the network
        article.download(input_html=html)
        article.parse()
        when = article.publish_date.date().isoformat() if article.publish_date else None
        return HtmlArticle((article.text,), title=article.title, author=", ".join(article.authors) or None, published_at=when)

    return extract


def _jus_text() -> Extractor:
    import justext

    stop_words = justext.get_stoplist("English")

    def extract(html: str, item: LabelledPage) -> HtmlArticle:
        return HtmlArticle(tuple(part.text for part in justext.justext(html.encode(), stop_words, encoding="utf-8") if not part.is_boilerplate))

    return extract


if __name__ == "__main__":
    main()
