"""What is said twice has to agree: the Compose file and the Dockerfile with the services, their settings and the lock file."""

from __future__ import annotations

import contextlib
import http.server
import json
import os
import re
import subprocess
import threading
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml

from copydesk.shared.broker import CONFIG, KAFKA
from copydesk.shared.settings import PREFIX, ServiceSettings
from copydesk.shared.topology import BY_NAME, PRODUCER, SERVICES
from tests.data import ROOT

SETTINGS: dict[str, type[ServiceSettings]] = {
    **dict.fromkeys(("cli", "monitor"), ServiceSettings),
    **{spec.name: spec.settings() for spec in (PRODUCER, *SERVICES)},
}
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
COMPOSED: dict[str, dict[str, Any]] = COMPOSE["services"]
OTHERS = {"kafka", "postgres", "opensearch", "prometheus", "grafana"}
OURS = {name: service for name, service in COMPOSED.items() if name not in OTHERS}
KAFKA_ENV: dict[str, Any] = COMPOSED["kafka"]["environment"]
DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8")
IGNORED = (ROOT / ".dockerignore").read_text(encoding="utf-8").split("\n")


def test_every_service_that_the_supervisor_runs_is_a_compose_service_with_the_same_module() -> None:
    started = {name: service["command"][-1] for name, service in OURS.items() if not service.get("profiles")}
    assert started == {spec.name: spec.module for spec in SERVICES if not spec.optional}
    asked_for = {name: service["command"][-1] for name, service in OURS.items() if name in BY_NAME and name not in started}
    assert asked_for == {spec.name: spec.module for spec in SERVICES if spec.optional}


def test_every_command_is_a_module_that_exists() -> None:
    for service in OURS.values():
        line = service.get("entrypoint") or service["command"]
        assert line[:2] == ["python", "-m"]
        assert import_module(f"{line[2]}.__main__").__doc__


def test_all_services_run_one_image_and_the_lake_the_same_with_a_layer_more_both_built_once_and_never_pulled() -> None:
    assert {name for name, service in OURS.items() if service["image"] != "copydesk"} == {"sink-parquet"}
    assert {service["pull_policy"] for service in OURS.values()} == {"never"}
    built = {service["image"]: service["build"] for service in OURS.values() if "build" in service}
    assert {image: build["target"] for image, build in built.items()} == {"copydesk": "services", "copydesk-lake": "lake"}
    assert [name for name, service in OURS.items() if "build" in service] == ["cleaner", "sink-parquet"]
    for build in built.values():
        assert (ROOT / build["context"] / build["dockerfile"]).is_file()
    assert re.findall(r"^FROM (\S+) AS (\S+)$", DOCKERFILE, re.MULTILINE)[-1] == ("services", "lake")


@pytest.mark.parametrize("name", COMPOSED)
def test_a_container_has_limits_and_can_gain_no_privileges(name: str) -> None:
    service = COMPOSED[name]
    assert service["mem_limit"]
    assert service["pids_limit"] > 0
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


@pytest.mark.parametrize("name", OURS)
def test_a_service_can_write_to_its_home_and_to_a_folder_for_a_moment_alone(name: str) -> None:
    service = OURS[name]
    assert service["read_only"] is True
    assert service["tmpfs"] == ["/tmp"]
    written = [volume.split(":")[-1] for volume in service["volumes"] if not volume.endswith(":ro")]
    assert written == [service["environment"]["COPYDESK_HOME"]]


@pytest.mark.parametrize("name", BY_NAME)
def test_a_service_can_be_scaled_and_starts_again(name: str) -> None:
    unique = {"container_name", "hostname"} | ({"ports"} if name != "gateway" else set())
    assert not unique & COMPOSED[name].keys(), "a second replica could not have it as well"
    assert COMPOSED[name]["restart"] == "unless-stopped"


def test_prometheus_scrapes_every_service_and_the_monitor() -> None:
    jobs = {job["job_name"]: job for job in yaml.safe_load((ROOT / "deploy" / "monitoring" / "prometheus.yml").read_text("utf-8"))["scrape_configs"]}
    (services,) = jobs["copydesk"]["dns_sd_configs"]
    assert set(services["names"]) == BY_NAME.keys()
    assert {COMPOSED[name]["environment"]["COPYDESK_HTTP_PORT"] for name in BY_NAME} == {str(services["port"])}
    assert jobs["copydesk-monitor"]["static_configs"] == [{"targets": ["monitor:9180"]}]


@pytest.mark.parametrize("name", OURS)
def test_what_a_service_is_given_are_settings_that_it_reads(name: str) -> None:
    known = {PREFIX + field.upper() for field in SETTINGS[name].model_fields}
    assert OURS[name]["environment"].keys() <= known
    assert set(re.findall(rf"\b{PREFIX}[A-Z_]+\b", DOCKERFILE)) <= known


def test_every_service_waits_until_kafka_is_healthy_and_the_deduplicator_for_its_index() -> None:
    for service in OURS.values():
        assert service["depends_on"]["kafka"] == {"condition": "service_healthy"}
    assert COMPOSED["deduplicator"]["depends_on"]["index"] == {"condition": "service_healthy"}


