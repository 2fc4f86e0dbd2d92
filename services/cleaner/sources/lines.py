"""The lines of a raw record, of text as of HTML, as the cleaner will see them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import trafilatura

from copydesk.services.cleaner.content import decoded, is_html
from copydesk.services.cleaner.html.blocks import blocks
from copydesk.services.cleaner.lines import split_lines
from copydesk.shared.edge import of_feed
from copydesk.shared.records.raw import RawArticle
from copydesk.shared.stage import Rejected

MOST_LINES = 5_000  # of one page
LONGEST_PAGE = 2_000_000
RECEIVED = datetime(2000, 1, 1, tzinfo=UTC)  # stands in where a record does not say; nothing learned depends on it


def article_of(record: Mapping[str, Any]) -> RawArticle | None:
    """A raw record as the cleaner reads it; None where it would refuse it."""
    read = of_feed(record, RECEIVED)
    return None if isinstance(read, Rejected) else RawArticle.model_validate(read)


def lines_to_compare(article: RawArticle) -> list[str]:
    """The lines of a text, or the blocks of a page; none where the content cannot be read, which is for the cleaner to say."""
    content = decoded(article)
    if isinstance(content, Rejected) or len(content.text) > LONGEST_PAGE:
        return []
    text = content.text
    if not is_html(article, text):
        return [block.text for block in split_lines(text)]
    root = trafilatura.load_html(text)
    return [] if root is None else [block.text for block in blocks(root)]
