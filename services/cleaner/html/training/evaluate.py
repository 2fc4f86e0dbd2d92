"""Out-of-fold scores of the whole extraction: each labelled page is judged by the ensemble that has not seen its host."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from copydesk.services.cleaner.html.article import HtmlArticle
from copydesk.services.cleaner.html.candidate import Candidate
from copydesk.services.cleaner.html.choice import BlockModel
from copydesk.services.cleaner.html.extraction import finish
from copydesk.services.cleaner.html.training.pages import LabelledPage
from copydesk.services.cleaner.title import fold_title as folded
from copydesk.services.cleaner.training.score import Score, mean, page_score, shingles
from copydesk.shared.stage import Rejected


@dataclass(slots=True)
class Report:
    """`pages` holds id, precision and recall of each page. `right` and `wrong` count fields that are labelled, `rejected` the reasons."""

    pages: list[tuple[str, float, float]] = field(default_factory=list)
    right: Counter[str] = field(default_factory=Counter)
    labelled: Counter[str] = field(default_factory=Counter)
    rejected: Counter[str] = field(default_factory=Counter)

    @property
    def score(self) -> Score:
        return mean((precision, recall) for _, precision, recall in self.pages)

    def share(self, name: str) -> float:
        """Of the pages whose `name` (title, author, date) is labelled, on how many it came out equal."""
        return self.right[name] / max(1, self.labelled[name])

    def __str__(self) -> str:
        fields = "  ".join(f"{name} {self.share(name):.1%} of {self.labelled[name]}" for name in ("title", "author", "date"))
        return f"{self.score}  {fields}  rejected {dict(self.rejected)}"


def evaluate_pages(pages: Iterable[LabelledPage], model: BlockModel) -> Report:
    report = Report()
    for item in pages:
        result = finish(item.page, model.each(item.page.rows)[item.fold], item.url) if isinstance(item.page, Candidate) else item.page
        judge_page(report, item, result)
    return report


def judge_page(report: Report, item: LabelledPage, result: HtmlArticle | Rejected) -> None:
    """Add what came out for a page to the report."""
    if isinstance(result, Rejected):
        report.rejected[result.reason] += 1
        result = HtmlArticle(())
    report.pages.append((item.id, *page_score(shingles("\n".join(result.paragraphs)), shingles(item.row["body"]))))
    found = {"title": result.title, "author": result.author, "date": (result.published_at or "")[:10]}
    for name, value in found.items():
        if gold := item.row[name]:
            report.labelled[name] += 1
            report.right[name] += folded(value or "") == folded(gold)
