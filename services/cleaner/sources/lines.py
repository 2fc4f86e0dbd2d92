"""The lines of a raw record, of text as of HTML, as the cleaner will see them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import trafilatura
from pydantic import ValidationError

from copydesk.services.cleaner.content import decoded, is_html
from copydesk.services.cleaner.html.blocks import blocks
from copydesk.services.cleaner.lines import split
from copydesk.shared.records.raw import RawArticle, complete
from copydesk.shared.stage import Rejected

MOST_LINES = 5_000  # of one page
LONGEST_PAGE = 2_000_000
RECEIVED = datetime(2000, 1, 1, tzinfo=UTC)  # stands in where a record does not say; nothing learned depends on it


def lines_of(record: Mapping[str, Any]) -> list[str]:
    """The lines of a text, or the blocks of a page; none where the record cannot be read, which is for the cleaner to say."""
    try:
        article = RawArticle.model_validate(complete(dict(record), RECEIVED))
    except ValidationError:
        return []
    text = decoded(article)
    if isinstance(text, Rejected) or len(text) > LONGEST_PAGE:
        return []
    if not is_html(article, text):
        return [block.text for block in split(text)]
    root = trafilatura.load_html(text)
    return [] if root is None else [block.text for block in blocks(root)]
