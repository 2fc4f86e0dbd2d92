"""Each fault under load: nothing is lost, the lag goes back to zero without a hand, and the tables are those of a run without faults.

`tests/faults/kinds.py` lists them. Some are in `make test`, all in `make test-faults`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from copydesk.shared.broker import LocalBroker
from copydesk.shared.settings import Settings
from tests.faults.kinds import FAULTS, QUICK_MODEL, Fault, Places, survive
from tests.load import Load

ARTICLES = 160
SHORT = ("kill -9 of the only tagger, twice", "full disk under the index")


@pytest.fixture(scope="module")
def load(tmp_path_factory: pytest.TempPathFactory) -> Load:
    return Load.of(ARTICLES, tmp_path_factory.mktemp("load"), QUICK_MODEL)


@pytest.fixture(scope="module")
def places(local_broker: LocalBroker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Places]:
    places = Places(local_broker, tmp_path_factory.mktemp("clusters"))
    yield places
    places.stop()


@pytest.mark.timeout(1500)
@pytest.mark.parametrize("fault", [pytest.param(one, id=one.name, marks=[] if one.name in SHORT else [pytest.mark.faults]) for one in FAULTS])
async def test_nothing_is_lost_and_the_tables_are_the_same(fault: Fault, load: Load, kafka: Settings, tmp_path: Path, places: Places) -> None:
    await survive(fault, load, kafka, tmp_path, places)
