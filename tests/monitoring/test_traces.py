"""Traces over OTLP: one trace from the gateway to the sink, in a collector of the tests' own, and none where none are asked for."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator
from itertools import pairwise
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from copydesk.shared.settings import Settings
from tests.pipeline import PATIENCE_S, fresh_topics, pipeline

pytestmark = [pytest.mark.monitoring, pytest.mark.timeout(900)]
TEXT = "Ferry stops for six weeks\n\nELWICK - The ferry will stop running for six weeks, Marian Dell of the harbour board said on Tuesday.\n\n"
WAY = ["gateway", "cleaner", "deduplicator", "tagger", "sink"]


class Collector:
    """What a collector of OpenTelemetry is to its clients: POST /v1/traces."""

    def __init__(self) -> None:
        self.spans: list[tuple[str, Span]] = []  # with the name of the service
        self.url = ""

    async def post(self, request: web.Request) -> web.Response:
        body = await request.read()  # which aiohttp unpacks
        for one in ExportTraceServiceRequest.FromString(gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body).resource_spans:
            (name,) = [pair.value.string_value for pair in one.resource.attributes if pair.key == "service.name"]
            self.spans += [(name.removeprefix("copydesk-"), span) for scope in one.scope_spans for span in scope.spans]
        return web.Response(content_type="application/x-protobuf")

    async def whole(self) -> dict[str, Span]:
        """The spans of the one trace, once the sink's is here."""
        async with asyncio.timeout(PATIENCE_S):
            while {name for name, _ in self.spans} != set(WAY):
                await asyncio.sleep(0.1)
        return dict(self.spans)


@pytest.fixture
async def collector() -> AsyncIterator[Collector]:
    found, app = Collector(), web.Application()
    app.add_routes([web.post("/v1/traces", found.post)])
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    found.url = f"http://127.0.0.1:{runner.addresses[0][1]}/v1/traces"
    yield found
    await runner.cleanup()


async def test_one_trace_from_the_gateway_to_the_sink(kafka: Settings, collector: Collector, tmp_path: Path) -> None:
    await fresh_topics(kafka)
    async with pipeline(kafka, tmp_path, env={"COPYDESK_TRACES_URL": collector.url}) as services, aiohttp.ClientSession() as session:
        port = next(replica["port"] for replica in services.local.replicas() if replica["service"] == "gateway")
        async with session.post(f"http://127.0.0.1:{port}/articles", json={"content": TEXT, "article_id": "a"}) as answer:
            assert answer.status == 202, await answer.text()
        spans = await collector.whole()
    assert len({span.trace_id for span in spans.values()}) == 1
    assert [spans[name].parent_span_id for name in WAY] == [b"", *[spans[name].span_id for name in WAY[:-1]]]
    for before, after in pairwise(WAY):
        assert spans[before].start_time_unix_nano <= spans[after].start_time_unix_nano <= spans[after].end_time_unix_nano
    read = {pair.key: pair.value for pair in spans["tagger"].attributes}
    assert read["messaging.destination.name"].string_value == "articles.deduplicated"
    assert read["messaging.kafka.message.key"].string_value == "a"
    assert read["copydesk.outcome"].string_value == "passed"
