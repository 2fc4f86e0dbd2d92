import json
import shutil
from pathlib import Path

import pytest
import spacy

from copydesk.services.tagger.model.cache import ParagraphCache
from copydesk.services.tagger.model.folders import META, NETWORK, folder_of
from copydesk.services.tagger.model.labels_of_packages import ours
from copydesk.services.tagger.model.load import load_model
from copydesk.services.tagger.model.tagger import Tagger
from copydesk.shared.errors import CopydeskError


def german_rules(folder: Path, *labels: str) -> Path:
    """A pipeline on disk that finds Merkel, with the labels of German packages."""
    nlp = spacy.blank("de")
    nlp.add_pipe("sentencizer")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": label, "pattern": name} for name, label in zip(("Merkel", "Berlin", "drei"), labels, strict=True)])  # type: ignore[attr-defined]
    nlp.meta.update({"name": "news_rules", "version": "1.2.3"})
    nlp.to_disk(folder)
    return folder


def installed(site: Path) -> str:
    """The same as an installed package: a module with a data folder in it."""
    package = site / "de_news_rules"
    package.mkdir()
    german_rules(package / "de_news_rules-1.2.3", "PER", "LOC", "CARDINAL")
    shutil.copy(package / "de_news_rules-1.2.3" / META, package / META)
    (package / "__init__.py").write_text("raise AssertionError('loading a model runs no code of its package')")
    return "de_news_rules"


def test_an_installed_package_is_loaded_by_name_and_its_labels_are_mapped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = installed(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    model = load_model(name)
    assert (model.name, model.version) == (name, "1.2.3")
    assert model.nlp.pipe_names == ["entity_ruler"]  # what finds no entities is not even loaded
    body = "Ohne Namen.\n\nMerkel kam mit drei Leuten nach Berlin."
    assert [(body[s.start : s.end], s.label) for s in Tagger(model, ParagraphCache(0)).spans([body])[0]] == [("Merkel", "PERSON"), ("Berlin", "LOC")]


def test_a_folder_is_loaded_by_its_path(tmp_path: Path) -> None:
    model = load_model(str(german_rules(tmp_path / "rules", "PER", "LOC", "MISC")))
    assert model.version == "1.2.3"


@pytest.mark.parametrize("name", ["json", "spacy", "en core", "../en_core_web_sm"])
def test_what_is_no_model_is_not_taken_for_one(name: str) -> None:
    with pytest.raises(CopydeskError, match="is installed"):
        load_model(name)


def test_a_package_of_another_spacy_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = installed(tmp_path)
    (tmp_path / name / f"{name}-1.2.3" / "config.cfg").unlink()  # as packages for spaCy 2 are
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(CopydeskError, match=r"'de_news_rules' cannot be loaded.*in a version for this spaCy"):
        load_model(name)


def test_an_unknown_name_says_what_can_be_chosen() -> None:
    with pytest.raises(CopydeskError, match=r"no model 'en_core_web_xxl' is installed.*accurate"):
        load_model("en_core_web_xxl")


def test_a_broken_network_is_named(tmp_path: Path) -> None:
    shutil.copytree(folder_of("accurate"), tmp_path / "broken")
    (tmp_path / "broken" / NETWORK).write_bytes(b"not a network")
    with pytest.raises(CopydeskError, match=r"broken cannot be loaded"):
        load_model(str(tmp_path / "broken"))


def test_a_missing_meta_file_is_named(tmp_path: Path) -> None:
    shutil.copytree(folder_of("accurate"), tmp_path / "bare")
    (tmp_path / "bare" / META).unlink()
    with pytest.raises(CopydeskError, match=r"bare cannot be read.*restore"):
        load_model(str(tmp_path / "bare"))


def test_a_pipeline_that_finds_no_entities_is_refused(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.to_disk(tmp_path / "sentences")
    with pytest.raises(CopydeskError, match="no component that finds entities"):
        load_model(str(tmp_path / "sentences"))


@pytest.mark.parametrize(
    ("label", "expected"), [("PER", "PERSON"), ("GPE", "GPE"), ("WORK_OF_ART", "MISC"), ("persName", "PERSON"), ("CARDINAL", None), ("MONEY", None)]
)
def test_labels_of_packages(label: str, expected: str | None) -> None:
    assert ours(label) == expected


def test_what_ships_says_how_it_was_made_and_is_small() -> None:
    meta = json.loads((folder_of("accurate") / META).read_text())
    assert meta["recipe"]["sources"]
    assert all(source["licence"] for source in meta["recipe"]["sources"])
    assert meta["version"] == load_model("accurate").version
    files = [path for path in folder_of("accurate").parent.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 40_000_000
    assert not [path for path in files if path.suffix in (".pkl", ".pickle", ".pt")]


def test_a_folder_beside_one_is_loaded_by_a_relative_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(folder_of("accurate"), tmp_path / "mine")
    monkeypatch.chdir(tmp_path)
    assert load_model("./mine").version == load_model("accurate").version
