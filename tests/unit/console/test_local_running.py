"""What `copydesk up` plans, remembers, supervises and shows, without a broker."""

from __future__ import annotations

import os
import signal
import socket
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import orjson
import pytest
from rich.console import Console

from copydesk.services.console.running import instance, plan, status
from copydesk.services.console.running.machine import Local, check_settings
from copydesk.services.console.running.rotation import rotate
from copydesk.services.console.running.supervisor import Supervisor, cause
from copydesk.shared.contract.misspelt import misspelt_settings
from copydesk.shared.errors import CopydeskError
from copydesk.shared.lag import Behind
from copydesk.shared.settings import Settings, load


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_command_in_a_folder_below_finds_the_home_above(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings().home == Path(".copydesk")
    (tmp_path / ".copydesk").mkdir()
    (tmp_path / "a" / "b").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "a" / "b")
    assert Settings().home == tmp_path / ".copydesk"
    (tmp_path / "a" / "b" / ".copydesk").mkdir()
    assert Settings().home == Path(".copydesk")
    assert Settings(home=Path("other")).home == Path("other")


def test_what_runs_is_remembered_and_what_is_said_stands_above_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert instance.settings() == Settings()
    running = Settings(broker_port=19092, raw_limit=50_000, sasl_username="desk", sasl_password="secret")
    instance.remember(running, "cluster-1")
    found = instance.settings()
    assert (found.bootstrap_servers, found.raw_limit, found.cluster_id, found.sasl_username) == ("127.0.0.1:19092", 50_000, "cluster-1", "desk")
    assert "secret" not in (Path(".copydesk") / "run" / "instance.json").read_text()
    monkeypatch.setenv("COPYDESK_RAW_LIMIT", "60000")
    assert (instance.settings().raw_limit, instance.settings().bootstrap_servers) == (60_000, "127.0.0.1:19092")
    monkeypatch.setenv("COPYDESK_BOOTSTRAP_SERVERS", "elsewhere:9092")
    assert (instance.settings().bootstrap_servers, instance.settings().cluster_id) == ("elsewhere:9092", None)
    instance.forget_instance(Path(".copydesk"))
    instance.forget_instance(Path(".copydesk"))


def test_ports_depend_on_the_replica_alone() -> None:
    few = {replica.name: replica.port for replica in plan.replicas({"tagger": 2}, 8100)}
    many = {replica.name: replica.port for replica in plan.replicas({"tagger": 20, "cleaner": 3, "sink": 0}, 8100)}
    assert few["cleaner-1"] == 8100
    assert few.items() - {("sink-1", few["sink-1"])} <= many.items()
    assert len(set(many.values())) == len(many)
    with pytest.raises(CopydeskError, match="at most 20"):
        plan.replicas({"tagger": 21}, 8100)


def test_a_base_whose_ports_are_taken_is_passed_over_unless_one_insists() -> None:
    base = plan.free_base()
    with socket.create_server(("127.0.0.1", plan.replicas({}, base)[0].port)) as taken:
        assert plan.base_port({}, base, insist=False) > base
        with pytest.raises(CopydeskError, match=f"port {taken.getsockname()[1]} is taken"):
            plan.base_port({}, base, insist=True)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("COPYDESK_TAGGER_THREADS", "many"),
        ("COPYDESK_DEDUP_SHARE", "x"),
        ("COPYDESK_HTTP_BASE_PORT", "0"),
        ("COPYDESK_TAGGER_MODEL", "xx_no_such_model"),
        ("COPYDESK_TAGGER_LANGUAGES", '{"de": "xx_no_such_model"}'),
        ("COPYDESK_GAZETTEER", "no/file.jsonl"),
    ],
)
def test_a_wrong_setting_of_any_service_is_named_before_anything_starts(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    check_settings()
    monkeypatch.setenv(name, value)
    with pytest.raises(CopydeskError, match=name):
        check_settings()


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("COPYDESK_PARTITION", "COPYDESK_PARTITION is no setting: is COPYDESK_PARTITIONS meant?"),
        ("COPYDESK_BOOTSTRAP_SERVER", "COPYDESK_BOOTSTRAP_SERVER is no setting: is COPYDESK_BOOTSTRAP_SERVERS meant?"),
        ("COPYDESK_TAGER_MODEL", "COPYDESK_TAGER_MODEL is no setting: is COPYDESK_TAGGER_MODEL meant?"),
        ("COPYDESK_GAZETEER", "COPYDESK_GAZETEER is no setting: is COPYDESK_GAZETTEER meant?"),
        ("COPYDESK_XQJ", "COPYDESK_XQJ is no setting; docs/settings.md lists them"),
    ],
)
def test_misspelt_variables_are_named_with_the_nearest_right_one(name: str, line: str) -> None:
    right = {"COPYDESK_HOME": "x", "COPYDESK_TAGGER_MODEL": "x", "COPYDESK_SQLITE_PATH": "x", "COPYDESK_DATA": "x", "PATH": "x"}
    assert misspelt_settings(right) == []
    assert misspelt_settings({**right, name: "x"}) == [line]


