"""copydesk retract and monitor: what is typed wrongly is told before any broker is asked."""

from __future__ import annotations

import pytest

from copydesk.services.console import __main__ as entry
from copydesk.services.console import exits


@pytest.mark.parametrize(
    ("arguments", "field"),
    [(["", "--reason", "x"], "article_id"), (["--source", "", "--reason", "x"], "source"), (["a", "--reason", "x" * 2_001], "reason")],
)
def test_what_no_retraction_can_say_is_told(arguments: list[str], field: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert entry.run(["retract", *arguments]) == exits.FAILURE
    assert f"copydesk: {field}: " in capsys.readouterr().err


def test_monitor_says_where_it_cannot_listen(capsys: pytest.CaptureFixture[str]) -> None:
    """192.0.2.1 is nobody's address (RFC 5737)."""
    assert entry.run(["monitor", "--host", "192.0.2.1"]) == exits.FAILURE
    told = capsys.readouterr().err
    assert "cannot listen at 192.0.2.1:9180" in told
    assert "metrics at" not in told
