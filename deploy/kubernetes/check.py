"""Holds what the overlays build against the schemas of Kubernetes and KEDA: `python deploy/kubernetes/check.py`.

Builds with `kubectl kustomize` or `kustomize build`. Without either it says so and checks nothing, unless CI is set: then that is an error.
Strimzi's own kinds are not checked: no package holds their schemas.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

VERSION = "1.31"  # of Kubernetes; everything used is older
OVERLAYS = Path(__file__).parent / "overlays"
NAMES = ("local", "production")

Manifest = dict[str, Any]


def builder() -> list[str] | None:
    """The command that builds an overlay, without its folder."""
    if shutil.which("kubectl"):
        return ["kubectl", "kustomize"]
    return ["kustomize", "build"] if shutil.which("kustomize") else None


def built(overlay: str) -> list[Manifest]:
    """What `kubectl apply --kustomize` would send. Raises CalledProcessError where the overlay does not build."""
    command = builder()
    assert command is not None, "neither kubectl nor kustomize is installed"
    done = subprocess.run([*command, str(OVERLAYS / overlay)], check=True, capture_output=True, text=True)
    return list(yaml.safe_load_all(done.stdout))


def faults(manifest: Manifest) -> Iterator[str]:
    """What its schema does not allow. A field that the schema does not know counts: it would be dropped without a word."""
    group = manifest["apiVersion"].partition("/")[0]
    if group == "keda.sh":
        yield from _keda(manifest)
    elif group != "kafka.strimzi.io":
        yield from _kubernetes(manifest)


def _kubernetes(manifest: Manifest) -> Iterator[str]:
    import kubernetes_validate  # seconds to import: only this check needs it

    try:
        kubernetes_validate.validate(manifest, VERSION, strict=True)
    except kubernetes_validate.ValidationError as error:
        yield f"{'.'.join(map(str, error.path))}: {error.message}"


def _keda(manifest: Manifest) -> Iterator[str]:
    from cloudcoil.models.keda import v1alpha1

    try:
        known = getattr(v1alpha1, manifest["kind"]).model_validate(manifest)
    except ValueError as error:
        yield str(error)
        return
    if known.model_dump(mode="json", by_alias=True, exclude_unset=True) != manifest:
        yield "has fields that KEDA does not know"


def main() -> int:
    """0 where all is well or nothing could be built, 1 where something is wrong."""
    if builder() is None:
        print("deploy/kubernetes: not checked, since neither kubectl nor kustomize is installed", file=sys.stderr)
        return int(bool(os.environ.get("CI")))
    wrong = [f"{overlay}: {m['kind']} {m['metadata']['name']}: {fault}" for overlay in NAMES for m in built(overlay) for fault in faults(m)]
    print("\n".join(wrong), end="\n" if wrong else "")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
