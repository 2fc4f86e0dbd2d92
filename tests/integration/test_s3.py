"""Files in an S3 store, on a server that speaks S3: read by name, folder and pattern, and what is not there is named.

`make test-s3` brings what that needs, in an environment of its own.
"""

from __future__ import annotations

import gzip
import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import orjson
import pyarrow
import pytest
from pyarrow import parquet

moto = pytest.importorskip("moto.server", reason="make test-s3 installs moto and s3fs")
s3fs = pytest.importorskip("s3fs", reason="make test-s3 installs moto and s3fs")


def parquet_bytes() -> bytes:
    out = io.BytesIO()
    parquet.write_table(pyarrow.table({"text": ["Of a table.", "Of its second row."], "url": ["https://h.example/1", "https://h.example/2"]}), out)
    return out.getvalue()


def zip_bytes() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("inner.txt", "Of a ZIP.")
    return out.getvalue()


@pytest.fixture(scope="module")
def store() -> Iterator[Mapping[str, str]]:
    """The environment of whoever reads the bucket `desk`."""
    server = moto.ThreadedMotoServer("127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    env = {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}", "AWS_ACCESS_KEY_ID": "desk", "AWS_SECRET_ACCESS_KEY": "desk", "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true", "AWS_MAX_ATTEMPTS": "2",
    }  # fmt: skip
    system = s3fs.S3FileSystem(key="desk", secret="desk", endpoint_url=env["AWS_ENDPOINT_URL"], skip_instance_cache=True)
    system.mkdir("desk")
    lines = gzip.compress(b'{"content":"Of a line."}\n{"content":"Of another."}\n')
    news = {"a.txt": b"Of a text.", "b.jsonl.gz": lines, "c.parquet": parquet_bytes(), "deeper/d.zip": zip_bytes(), "e.bin": b"\0\1\2"}
    system.pipe({f"desk/news/{name}": data for name, data in news.items()} | {"desk/other/f.txt": b"Elsewhere."})
    yield env
    server.stop()


def dry_run(env: Mapping[str, str], home: Path, *inputs: str) -> tuple[list[str], str]:
    """The texts that `copydesk produce` would send, and what it says."""
    command = [sys.executable, "-m", "copydesk.services.console", "produce", *inputs, "--dry-run", "--limit", "20"]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    environment = {**kept, **env, "HOME": str(home), "COPYDESK_HOME": str(home), "COPYDESK_BOOTSTRAP_SERVERS": "127.0.0.1:9"}
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    found = [orjson.loads(line)["content"] for line in done.stdout.splitlines() if line.startswith(b"{")]
    return found, done.stderr.decode()


def test_a_bucket_is_read_by_folder_pattern_and_name(store: Mapping[str, str], tmp_path: Path) -> None:
    found, _ = dry_run(store, tmp_path, "s3://desk/news/", "s3://desk/o*/*.txt", "s3://desk/news/a.txt")
    table = ["Of a table.", "Of its second row."]
    assert found == ["Of a text.", "Of a line.", "Of another.", *table, "Of a ZIP.", "Elsewhere.", "Of a text."]


@pytest.mark.parametrize(
    ("given", "changed", "words"),
    [
        ("s3://desk/news/none.txt", {}, "s3://desk/news/none.txt"), ("s3://nowhere/", {}, "s3://nowhere/"),
        ("s3://desk/news/", {"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""}, "credentials"),
        ("s3://desk/news/", {"AWS_ENDPOINT_URL": "http://127.0.0.1:9"}, "does not answer"),
    ],
)  # fmt: skip
def test_what_a_store_does_not_give_is_named(store: Mapping[str, str], tmp_path: Path, given: str, changed: Mapping[str, str], words: str) -> None:
    found, told = dry_run({**store, **changed}, tmp_path, given)
    assert not found
    assert words in told
    assert "Traceback" not in told
