"""Spans are asked for by a setting; without it nothing of OpenTelemetry is even imported."""

from __future__ import annotations

import subprocess
import sys

import pytest

from copydesk.shared.errors import CopydeskError
from copydesk.shared.headers import TRACEPARENT, onward, trace_id
from copydesk.shared.kafka import Message, Sender
from copydesk.shared.records.duplicate import PairFact
from copydesk.shared.runner.delivery import Delivery
from copydesk.shared.runner.metrics import Metrics
from copydesk.shared.runner.tracing import Tracing, tracing
from copydesk.shared.settings import ServiceSettings
from copydesk.shared.stage import SideRecord
from copydesk.shared.topics import CLEANED, CORRECTIONS, DEDUPLICATED
from tests.samples import fact

NOWHERE = "http://127.0.0.1:9/v1/traces"


def test_nothing_is_traced_and_nothing_imported_unless_it_is_asked_for() -> None:
    code = "import sys, copydesk.services.cleaner.__main__, copydesk.services.gateway.__main__; print([n for n in sys.modules if 'telemetry' in n])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout == b"[]\n"
    assert tracing(ServiceSettings(), "cleaner") is None


def test_all_that_is_sent_of_a_message_is_of_one_span() -> None:
    given = onward({}, "cleaner", 1)
    message = Message(CLEANED.name, 0, 7, 1, b"a", b"{}", given)
    traced = Tracing(NOWHERE, 1, "deduplicator", "r")
    try:
        delivery = Delivery("deduplicator", Sender(ServiceSettings()), Metrics("deduplicator"), traced)
        part = fact("b", "a", 2, 1)
        assert isinstance(part, PairFact)
        delivery.forward(DEDUPLICATED, message, "a", b"{}")
        delivery.side(message, SideRecord(CORRECTIONS, "k", part))
        own = {dict(record.headers)[TRACEPARENT] for _, record in delivery._sent}
        assert len(own) == 1
        assert trace_id({TRACEPARENT: own.pop().decode()}) == trace_id(given)
        delivery.finished(message)
    finally:
        traced._processor._batch_processor._exporter.shutdown()  # type: ignore[no-untyped-call] # so that nothing waits for a collector
        traced.close()


@pytest.mark.parametrize(("traceparent", "share", "is_kept"), [
    ("00-" + "1" * 32 + "-" + "2" * 16 + "-01", 1.0, True), ("00-" + "1" * 32 + "-" + "2" * 16 + "-01", 0.05, False),
    ("00-" + "0" * 32 + "-" + "2" * 16 + "-01", 1.0, False), ("", 1.0, False), ("00-x-y-01", 1.0, False), ("-", 1.0, False),
])  # fmt: skip
def test_which_traces_are_kept(traceparent: str, share: float, is_kept: bool) -> None:
    traced = Tracing(NOWHERE, share, "cleaner", "r")
    assert (traced._context(traceparent) is not None) == is_kept
    traced.close()


def test_what_is_missing_is_named_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry.exporter.otlp.proto.http.trace_exporter", None)
    with pytest.raises(CopydeskError, match="COPYDESK_TRACES_URL is set") as raised:
        tracing(ServiceSettings(traces_url=NOWHERE), "cleaner")
    assert raised.value.remedy.startswith("pip install 'copydesk[traces]'")
