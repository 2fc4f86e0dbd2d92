"""A small disk that only one service sees: a namespace of its own needs no privilege where the kernel allows any to users."""

from __future__ import annotations

import errno
import subprocess
from pathlib import Path

import pytest

from tests.groups import Replicas

DISK = "64m"


def with_disk(place: Path, size: str = DISK) -> list[str]:
    """What runs a command with a disk of its own at a place."""
    mount = 'mount -t tmpfs -o size="$0" tmpfs "$1" && shift && exec "$@"'
    return ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", mount, size, str(place)]


def is_allowed() -> bool:
    try:
        return subprocess.run([*with_disk(Path("/mnt")), "true"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def inside(service: Replicas, path: Path) -> Path:
    """A path as the service sees it."""
    return Path(f"/proc/{service.running[1].pid}/root") / path.relative_to("/")


def fill(disk: Path) -> Path:
    """Take all the room that there is; the file that has it."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        for piece in (65_536, 512):
            while True:
                try:
                    file.write(b"x" * piece)
                except OSError as error:
                    assert error.errno == errno.ENOSPC
                    break
    return filler


needs_a_disk = pytest.mark.skipif(not is_allowed(), reason="this kernel gives users no namespaces (unshare --user --mount)")
