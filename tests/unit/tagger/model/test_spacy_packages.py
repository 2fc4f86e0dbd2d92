"""A package as `spacy package` makes it, with a trained component and the labels of OntoNotes, named in TAGGER_MODEL."""

import shutil
from pathlib import Path

import pytest
import spacy
from spacy.cli.package import package
from spacy.training import Example
from thinc.api import fix_random_seed

from copydesk.services.tagger.settings import TaggerSettings
from copydesk.services.tagger.stage import TaggerReads, create
from copydesk.shared.records.enriched import EntitiesPart
from copydesk.shared.stage import Enriched

SENTENCES = [
    ("Zorbin Quell flew to Tulvania with nine aides.", {"entities": [(0, 12, "PERSON"), (21, 29, "GPE"), (35, 39, "CARDINAL")]}),
    ("Reporters read Night Harbour in Tulvania.", {"entities": [(15, 28, "WORK_OF_ART"), (32, 40, "GPE")]}),
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the importable package en_tiny, trained until it knows its sentences by heart."""
    folder = tmp_path_factory.mktemp("packaging")
    nlp = spacy.blank("en")
    nlp.add_pipe("ner")
    examples = [Example.from_dict(nlp.make_doc(text), labels) for text, labels in SENTENCES]
    fix_random_seed(1)
    nlp.initialize(lambda: examples)
    for _ in range(40):
        nlp.update(examples)
    nlp.to_disk(folder / "trained")
    package(folder / "trained", folder, name="tiny", version="0.1.0", create_sdist=False, create_wheel=False, silent=True)
    shutil.copy(folder / "en_tiny-0.1.0/meta.json", folder / "en_tiny-0.1.0/en_tiny")  # as its setup.py does when it is installed
    return folder / "en_tiny-0.1.0"


def test_a_package_named_in_the_environment_tags_by_our_labels(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(site))
    monkeypatch.setenv("TAGGER_MODEL", "en_tiny")
    (outcome,) = create(TaggerSettings()).process([TaggerReads(body=" ".join(text for text, _ in SENTENCES), language="en")])
    assert isinstance(outcome, Enriched)
    assert isinstance(outcome.part, EntitiesPart)
    assert (outcome.part.tagging.model, outcome.part.tagging.version) == ("en_tiny", "0.1.0")
    assert {(e.canonical, e.type, e.count) for e in outcome.part.entities or ()} == {
        ("Zorbin Quell", "PERSON", 1),
        ("Tulvania", "GPE", 2),
        ("Night Harbour", "MISC", 1),
    }  # the CARDINAL is left out
