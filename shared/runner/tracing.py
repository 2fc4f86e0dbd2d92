"""Spans over OTLP: what each service did with a record, in the trace that the record's headers carry, from the gateway to the sinks.

Off unless COPYDESK_TRACES_URL is set: without it nothing of OpenTelemetry is imported. Spans are sent in the background, many at once; what a
collector does not take in time is dropped, and nothing waits for it. The ids are those of the header `traceparent`: a span's parent is what
wrote the record.
"""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Mapping
from typing import Any

from copydesk.shared.errors import CopydeskError
from copydesk.shared.headers import TRACEPARENT, trace_id
from copydesk.shared.kafka import Message
from copydesk.shared.settings import ServiceSettings

SENT_EVERY_MS = 1_000.0
EXPORT_S = 5.0
CLOSE_S = 3.0
ALL = 1 << 56  # what the last seven bytes of a trace id can be: so every service decides alike which traces are kept


class Tracing:
    """Sends the spans of one service. Calls return at once and raise nothing."""

    def __init__(self, url: str, share: float, service: str, replica: str) -> None:
        """Raises CopydeskError where `copydesk[traces]` is not installed."""
        try:
            from opentelemetry import trace
            from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
            from opentelemetry.sdk import resources
            from opentelemetry.sdk import trace as spans
            from opentelemetry.sdk.trace.export import BatchSpanProcessor
        except ImportError as error:
            raise CopydeskError(
                f"COPYDESK_TRACES_URL is set, and OpenTelemetry is not installed ({error})", "pip install 'copydesk[traces]', or unset it"
            ) from error
        self._trace, self._spans, self._service, self._kept = trace, spans, service, share * ALL
        attributes = {"service.name": f"copydesk-{service}", "service.instance.id": replica, "host.name": socket.gethostname()}
        self._resource = resources.Resource.create(attributes)
        self._processor = BatchSpanProcessor(OTLPSpanExporter(endpoint=url, timeout=EXPORT_S), schedule_delay_millis=SENT_EVERY_MS)

    def root(self, own: Mapping[str, str], began_ns: int, ended_ns: int, **attributes: str | int) -> None:
        """The span of what put a record onto its first topic with the headers `own`."""
        context = self._context(own.get(TRACEPARENT, ""))
        if context is not None:
            self._end(context, None, self._trace.SpanKind.PRODUCER, began_ns, ended_ns, attributes)

    def record(self, message: Message, own: str | None, began_ns: int, ended_ns: int, outcome: str) -> None:
        """The span of a record that was done. `own` is the traceparent of what was made of it, None where nothing went on."""
        trace = trace_id(message.headers)
        context = self._context(own or (f"00-{trace}-{os.urandom(8).hex()}-01" if trace else ""))
        if context is not None:
            key = (message.key or b"").decode("utf-8", "replace")[:200]
            attributes: dict[str, str | int] = {
                "messaging.system": "kafka", "messaging.destination.name": message.topic, "messaging.kafka.offset": message.offset,
                "messaging.destination.partition.id": str(message.partition), "messaging.kafka.message.key": key,
                "copydesk.outcome": outcome,
            }  # fmt: skip
            parent = self._context(message.headers.get(TRACEPARENT, ""))
            self._end(context, parent, self._trace.SpanKind.CONSUMER, began_ns, ended_ns, attributes)

    def close(self) -> None:
        """Send what is left; a collector that does not take it within CLOSE_S is left alone."""
        closing = threading.Thread(target=self._processor.shutdown, daemon=True, name="traces")
        closing.start()
        closing.join(CLOSE_S)

    def _context(self, traceparent: str) -> Any:
        """None for what is no traceparent, and for traces that are not kept."""
        try:
            _, trace, span, *_ = traceparent.split("-")
            trace_number, span_number = int(trace, 16), int(span, 16)
        except ValueError:
            return None
        if not trace_number or not span_number or trace_number % ALL >= self._kept:
            return None
        return self._trace.SpanContext(trace_number, span_number, is_remote=True, trace_flags=self._trace.TraceFlags(1))

    def _end(self, context: Any, parent: Any, kind: Any, began_ns: int, ended_ns: int, attributes: Mapping[str, str | int]) -> None:
        span = self._spans.ReadableSpan(
            self._service, context, parent, self._resource, attributes, kind=kind, start_time=began_ns, end_time=ended_ns
        )  # fmt: skip
        self._processor.on_end(span)


def tracing(settings: ServiceSettings, service: str) -> Tracing | None:
    """What sends the spans of a service; None where none are asked for."""
    if not settings.traces_url:
        return None
    return Tracing(settings.traces_url, settings.traces_share, service, settings.replica)
