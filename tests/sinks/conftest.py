"""The places that sinks write to."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres import LocalPostgres
from tests.sinks.receiver import Receiver

KINDS = ("sqlite", "postgres", "parquet", "jsonl", "webhook")


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
        case "webhook":
            return f"webhook:{request.getfixturevalue('receiver').url}"
        case kind:
            return f"{kind}:{tmp_path / kind}"
