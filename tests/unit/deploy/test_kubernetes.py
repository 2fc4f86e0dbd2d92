"""What the overlays for Kubernetes build has to agree with the topology and the settings; `make lint` holds it against the schemas."""

from __future__ import annotations

from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from typing import Any

import pytest

from copydesk.shared.settings import PREFIX
from copydesk.shared.topology import ALWAYS, BY_NAME
from tests.data import ROOT, missing

SPEC = spec_from_file_location("check", ROOT / "deploy" / "kubernetes" / "check.py")
assert SPEC is not None
assert SPEC.loader is not None
CHECK = module_from_spec(SPEC)
SPEC.loader.exec_module(CHECK)

Manifest = dict[str, Any]
STORES = {"index", "fetcher"}  # what they hold, a replica that comes back finds again
BASE = {"sink-postgres" if name == "sink" else name for name in ALWAYS}
RUN = {"local": BASE, "production": BASE | {"feeder", "fetcher", "stories"}}
EITHER = pytest.mark.parametrize("overlay", RUN)


@cache
def manifests(overlay: str) -> list[Manifest]:
    if CHECK.builder() is None:
        missing("kubectl or kustomize is missing")
    built: list[Manifest] = CHECK.built(overlay)
    return built


def of_kind(overlay: str, kind: str) -> dict[str, Manifest]:
    return {m["metadata"]["name"]: m for m in manifests(overlay) if m["kind"] == kind}


def workloads(overlay: str) -> dict[str, Manifest]:
    found = {**of_kind(overlay, "Deployment"), **of_kind(overlay, "StatefulSet")}
    return {name: m for name, m in found.items() if m["metadata"]["labels"].get("app.kubernetes.io/component") == "service"}


def settings(overlay: str) -> dict[str, str]:
    (config,) = (m for name, m in of_kind(overlay, "ConfigMap").items() if name.startswith("copydesk-"))
    given: dict[str, str] = config["data"]
    return given


def container(workload: Manifest) -> Manifest:
    (found,) = workload["spec"]["template"]["spec"]["containers"]
    single: Manifest = found
    return single


@EITHER
def test_every_service_runs_its_own_module(overlay: str) -> None:
    assert {name: container(m)["args"][-1] for name, m in workloads(overlay).items()} == {name: BY_NAME[name].module for name in RUN[overlay]}


@EITHER
def test_what_a_service_is_given_are_settings_that_it_reads(overlay: str) -> None:
    for name, workload in workloads(overlay).items():
        own = {variable["name"] for variable in container(workload)["env"]}
        known = {PREFIX + field.upper() for field in BY_NAME[name].settings().model_fields}
        assert (own | settings(overlay).keys()) <= known, name


@EITHER
def test_no_service_may_write_but_to_its_volumes_or_become_more_than_it_is(overlay: str) -> None:
    for name, workload in workloads(overlay).items():
        pod, service = workload["spec"]["template"]["spec"], container(workload)
        assert pod["securityContext"]["runAsNonRoot"], name
        assert pod["automountServiceAccountToken"] is False, name
        assert service["securityContext"] == {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}, "readOnlyRootFilesystem": True}
        assert {"/tmp", settings(overlay)["COPYDESK_HOME"]} <= {mount["mountPath"] for mount in service["volumeMounts"]}, name
        assert service["resources"]["limits"]["memory"], name


@EITHER
def test_alive_and_ready_are_asked_apart(overlay: str) -> None:
    for workload in workloads(overlay).values():
        service = container(workload)
        paths = [service[f"{probe}Probe"]["httpGet"]["path"] for probe in ("startup", "liveness", "readiness")]
        assert paths == ["/health/live", "/health/live", "/health/ready"]
        assert service["ports"] == [{"name": "http", "containerPort": int(settings(overlay)["COPYDESK_HTTP_PORT"])}]


@EITHER
def test_what_has_a_store_keeps_its_volume_and_its_name(overlay: str) -> None:
    for name in RUN[overlay] & STORES:
        workload = of_kind(overlay, "StatefulSet")[name]
        assert {"name": "COPYDESK_STATIC_MEMBERSHIP", "value": "true"} in container(workload)["env"]
        assert [claim["metadata"]["name"] for claim in workload["spec"]["volumeClaimTemplates"]] == ["home"]


@EITHER
def test_budgets_and_policies_reach_the_services(overlay: str) -> None:
    budgets = {m["spec"]["selector"]["matchLabels"]["app.kubernetes.io/name"] for m in of_kind(overlay, "PodDisruptionBudget").values()}
    assert budgets >= BASE
    for name, workload in workloads(overlay).items():
        labels = workload["spec"]["template"]["metadata"]["labels"]
        assert labels == {"app.kubernetes.io/name": name, "app.kubernetes.io/part-of": "copydesk"}
    assert of_kind(overlay, "NetworkPolicy")["copydesk"]["spec"]["podSelector"] == {"matchLabels": {"app.kubernetes.io/part-of": "copydesk"}}


def test_replicas_follow_the_lag_of_their_own_group_up_to_the_partitions() -> None:
    known = settings("production")
    for name, scaled in of_kind("production", "ScaledObject").items():
        (trigger,) = scaled["spec"]["triggers"]
        assert scaled["spec"]["scaleTargetRef"] == {"name": name}
        assert trigger["metadata"]["consumerGroup"] == BY_NAME[name].group
        assert trigger["metadata"]["topic"] == BY_NAME[name].reads[0].name
        assert trigger["metadata"]["bootstrapServers"] == known["COPYDESK_BOOTSTRAP_SERVERS"]
        assert scaled["spec"]["maxReplicaCount"] == int(known["COPYDESK_PARTITIONS"])


def test_what_is_scaled_by_lag_names_no_number_of_replicas_of_its_own() -> None:
    scaled = of_kind("production", "ScaledObject")
    assert {name for name, m in workloads("production").items() if "replicas" not in m["spec"]} == scaled.keys()
