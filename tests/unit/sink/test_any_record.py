"""Any JSON in any known field of a raw record: it is refused by name, or it comes out of every stage as the schemas say, and fits the sink's rows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson
import pytest
import spacy
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from copydesk.services.cleaner.settings import CleanerSettings
from copydesk.services.cleaner.stage import CleanerStage
from copydesk.services.deduplicator.stage import create as deduplicator
from copydesk.services.tagger.gazetteer import ReloadedGazetteer
from copydesk.services.tagger.model.cache import ParagraphCache
from copydesk.services.tagger.model.load import Model
from copydesk.services.tagger.model.tagger import Tagger
from copydesk.services.tagger.renewed import Renewed
from copydesk.services.tagger.stage import TaggerStage
from copydesk.shared.archive.sqlite.writer import SqliteSink
from copydesk.shared.contract.schemas import schema
from copydesk.shared.edge import KNOWN
from copydesk.shared.envelope import Passed, Payload, apply
from copydesk.shared.records.given import FOUND
from copydesk.shared.records.times import rfc_3339
from copydesk.shared.stage import Rejected, Stage, Written
from copydesk.shared.topics import CLEANED, DEDUPLICATED, ENRICHED

AT = 1_716_023_400_000
TEXT = (
    "Harbour notice\nMansebridge borough council has put back the reopening of the bridge by two weeks. Councillor Lucy Prentice said that she "
    "understood the annoyance but would take no risks.\nThe engineers found in January that the current had washed out the ground beneath it.\n"
)
PAGE = f"<html lang=en><head><title>Harbour notice</title></head><body><article><h1>Harbour notice</h1><p>{TEXT}</p></article></body></html>"
SCHEMAS = {topic: Draft202012Validator(schema(topic)) for topic in (CLEANED, DEDUPLICATED, ENRICHED)}

LEAVES = st.none() | st.booleans() | st.integers(-(1 << 63), (1 << 64) - 1) | st.floats(-(2.0**60), 2.0**60) | st.text(max_size=20)
ODD = st.sampled_from(["", " ", "und", "base64", "text/html", "0001-01-01T00:00:00+05:00", "2024-05-18", "12 hours ago", "\x00", "http://[", -1])
JSON = st.recursive(LEAVES | ODD, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3), max_leaves=4)
FIELDS = st.dictionaries(st.sampled_from(sorted(KNOWN.model_fields)), JSON, max_size=3)


def tagger() -> TaggerStage:
    """A tagger with a model that knows one name: what a model finds is not the matter here."""

    def made() -> Any:
        nlp = spacy.blank("en")
        nlp.add_pipe("entity_ruler").add_patterns([{"label": "PERSON", "pattern": "Lucy Prentice"}])  # type: ignore[attr-defined]
        return nlp

    return TaggerStage({"en": Tagger(Model(Renewed(made), "ruler", "1", str), ParagraphCache(0))}, ReloadedGazetteer(()))


@pytest.fixture(scope="module")
def stages() -> Sequence[Stage]:
    return CleanerStage(CleanerSettings()), deduplicator(), tagger()


@pytest.fixture(scope="module")
def sink(tmp_path_factory: pytest.TempPathFactory) -> SqliteSink:
    sink = SqliteSink(Path(tmp_path_factory.mktemp("sink")) / "any.sqlite")
    sink.open()
    return sink


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(fields=FIELDS, base=st.sampled_from([TEXT, PAGE]))
@example(fields={"versions": None}, base=TEXT)
@example(fields={"dateline": "ROME", "duplicate": 5, "entities": {"a": 1}}, base=TEXT)
@example(fields={"metadata": {"desk": "sport"}, "furniture_version": 3, "published_precision": "soon"}, base=PAGE)
async def test_it_is_refused_or_comes_out_as_the_schemas_say(fields: dict[str, Any], base: str, stages: Sequence[Stage], sink: SqliteSink) -> None:
    record = {"content": base, **fields}
    payload = Payload(orjson.dumps(record), AT)
    cleaned: dict[str, Any] = {}
    for stage in stages:
        (result,) = await apply(stage, [payload])
        if isinstance(result, Rejected):
            assert stage is stages[0], f"{result} although the first stage took it"
            assert result.reason != "invalid_record" or any(name in result.detail for name in fields), result
            return
        assert isinstance(result, Passed)
        payload = Payload(result.value, AT)
        made = orjson.loads(result.value)
        cleaned = made if stage is stages[0] else cleaned
        _fits(stage, made, fields)
    assert sink.write([Written(ENRICHED, payload.value, AT)]) == [None]
    (refused,) = await apply(stages[0], [payload])
    assert isinstance(refused, Rejected) and "content_ref" in refused.detail
    whole = orjson.dumps({**orjson.loads(payload.value), "content": record["content"]})
    (again,) = await apply(stages[0], [Payload(whole, AT)])  # fed again, it is cleaned as it was, and nothing piles up
    assert isinstance(again, Passed)
    assert orjson.loads(again.value) == cleaned


def _fits(stage: Stage, made: dict[str, Any], fields: dict[str, Any]) -> None:
    errors = [error.message for error in SCHEMAS[stage.target].iter_errors(made)]
    assert not errors
    assert all(rfc_3339(made[name]) == made[name] for name in ("ingested_at", "fetched_at") if name in made)
    for name, value in fields.items():
        said = value not in (None, {}) and not (isinstance(value, str) and not value.strip())
        assert not (said and name in FOUND) or made["given"][name] == value
        assert not (said and name in ("title", "author")) or (made[name], made["origins"][name]) == (value, "given")
