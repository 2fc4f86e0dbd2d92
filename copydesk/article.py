"""A record as a person uses it: a plain dict, with typed ways to what is asked for most."""

from __future__ import annotations

from datetime import datetime
from typing import Any


class Article(dict[str, Any]):
    """A record of the pipeline, as docs/records.md describes it: `article["body"]`, json.dumps(article), {**article}.

    The properties give the same values with a type, and an empty value where a stage has not run or has found nothing.

    >>> article = Article(article_id="a", body="One.", published_at="2024-05-18")
    >>> article.published, article.entities, article.is_copy
    (datetime.datetime(2024, 5, 18, 0, 0), [], False)
    """

    @property
    def article_id(self) -> str:
        """Its name in the pipeline, the same for all its revisions; "" where it has none."""
        return str(self.get("article_id", ""))

    @property
    def title(self) -> str | None:
        """Its headline, as given or as the cleaner found it."""
        return self.get("title")

    @property
    def author(self) -> str | None:
        """Who wrote it, as printed."""
        return self.get("author")

    @property
    def body(self) -> str:
        """The article's text; the offsets of entities and quotations are characters of it."""
        return str(self.get("body", ""))

    @property
    def paragraphs(self) -> list[str]:
        """The paragraphs of the body, in order."""
        return self.body.split("\n\n") if self.body else []

    @property
    def source(self) -> str | None:
        """Who published it: a host, or the name that was given."""
        return self.get("source")

    @property
    def language(self) -> str | None:
        """ISO 639-1 code."""
        return self.get("language")

    @property
    def published(self) -> datetime | None:
        """`published_at` as a datetime, without a zone where none is known; None where it is less exact than a day."""
        try:
            return datetime.fromisoformat(str(self.get("published_at")))
        except ValueError:
            return None

    @property
    def entities(self) -> list[dict[str, Any]]:
        """In order of first mention: canonical, type, mentions, count, salience, link."""
        return self.get("entities") or []

    @property
    def quotes(self) -> list[dict[str, Any]]:
        """Direct quotations: start, end, text, and speaker where a rule is certain."""
        return self.get("quotes") or []

    @property
    def is_copy(self) -> bool:
        """Whether it copies an earlier article, as far as is known."""
        return bool((self.get("duplicate") or {}).get("status") == "duplicate")

    @property
    def copy_of(self) -> str | None:
        """article_id of the earliest article that it copies from."""
        return (self.get("duplicate") or {}).get("duplicate_of")

    def __repr__(self) -> str:
        return f"<Article {self.article_id} {self.title or self.body[:60]!r}>"
