"""Each database that an archive may be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.archives import ArchivePair, postgres_pair, sqlite_pair
from tests.postgres import LocalPostgres


@pytest.fixture(scope="session")
def database(postgres: LocalPostgres) -> str:
    return postgres.database("reading")


@pytest.fixture(params=["sqlite", "postgres"])
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ArchivePair]:
    pair = sqlite_pair(tmp_path) if request.param == "sqlite" else postgres_pair(request.getfixturevalue("database"))
    pair.writer.open()
    yield pair
    pair.reader.close()
    pair.writer.close()
