"""Where enriched records go: standard output, or a file of lines that becomes what its name and the options ask for."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Literal

import orjson

from copydesk.services.console.offline import tabular
from copydesk.services.console.offline.journal import Journal, states_of
from copydesk.services.console.offline.spool import Facts
from copydesk.shared.errors import CopydeskError
from copydesk.shared.printable import json_line
from copydesk.shared.release import VERSION
from copydesk.shared.unpacking import STDIN

OutputFormat = Literal["jsonl", "pretty"]


@dataclass(frozen=True, slots=True)
class Targets:
    """Where records go and in which form, and where letters of refused ones go, if anywhere. A name in .csv or .parquet asks for tables."""

    output: str = STDIN
    rejected: Path | None = None
    form: OutputFormat = "jsonl"

    @property
    def file(self) -> Path | None:
        """The file to write, whose lines a later run may go on with; None for what can only be written to: standard output, a pipe, a device."""
        path = Path(self.output)
        return None if self.output == STDIN or (path.exists() and not path.is_file()) else path

    def check(self, resume: bool) -> None:
        """Raises CopydeskError where the output cannot be what is asked for."""
        if resume and self.file is None:
            raise CopydeskError("only a run that writes a file can go on", "name it with --output")
        if Path(self.output).suffix.lower() in tabular.OTHER_ENDINGS:
            raise CopydeskError(f"{self.output}: tables of this form are not written", "name it .csv or .parquet, or .jsonl for lines of JSON")
        if tabular.is_table(self.output):
            if self.form == "pretty":
                raise CopydeskError(f"{self.output} is a table, which has no pretty form", "name another --output, or leave --format out")
            tabular.check(Path(self.output))

    def apart(self, files: Sequence[str], resume: bool) -> list[str]:
        """The inputs. A run that goes on leaves its own outputs out, which may stand among them; else one raises CopydeskError."""
        own = {path.resolve() for path in (Path(self.output), self.lines, self.rejected, *tabular.paths(Path(self.output))) if path}
        mine = [file for file in files if file != STDIN and Path(file).resolve() in own]
        if mine and not resume:
            raise CopydeskError(f"{mine[0]} is an input and would be overwritten", "name another --output")
        return [file for file in files if file not in mine]

    def journal(self, run: dict[str, Any], files: Sequence[str]) -> Journal | None:
        """Where a run that does this with these files notes how far it is; None where it cannot go on."""
        if self.file is None:
            return None
        rejected = None if self.rejected is None else str(self.rejected)
        return Journal(
            self.file, self.lines, {"inputs": states_of(files), **run, "file of refused records": rejected, "version of Copydesk": VERSION}
        )

    @property
    def lines(self) -> Path:
        """The file of JSON lines: the output itself, or what it is made from at the end."""
        return Path(self.output) if self.form == "jsonl" and not tabular.is_table(self.output) else Path(f"{self.output}.partial")

    @property
    def named(self) -> str:
        """What a person calls it."""
        if self.output == STDIN:
            return "standard output"
        return ", ".join(map(str, tabular.paths(Path(self.output)))) if tabular.is_table(self.output) else self.output


@contextmanager
def printer(targets: Targets) -> Iterator[Callable[[bytes], None]]:
    """Takes one final record at a time and writes it to what is no file."""
    with nullcontext(sys.stdout.buffer) if targets.output == STDIN else created(Path(targets.output)) as stream:
        yield _pretty(stream) if targets.form == "pretty" else lambda value: _line(stream, value)
        stream.flush()


def _line(stream: IO[bytes], value: bytes) -> None:
    stream.write((json_line(value) if stream is sys.stdout.buffer else value) + b"\n")


def _pretty(stream: IO[bytes]) -> Callable[[bytes], None]:
    from copydesk.services.console.printing import terminal
    from copydesk.services.console.printing.article import print_record

    console = terminal.console(None if stream is sys.stdout.buffer else io.TextIOWrapper(stream, "utf-8", write_through=True))
    return lambda value: print_record(console, orjson.loads(value))


@contextmanager
def created(path: Path, kept: int = 0) -> Iterator[IO[bytes]]:
    """A file to write, with the first `kept` bytes of what it holds. Raises CopydeskError where it cannot be written."""
    try:
        stream = path.open("r+b" if kept else "wb")
    except OSError as error:
        raise CopydeskError(f"{path}: cannot be written ({error.strerror})", "check the folder and its permissions") from error
    with stream:
        if kept:
            stream.truncate(kept)
            stream.seek(0, os.SEEK_END)
        yield stream


def second_pass(targets: Targets, facts: Facts, journal: Journal) -> None:
    """The second pass: what the lines become when all is read and every verdict is final. Interrupted at any point, it can be done again."""
    output = Path(targets.output)
    if targets.lines == output and not facts:
        journal.end()
    elif targets.lines == output:
        fresh = _fresh(targets, facts)
        journal.replace(fresh)
    else:
        if tabular.is_table(output):
            tabular.write(map(orjson.loads, _complete(targets.lines, facts)), output)
        else:
            _fresh(targets, facts).replace(output)
        journal.end()
        targets.lines.unlink()


def _fresh(targets: Targets, facts: Facts) -> Path:
    """All records with what completes them, in a file beside the output."""
    fresh = Path(f"{targets.output}.new")
    with created(fresh) as stream:
        write = _pretty(stream) if targets.form == "pretty" else lambda value: _line(stream, value)
        for value in _complete(targets.lines, facts):
            write(value)
        stream.flush()
    return fresh


def _complete(lines: Path, facts: Facts) -> Iterable[bytes]:
    with lines.open("rb") as stream:
        for line in stream:
            yield facts.complete(line.rstrip(b"\n"))