def test_services_are_given_a_listener_that_kafka_advertises() -> None:
    advertised = dict(entry.split("://") for entry in KAFKA_ENV["KAFKA_ADVERTISED_LISTENERS"].split(","))
    assert {service["environment"]["COPYDESK_BOOTSTRAP_SERVERS"] for service in OURS.values()} == {advertised["INTERNAL"]}
    (published,) = COMPOSED["kafka"]["ports"]
    assert published == f"{advertised['EXTERNAL']}:9092"


def test_what_is_open_without_a_key_is_published_to_this_machine_alone() -> None:
    (published,) = COMPOSED["gateway"]["ports"]
    assert published.startswith("127.0.0.1:")
    assert published.endswith(":" + COMPOSED["gateway"]["environment"]["COPYDESK_HTTP_PORT"])


def test_kafka_is_the_version_and_has_the_settings_of_the_local_broker() -> None:
    assert COMPOSED["kafka"]["image"].split(":")[1] == KAFKA.split(":")[2]
    local = dict(line.split("=", 1) for line in CONFIG.splitlines() if re.match(r"(auto|group|share|transaction)\.|offsets\.topic", line))
    given = {name.removeprefix("KAFKA_").lower().replace("_", "."): str(value) for name, value in KAFKA_ENV.items()}
    assert {name: given.get(name) for name in local} == local


def test_records_and_topics_outlive_the_containers() -> None:
    assert COMPOSE["volumes"].keys() == {"kafka", "articles", "opensearch", "postgres", "prometheus"}
    assert COMPOSED["kafka"]["volumes"] == [f"kafka:{KAFKA_ENV['KAFKA_LOG_DIRS']}"]
    assert COMPOSED["sink"]["volumes"] == [f"articles:{COMPOSED['sink']['environment']['COPYDESK_HOME']}"]


def test_the_home_folder_belongs_to_the_user_that_the_image_runs_as() -> None:
    home = COMPOSED["sink"]["environment"]["COPYDESK_HOME"]
    assert f"--home-dir {home} --create-home" in DOCKERFILE
    stages = re.split(r"^FROM ", DOCKERFILE, flags=re.MULTILINE)
    users = [re.findall(r"^USER (.+)$", stage, re.MULTILINE) for stage in stages]
    assert [found[-1] for found in users if found] == ["copydesk", "copydesk"]  # of both images


def test_the_image_takes_what_the_context_holds() -> None:
    allowed = {line[1:] for line in IGNORED if line.startswith("!")}
    copied = {name for line in re.findall(r"^COPY (?!--from)(.+)", DOCKERFILE, re.MULTILINE) for name in line.split()[:-1]}
    assert copied == allowed
    assert all((ROOT / name).exists() for name in copied)


def locked(name: str) -> set[str]:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return {line.split("==")[0] for line in lines if line and not line.startswith(" ")}


def test_no_service_needs_what_is_left_out_of_the_image() -> None:
    (line,) = re.findall(r"^IMAGE_LACKS := (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    left_out = set(line.split())
    assert locked("requirements.txt") - locked("requirements-image.txt") == left_out & locked("requirements.txt")
    assert locked("requirements-lake.txt") - locked("requirements-image.txt") == {"duckdb", "pyarrow"}
    modules = "|".join(name.replace("-", "_") for name in left_out | {"grpc", "pkg_resources"})
    imports = re.compile(rf"^\s*(?:import|from) (?:{modules})\b", re.MULTILINE)
    users = [path for top in ("shared", "services") for path in (ROOT / top).rglob("*.py") if imports.search(path.read_text(encoding="utf-8"))]
    assert [path.relative_to(ROOT) for path in users] == [Path("shared/broker.py")]


@pytest.mark.parametrize("name", sorted(path.name for path in ROOT.glob("requirements*.txt")))
def test_every_locked_file_has_its_hash(name: str) -> None:
    entries = re.findall(r"^\S.*?(?=^\S|\Z)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert len(entries) > 100
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize(("status", "code"), [(200, 0), (503, 1), (None, 1)], ids=["healthy", "not healthy", "nobody listens"])
def test_the_image_asks_a_service_for_its_health(status: int | None, code: int) -> None:
    (command,) = re.findall(r"^HEALTHCHECK .*\\\n  CMD (.*)$", DOCKERFILE, re.MULTILINE)
    with answering(status) as port:
        done = subprocess.run(json.loads(command), env={**os.environ, "COPYDESK_HTTP_PORT": str(port)}, capture_output=True, check=False, timeout=60)
    assert done.returncode == code


@contextlib.contextmanager
def answering(status: int | None) -> Iterator[int]:
    """A port at which /health answers with this status; None: at which nobody listens."""

    class Health(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status or 0 if (self.path, self.headers["Host"]) == ("/health", "localhost") else 404)
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    with http.server.HTTPServer(("127.0.0.1", 0), Health) as server:
        port: int = server.server_port
        if status is None:
            server.server_close()
            yield port
            return
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield port
        server.shutdown()
        thread.join()