def test_logs_are_put_aside_and_the_writer_goes_on(tmp_path: Path) -> None:
    with (tmp_path / "a.log").open("ab", buffering=0) as log:
        for number in range(5):
            log.write(b"%d" % number * 100)
            rotate(tmp_path, 50, 3)
        log.write(b"last")
        rotate(tmp_path, 50, 3)
    found = {path.name: path.read_bytes()[:4] for path in tmp_path.iterdir() if path.is_file()}
    assert found == {"a.log": b"last", "a.log.1": b"4444", "a.log.2": b"3333", "a.log.3": b"2222"}


@pytest.mark.parametrize(
    ("code", "words"), [(0, "exit code 0"), (2, "exit code 2"), (-9, "signal SIGKILL"), (-11, "signal SIGSEGV"), (-64, "signal SIGRTMAX")]
)
def test_how_a_process_ended_in_words(code: int, words: str) -> None:
    assert cause(code) == words


@pytest.mark.parametrize(
    ("lag", "rate", "inflow", "words"),
    [(0, 5, 1, ""), (100, 6, 1, "20 s"), (90_000, 6, 1, "5 h 0 min"), (100, 1, 6, "never"), (100, 0, 0, "never"), (100, 5, 5, "as it is")],
)
def test_time_to_zero(lag: int, rate: float, inflow: float, words: str) -> None:
    assert status.to_zero(lag, rate, inflow) == words


def test_the_picture_has_what_a_person_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time()
    monkeypatch.setattr(status, "time", SimpleNamespace(time=lambda: now))
    replica: dict[str, Any] = {
        "service": "cleaner", "port": 8100, "restarts": 2, "started": now - 200, "leaving": False, "ended": "signal SIGKILL",
    }  # fmt: skip
    replicas = [{**replica, "number": 1, "pid": 7, "ready": True}, {**replica, "number": 2, "port": 8101, "pid": None, "ready": False}]
    looks = {"cleaner": Behind(100, 1000, 900, now - 30, now - 2)}, {"cleaner": Behind(80, 1010, 930, now - 20, now)}
    console = Console(width=200)
    with console.capture() as captured:
        console.print(status.picture(replicas, False, looks))
    shown = " ".join(captured.get().split())
    for words in (
        "cleaner-1 ready 7 3 min 20 s 2 80 15.0/s 8.0 s 20 s http://127.0.0.1:8100",
        "cleaner-2 down (signal SIGKILL)",
        "the supervisor is gone",
    ):
        assert words in shown


def supervised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, names: list[str]) -> Supervisor:
    """A supervisor whose services are a shell command."""
    from copydesk.shared import processes

    def spawn(command: list[str], *arguments: Any, **facts: Any) -> Any:
        return start(["sh", "-c", program], *arguments, **facts)

    start = processes.spawn
    monkeypatch.setattr(processes, "spawn", spawn)
    replicas = tuple(plan.Planned("cleaner", number, 1) for number in range(1, len(names) + 1))
    plan.Plan({}, 1, 1_000, 3, replicas).write(tmp_path)
    return Supervisor(tmp_path)


def states(supervisor: Supervisor) -> list[tuple[str, bool, int, str]]:
    supervisor._write_state()
    return [
        (f"{r['service']}-{r['number']}", r["pid"] is not None, r["restarts"], r["ended"])
        for r in orjson.loads((supervisor.home / "run" / "state.json").read_bytes())
    ]


def until_changed(supervisor: Supervisor) -> None:
    deadline = time.monotonic() + 300
    while not supervisor._look():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_replica_that_dies_is_started_again_and_one_with_wrong_settings_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    supervisor = supervised(tmp_path, monkeypatch, "sleep 600", ["cleaner-1"])
    assert supervisor._follow()
    assert not supervisor._follow()
    supervisor._look()
    assert states(supervisor) == [("cleaner-1", True, 0, "")]
    os.kill(supervisor._processes["cleaner-1"].pid, signal.SIGKILL)
    until_changed(supervisor)
    assert states(supervisor) == [("cleaner-1", False, 1, "signal SIGKILL")]
    until_changed(supervisor)
    assert states(supervisor) == [("cleaner-1", True, 1, "signal SIGKILL")]
    plan.Plan({}, 1, 1_000, 3, (plan.Planned("cleaner", 2, 1),)).write(tmp_path)
    assert supervisor._follow()
    while [name for name, *_ in states(supervisor)] != ["cleaner-2"]:
        until_changed(supervisor)
    supervisor._stop()
    assert not (tmp_path / "run" / "state.json").exists()


def test_wrong_settings_are_not_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    supervisor = supervised(tmp_path, monkeypatch, "exit 2", ["cleaner-1"])
    supervisor._follow()
    supervisor._look()
    until_changed(supervisor)
    assert states(supervisor) == [("cleaner-1", False, 0, "exit code 2")]
    assert not supervisor._look()
    assert Local(load(Settings, home=tmp_path)).replicas() == []
