"""What a person hands over, as records: texts, pages, folders, JSON lines and standard input, each with a name to report.

A text or page becomes a record of its own, which names the file as its `origin`. JSON lines pass with their bytes as they are: they are
judged by the stage that reads them. What cannot be read (a broken file, a line without end, a form that is not an article's) is an item
that is refused already, so that it costs itself and not the run.
"""

from __future__ import annotations

from copydesk.shared.inputs.expanding import expand
from copydesk.shared.inputs.items import BROKEN, UNSUPPORTED, Form, Item, PageAddress, Reading, Tell, warned
from copydesk.shared.inputs.names import form_of, is_file, scheme_of, total_bytes
from copydesk.shared.inputs.passed_over import why_not_read
from copydesk.shared.inputs.reading import read

__all__ = [
    "BROKEN", "UNSUPPORTED", "Form", "Item", "PageAddress", "Reading", "Tell", "expand", "form_of", "is_file", "read", "scheme_of", "total_bytes",
    "warned", "why_not_read",
]  # fmt: skip
