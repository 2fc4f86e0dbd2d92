"""Generated documents: current, valid, and true of real records."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import orjson
import pytest

from copydesk.shared.contract import __main__ as contract
from copydesk.shared.contract import asyncapi, schemas, settings_page
from copydesk.shared.deadletters import Cause, dead_letters
from copydesk.shared.kafka import Message
from copydesk.shared.topics import ALL, CORRECTIONS, DEADLETTERS, ENRICHED, RAW, Topic
from copydesk.shared.topology import RECORDS
from tests.samples import enriched, fact, match


def validate(topic: Topic, record: Any) -> None:
    jsonschema.Draft202012Validator(schemas.schema(topic), format_checker=jsonschema.FormatChecker()).validate(record)


def test_documents_are_current() -> None:
    assert contract.stale() == [], "run python -m copydesk.shared.contract"


def test_every_setting_has_a_row() -> None:
    """Also one that several services inherit from a class of no settings.py."""
    page = settings_page.settings_document()
    assert [name for name in sorted(settings_page.variables()) if name.startswith("COPYDESK_") and f"\n| `{name}` |" not in page] == []


def test_check_names_what_is_stale(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(contract, "DOCS", tmp_path / "docs")
    assert contract.main(["--check"]) == 1
    assert "docs/asyncapi.json is stale" in capsys.readouterr().err
    assert contract.main([]) == 0
    assert contract.main(["--check"]) == 0
    assert contract.main(["--wrong"]) == 2


@pytest.mark.parametrize("topic", RECORDS)
def test_schemas_are_valid(topic: Topic) -> None:
    jsonschema.Draft202012Validator.check_schema(schemas.schema(topic))


def test_records_meet_their_schema_with_unknown_fields_at_any_depth() -> None:
    record = enriched(
        "a", unknown=1, duplicate={"status": "duplicate", "kind": "near", "duplicate_of": "b", "matches": [match("b")], "capped": False}
    )
    record["entities"][0]["unknown"] = [1]
    validate(ENRICHED, record)
    validate(CORRECTIONS, fact("a", "b", 2, 1).model_dump(mode="json", exclude_none=True))
    message = Message("articles.raw", 0, 1, 0, b"a", b"original", {"traceparent": "x"})
    for letter in dead_letters(message, Cause("cleaner", "not_json"), 1_000_000):
        validate(DEADLETTERS, orjson.loads(letter))


@pytest.mark.parametrize("missing", ["article_id", "body", "revision", "duplicate", "versions", "tagging"])
def test_records_that_lack_a_part_do_not(missing: str) -> None:
    record = enriched("a")
    del record[missing]
    with pytest.raises(jsonschema.ValidationError, match=missing):
        validate(ENRICHED, record)


def test_asyncapi_tells_of_every_topic_and_every_reference_leads_somewhere() -> None:
    document = asyncapi.document()
    assert {channel["address"] for channel in document["channels"].values()} == {topic.name for topic in ALL}
    for reference in _references(document):
        if reference.startswith("#/"):
            target: Any = document
            for step in reference[2:].split("/"):
                target = target[step]
        else:
            assert (contract.DOCS / reference).exists()


def _references(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [value["$ref"]] if "$ref" in value else [found for inner in value.values() for found in _references(inner)]
    return [found for inner in value for found in _references(inner)] if isinstance(value, list) else []


def test_raw_limit_is_the_default_setting() -> None:
    binding = asyncapi.document()["channels"]["articlesRaw"]["bindings"]["kafka"]["topicConfiguration"]
    assert binding["max.message.bytes"] == RAW.max_bytes(8_000_000)


def test_settings_page_names_each_variable_once_with_its_meaning() -> None:
    page = settings_page.settings_document()
    rows = [line for line in page.splitlines() if line.startswith("| `COPYDESK_")]
    names = [row.split("|")[1].strip() for row in rows]
    for section in page.split("\n## "):  # two services may read one variable, as sink and gateway the path of the file
        own = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `COPYDESK_")]
        assert len(own) == len(set(own))
    assert {"`COPYDESK_RAW_LIMIT`", "`COPYDESK_SQLITE_PATH`", "`COPYDESK_BATCH_SIZE`"} <= set(names)
    assert all(row.rstrip(" |").count("|") >= 4 and row.split("|")[4].strip() for row in rows)
