"""Copies in sync: one less than there are unless set, and never more than there are."""

from __future__ import annotations

import pytest

from copydesk.shared.errors import CopydeskError
from copydesk.shared.settings import Settings, load


@pytest.mark.parametrize(("given", "in_sync"), [({}, 1), ({"replication_factor": 3}, 2), ({"replication_factor": 3, "min_insync_replicas": 1}, 1)])
def test_one_less_than_there_are_unless_set(given: dict[str, int], in_sync: int) -> None:
    assert load(Settings, **given).in_sync == in_sync


def test_more_than_there_are_is_refused_by_name() -> None:
    with pytest.raises(CopydeskError, match="COPYDESK_MIN_INSYNC_REPLICAS is more than COPYDESK_REPLICATION_FACTOR"):
        load(Settings, replication_factor=2, min_insync_replicas=3)
