"""The places that sinks write to."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.opensearch import LocalOpenSearch, running_opensearch
from tests.postgres import LocalPostgres
from tests.sinks.receiver import Receiver

# OpenSearch has a file of its own in `make test`; the whole suite runs on it in `make test-sinks`
KINDS = ("sqlite", "postgres", "parquet", "jsonl", "webhook", *(["opensearch"] if "SINK_ARTICLES" in os.environ else []))


@pytest.fixture(scope="session")
def opensearch() -> Iterator[LocalOpenSearch]:
    with running_opensearch() as server:
        yield server


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as running:
        yield running


_numbers = itertools.count()


@pytest.fixture(params=KINDS)
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a sink of each kind may write; nothing is there yet."""
    match request.param:
        case "postgres":
            server: LocalPostgres = request.getfixturevalue("postgres")
            return f"postgres:{server.database(f'copydesk_{next(_numbers)}')}"
        case "opensearch":
            return f"opensearch:{request.getfixturevalue('opensearch').url}/copydesk-{next(_numbers)}"
        case "webhook":
            return f"webhook:{request.getfixturevalue('receiver').url}"
        case kind:
            return f"{kind}:{tmp_path / kind}"
