"""The topology and what it is derived from or held against: the stages' own classes, the topics, the settings."""

from __future__ import annotations

import ast
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

from copydesk.shared.settings import ServiceSettings
from copydesk.shared.topics import ALL, COMMON, FURNITURE, RAW, RETRACTIONS, SOURCES
from copydesk.shared.topology import PRODUCER, RECORDS, SERVICES, STAGES, ServiceSpec, short

EVERY = pytest.mark.parametrize("service", [PRODUCER, *SERVICES], ids=lambda service: service.name)
OF_COMMANDS = {COMMON, FURNITURE, RETRACTIONS}  # written by the command line


@EVERY
def test_every_service_is_a_module_with_settings(service: ServiceSpec) -> None:
    assert find_spec(f"{service.module}.__main__") is not None
    assert issubclass(service.settings(), ServiceSettings)


@pytest.mark.parametrize("name", STAGES)
def test_a_stage_reads_and_writes_what_the_topology_says(name: str) -> None:
    service = STAGES[name]
    stages = [kind for kind in vars(import_module(f"{service.module}.stage")).values() if getattr(kind, "name", None) == service.name]
    assert [(stage.source, stage.target) for stage in stages] == [(service.reads[0], service.writes[0])]


def test_every_topic_is_written_and_read_by_someone() -> None:
    written = {topic for service in (PRODUCER, *SERVICES) for topic in service.writes}
    assert written | OF_COMMANDS == set(ALL)
    assert set(RECORDS) <= set(ALL)
    assert len({short(topic) for topic in RECORDS}) == len(RECORDS)


def test_the_services_stand_in_the_order_of_the_flow() -> None:
    known = {RAW, SOURCES, *OF_COMMANDS}
    for service in SERVICES:
        assert (service.reads + service.follows)[0] in known, f"{service.name} stands before what it reads is written"
        known.update(service.writes)


@EVERY
def test_a_service_calls_itself_what_the_topology_calls_it(service: ServiceSpec) -> None:
    spec = find_spec(f"{service.module}.__main__")
    assert spec is not None and spec.origin is not None
    (call,) = (node for node in ast.walk(ast.parse(Path(spec.origin).read_text("utf-8"))) if isinstance(node, ast.Call) and _is_main(node))
    assert ast.literal_eval(call.args[0]) == service.name


def _is_main(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id == "main"
