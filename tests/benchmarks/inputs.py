"""Reading of large inputs beside the usual libraries: records a second of CPU time, and the most memory. `make bench-feeding`.

Each reader runs in a process of its own and gives the same: a JSON record with text, URL and time for each page or row. Pages are made of
made-up words; every reader reads the same file.
"""

from __future__ import annotations

import io
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import orjson

PAGES, ROWS = 6_000, 40_000
MB = 1_000_000


def copydesk(path: str) -> Iterator[bytes]:
    from copydesk.shared.inputs import read

    for item in read([path]):
        assert item.refused is None, item.refused
        yield item.value


def warcio(path: str) -> Iterator[bytes]:
    from warcio.archiveiterator import ArchiveIterator

    with Path(path).open("rb") as stream:
        for record in ArchiveIterator(stream):
            if record.rec_type == "response" and record.http_headers.get_statuscode() == "200":
                text = record.content_stream().read().decode("utf-8", "replace")
                about = record.rec_headers
                yield orjson.dumps({"content": text, "url": about.get_header("WARC-Target-URI"), "fetched_at": about.get_header("WARC-Date")})


def pandas(path: str) -> Iterator[bytes]:
    import pandas as pd

    for row in pd.read_parquet(path).to_dict(orient="records"):
        yield orjson.dumps(row)


READERS: dict[str, Callable[[str], Iterator[bytes]]] = {"copydesk": copydesk, "warcio": warcio, "pandas": pandas}

NEEDED = {
    "copydesk": ("copydesk.shared.inputs", "pyarrow.parquet"), "warcio": ("warcio.archiveiterator",), "pandas": ("pandas", "pyarrow.parquet"),
}  # fmt: skip


def page(words: list[str], chance: random.Random) -> str:
    paragraphs = (" ".join(chance.choices(words, k=60)) for _ in range(chance.randint(20, 120)))
    return f"<html><body>{''.join(f'<p>{text}</p>' for text in paragraphs)}</body></html>"


def archives(folder: Path, pages: list[str]) -> list[Path]:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    paths = [folder / "pages.warc", folder / "pages.warc.gz"]
    for path in paths:
        with path.open("wb") as stream:
            writer = WARCWriter(stream, gzip=path.suffix == ".gz")
            for number in range(PAGES):
                head = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
                body = io.BytesIO(pages[number % len(pages)].encode())
                writer.write_record(writer.create_warc_record(f"https://example.org/{number}", "response", body, http_headers=head))
    return paths


def table(folder: Path, pages: list[str]) -> Path:
    import pyarrow
    from pyarrow import parquet

    rows = {
        "text": [pages[number % len(pages)][:8_000] for number in range(ROWS)],
        "url": [f"https://example.org/{number}" for number in range(ROWS)],
    }
    parquet.write_table(pyarrow.table(rows), folder / "rows.parquet", row_group_size=5_000)
    return folder / "rows.parquet"


def measure(reader: str, path: str) -> None:
    """In a process of its own: one line of JSON. Imports are not counted."""
    records = size = 0
    for module in NEEDED[reader]:
        import_module(module)
    begun = time.process_time()
    for value in READERS[reader](path):
        records += 1
        size += len(value)
    seconds = time.process_time() - begun
    peak = re.search(r"VmHWM:\s*(\d+) kB", Path("/proc/self/status").read_text())  # getrusage has that of the parent
    found = {"records": records, "per_s": round(records / seconds), "mb_per_s": round(size / seconds / MB)}
    print(orjson.dumps({**found, "rss_mb": int(peak[1]) * 1024 // MB if peak else 0}).decode())


def main() -> None:
    if len(sys.argv) == 3:
        measure(sys.argv[1], sys.argv[2])
        return
    chance = random.Random(1)
    words = ["".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randint(2, 9))) for _ in range(20_000)]
    pages = [page(words, chance) for _ in range(300)]
    with tempfile.TemporaryDirectory(prefix="copydesk-bench-") as folder:
        runs = [(reader, path) for path in archives(Path(folder), pages) for reader in ("copydesk", "warcio")]
        runs += [(reader, table(Path(folder), pages)) for reader in ("copydesk", "pandas")]
        print(f"{'':20}{'':10}{'records':>9}{'records/s':>11}{'MB/s':>7}{'RSS, MB':>9}")
        for reader, path in runs:
            command = [sys.executable, "-m", "tests.benchmarks.inputs", reader, str(path)]
            found = orjson.loads(subprocess.run(command, capture_output=True, check=True).stdout)
            print(f"{path.name:20}{reader:10}{found['records']:>9,}{found['per_s']:>11,}{found['mb_per_s']:>7,}{found['rss_mb']:>9,}")


if __name__ == "__main__":
    main()
