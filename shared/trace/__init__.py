"""How far an article came: every record of it on the topics, and where it ended or waits. Of plain reads, so that anybody may ask."""

from __future__ import annotations

from copydesk.shared.trace.contents import FetchedContent, fetched, found_at
from copydesk.shared.trace.ends import End
from copydesk.shared.trace.sought import Sought, sought
from copydesk.shared.trace.steps import Step
from copydesk.shared.trace.tracing import SINCE, Trace, trace

__all__ = ["SINCE", "End", "FetchedContent", "Sought", "Step", "Trace", "fetched", "found_at", "sought", "trace"]
