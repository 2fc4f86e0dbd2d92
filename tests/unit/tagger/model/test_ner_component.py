import subprocess
import sys

import pytest
import spacy
from spacy.language import Language

from copydesk.services.tagger.model.component import FACTORY

TEXT = "President Joe Biden met Japanese Prime Minister Fumio Kishida in Tokyo, the White House said."
OTHER = "The United Nations said on Monday that aid had reached Gaza."


@pytest.fixture(scope="module")
def nlp() -> Language:
    pipeline = spacy.blank("en")
    pipeline.add_pipe(FACTORY)
    return pipeline


def entities(nlp: Language, text: str) -> list[tuple[str, str]]:
    return [(e.text, e.label_) for e in nlp(text).ents]


def test_names_are_found_with_their_types(nlp: Language) -> None:
    found = entities(nlp, TEXT)
    for expected in (("Joe Biden", "PERSON"), ("Fumio Kishida", "PERSON"), ("Tokyo", "LOC"), ("White House", "ORG"), ("Japanese", "NORP")):
        assert expected in found


def test_a_number_is_nobody_s_name(nlp: Language) -> None:
    ages = "Held were Fahim Ahmad, 21, Toronto; Zakaria Amara, 20, Mississauga, Ont.; Ahmad Mustafa Ghany, 21, Mississauga."
    found = entities(nlp, ages)
    assert ("Fahim Ahmad", "PERSON") in found
    assert [text for text, label in found if label in ("PERSON", "ORG", "LOC") and not any(map(str.isalpha, text))] == []


def test_pipe_agrees_with_single_calls(nlp: Language) -> None:
    texts = [TEXT, "", OTHER, "  ", TEXT + " " + OTHER]
    for size in (1, 2, 5):
        piped = [[(e.text, e.label_) for e in doc.ents] for doc in nlp.pipe(texts, batch_size=size)]
        assert piped == [entities(nlp, text) for text in texts]


def test_a_document_of_paragraphs_equals_its_paragraphs(nlp: Language) -> None:
    assert entities(nlp, f"{TEXT}\n\n{OTHER}\n\n\n{TEXT}") == entities(nlp, TEXT) + entities(nlp, OTHER) + entities(nlp, TEXT)


def test_nothing_in_nothing_out(nlp: Language) -> None:
    for text in ("", " ", "\n\n", "\n \n\n \n"):
        assert entities(nlp, text) == []


def test_strange_characters_are_read_without_harm(nlp: Language) -> None:
    found = nlp("\u200b\u200b 東京 🙂🙂 \ufeffJoe Biden\u00a0spoke in São Paulo\x00\x07 and Владивосток.")
    assert any("Biden" in e.text for e in found.ents)


def test_the_vocabulary_does_not_grow_in_a_memory_zone(nlp: Language) -> None:
    with nlp.memory_zone():
        list(nlp.pipe([f"Xqz{number} Vbn{number} said." for number in range(50)]))
    before = len(nlp.vocab.strings)
    with nlp.memory_zone():
        list(nlp.pipe([f"Wkj{number} Plm{number} said." for number in range(50)]))
    assert len(nlp.vocab.strings) == before


def test_running_needs_nothing_of_the_training_side() -> None:
    code = """
import sys
for name in ("torch", "onnx", "safetensors", "transformers"):
    sys.modules[name] = None  # importing it fails, as where it is not installed
from copydesk.services.tagger.model.load import load_model
sys.exit(not load_model("accurate").nlp("Joe Biden spoke.").ents)
"""
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
