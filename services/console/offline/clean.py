"""`copydesk clean`: the cleaner alone, for a person to read its result or to see why it kept what it kept."""

from __future__ import annotations

from collections.abc import Iterable

import orjson
from rich.console import Console

from copydesk.services.cleaner.explain import Explanation
from copydesk.services.console.offline.account import Account, Recorder
from copydesk.services.console.offline.pipeline import run_stages
from copydesk.services.console.printing import terminal
from copydesk.services.console.printing.article import print_record
from copydesk.shared.computing import Computing
from copydesk.shared.edge import json_object
from copydesk.shared.inputs import Item
from copydesk.shared.printable import printable_record
from copydesk.shared.records import CleanedPart
from copydesk.shared.records.plain import Record
from copydesk.shared.stage import Rejected


async def print_cleaned(stage: Computing, items: Iterable[Item], console: Console, explain: bool, raw_limit: int) -> Account:
    """Print each cleaned article, or with `explain` each page with its furniture struck through and the reasons beside it."""
    recorder = Recorder(lambda line: terminal.console(stderr=True).print(line, soft_wrap=True), raw_limit)
    async for entry in run_stages([stage], items, recorder):
        recorder.passed(entry)
        if explain:
            console.rule(entry.arrival.name, style="bright_black")
            console.print(Explanation(_part(entry.value)))
        else:
            print_record(console, {**_fetched(entry.arrival.value), **orjson.loads(entry.value)})
    return recorder.account


def _fetched(value: bytes) -> Record:
    """What was fetched, which the cleaned record does not carry: repairs are shown within their words."""
    record = json_object(value)
    return {} if isinstance(record, Rejected) else {"content": record.get("content")}


def _part(value: bytes) -> CleanedPart:
    record = printable_record(orjson.loads(value))
    return CleanedPart.model_validate({name: record[name] for name in CleanedPart.model_fields if name in record})
