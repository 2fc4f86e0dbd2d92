"""Files in which commands remember what runs here, damaged: they say so or count as not there, and stop nothing."""

from __future__ import annotations

import os
from pathlib import Path

import psutil
import pytest

from copydesk.services.console.running import instance
from copydesk.services.console.running.plan import Plan, Planned, file
from copydesk.services.console.running.supervisor import Supervisor, read_state, state_file
from copydesk.shared import processes
from copydesk.shared.errors import CopydeskError
from copydesk.shared.settings import Settings
from tests.odd_entries import ODD_VALUES

PLAN = Plan({"COPYDESK_HOME": "x"}, 21_000, 1_000, 2, (Planned("cleaner", 1, 21_000),))
ODD = pytest.mark.parametrize("value", [*ODD_VALUES.values(), b"[[]]", b'[{"pid": "x"}]', b'{"pid": -5, "born": 1}', b'{"pid": {}, "born": []}'])


@ODD
def test_a_damaged_file_counts_as_not_there(tmp_path: Path, value: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "run").mkdir()
    monkeypatch.setenv("COPYDESK_HOME", str(tmp_path))
    for path in (state_file(tmp_path), tmp_path / "run" / "instance.json", tmp_path / "run" / "cleaner-1.json"):
        path.write_bytes(value)
    assert read_state(tmp_path) == []
    assert processes.recorded(tmp_path / "run" / "cleaner-1.json") is None
    assert instance.settings().bootstrap_servers == Settings().bootstrap_servers


def test_what_an_instance_cannot_be_counts_as_not_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "run").mkdir()
    monkeypatch.setenv("COPYDESK_HOME", str(tmp_path))
    (tmp_path / "run" / "instance.json").write_bytes(b'{"bootstrap_servers": ["x"], "broker_port": "many"}')
    assert instance.settings().bootstrap_servers == Settings().bootstrap_servers


@ODD
def test_a_damaged_plan_is_named_and_the_supervisor_keeps_to_the_last_one(tmp_path: Path, value: bytes) -> None:
    PLAN.write(tmp_path)
    assert Plan.read(tmp_path) == PLAN
    supervisor = Supervisor(tmp_path)
    assert supervisor._follow()
    file(tmp_path).write_bytes(value)
    os.utime(file(tmp_path), ns=(1, 1))
    with pytest.raises(CopydeskError, match="damaged"):
        Plan.read(tmp_path)
    assert not supervisor._follow()
    assert supervisor.plan == PLAN


def test_a_process_that_runs_is_known_by_its_record(tmp_path: Path) -> None:
    me = psutil.Process()
    record = tmp_path / "me.json"
    record.write_text(f'{{"pid": {me.pid}, "born": {me.create_time()}, "more": 1}}')
    assert (processes.recorded(record) or {}).get("more") == 1
