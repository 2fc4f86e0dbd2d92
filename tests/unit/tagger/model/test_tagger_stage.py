from pathlib import Path

import orjson
import pytest

from copydesk.services.tagger.settings import TaggerSettings
from copydesk.services.tagger.stage import NO_MODEL, TaggerReads, TaggerStage, create
from copydesk.shared.errors import CopydeskError
from copydesk.shared.records.enriched import EntitiesPart
from copydesk.shared.stage import Enriched

BODIES = (
    "President Joe Biden met Japanese Prime Minister Fumio Kishida in Tokyo on Monday.\n\nBiden said NATO would help Ukraine.",
    "The White House said the United States and Japan signed an agreement.",
    "President Joe Biden met Japanese Prime Minister Fumio Kishida in Tokyo on Monday.\n\nLloyd Austin was in Washington.",
    "",
)


@pytest.fixture(scope="module")
def stage() -> TaggerStage:
    return create(TaggerSettings())


def part(stage: TaggerStage, **fields: object) -> EntitiesPart:
    outcome = stage.process([TaggerReads.model_validate(fields)])[0]
    assert isinstance(outcome, Enriched)
    assert isinstance(outcome.part, EntitiesPart)
    return outcome.part


def written(stage: TaggerStage, bodies: tuple[str, ...]) -> list[bytes]:
    outcomes = stage.process([TaggerReads(body=body) for body in bodies])
    return [orjson.dumps(o.part.model_dump(mode="json", exclude_none=True)) for o in outcomes if isinstance(o, Enriched)]


def test_entities_slice_the_body(stage: TaggerStage) -> None:
    found = part(stage, body=BODIES[0]).entities
    assert found is not None
    assert {"Joe Biden", "Fumio Kishida"} <= {entity.canonical for entity in found}
    for entity in found:
        assert [BODIES[0][m.start : m.end] for m in entity.mentions] == [m.text for m in entity.mentions]


def test_batches_and_cache_give_the_same_bytes(stage: TaggerStage) -> None:
    together = written(stage, BODIES)
    assert [written(stage, (body,))[0] for body in BODIES] == together
    fresh = create(TaggerSettings(tagger_cache=0))
    assert written(fresh, BODIES[::-1])[::-1] == together


def test_an_empty_body_has_no_entities_and_says_which_model_looked(stage: TaggerStage) -> None:
    empty = part(stage, body="")
    assert empty.entities == []
    assert empty.tagging.model == "accurate"
    assert empty.tagging.version


def test_a_language_without_a_model_is_not_tagged(stage: TaggerStage) -> None:
    french = part(stage, body="Emmanuel Macron est à Paris. « Il n’y a pas de plan du tout », dit-il.", language="fr", language_confidence=0.99)
    assert french.entities is None
    assert [(q.text, q.speaker) for q in french.quotes or []] == [("Il n’y a pas de plan du tout", None)]
    assert french.tagging.not_run == NO_MODEL
    assert "COPYDESK_TAGGER_LANGUAGES" in (french.tagging.remedy or "")


@pytest.mark.parametrize(
    ("language", "confidence"),
    [(None, None), ("en-GB", None), ("EN_us", 1.0), ("sw", 0.2), ("und", None), ("", None), ("eng", None), ("English", None), ("unknown", 1.0)],
)
def test_english_is_taken_where_the_language_is_english_or_not_known(stage: TaggerStage, language: str | None, confidence: float | None) -> None:
    assert part(stage, body=BODIES[0], language=language, language_confidence=confidence).entities


def test_each_language_has_its_own_model(tmp_path: Path) -> None:
    import spacy

    nlp = spacy.blank("de")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "PER", "pattern": "Scholz"}])  # type: ignore[attr-defined]
    nlp.meta["version"] = "7.0.0"
    nlp.to_disk(tmp_path / "german")
    stage = create(TaggerSettings(tagger_languages={"de": str(tmp_path / "german")}))
    german = part(stage, body="Scholz sprach mit Biden.", language="de")
    assert [entity.canonical for entity in german.entities or []] == ["Scholz"]
    assert german.tagging.version == "7.0.0"


def test_the_model_is_a_setting_with_a_short_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAGGER_MODEL", "en_core_web_none")
    assert TaggerSettings().tagger_model == "en_core_web_none"
    monkeypatch.setenv("COPYDESK_TAGGER_MODEL", "fast")
    assert TaggerSettings().tagger_model == "fast"
    monkeypatch.setenv("COPYDESK_TAGGER_MODEL", "nothing_like_it")
    with pytest.raises(CopydeskError, match="nothing_like_it"):
        create(TaggerSettings())
