"""Pipelines are made anew before their vocabulary has grown large."""

from spacy.language import Language

from copydesk.services.tagger.entities.article_text import Text
from copydesk.services.tagger.entities.rules import AmountRules
from copydesk.services.tagger.model.cache import ParagraphCache
from copydesk.services.tagger.model.load import Model, load_model
from copydesk.services.tagger.model.tagger import Tagger
from copydesk.services.tagger.renewed import Renewed

BODIES = ["Joe Biden met Fumio Kishida.", "The White House said so.", "Ann Xu lives in Tokyo."]


def test_made_anew_once_so_many_characters_were_read() -> None:
    numbers = iter(range(10))
    renewed = Renewed(lambda: next(numbers), characters=100)
    renewed.read(99)
    assert renewed.current == 0
    renewed.read(1)
    assert renewed.current == 1
    renewed.read(99)
    assert renewed.current == 1


def test_a_tagger_finds_the_same_before_and_after() -> None:
    model = load_model("accurate")
    made: list[Language] = []

    def make() -> Language:
        made.append(load_model("accurate").nlp)
        return made[-1]

    short_lived = Model(Renewed(make, characters=40), model.name, model.version, model.label)
    tagger = Tagger(short_lived, ParagraphCache(0))
    assert [tagger.spans([body])[0] for body in BODIES] == Tagger(model, ParagraphCache(0)).spans(BODIES)
    assert len(made) == 2
    assert made[0] is not made[1]


def test_amounts_are_found_before_and_after() -> None:
    rules = AmountRules()
    before = [draft.text for draft in rules.find(Text("It cost $5 million."))]
    compiled = rules._compiled.current
    rules._compiled.read(10_000_000)
    assert rules._compiled.current is not compiled
    assert [draft.text for draft in rules.find(Text("It cost $5 million."))] == before == ["$5 million"]
