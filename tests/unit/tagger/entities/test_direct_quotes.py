"""Who said what."""

from __future__ import annotations

import pytest

from tests.unit.tagger.entities.marked import resolve_marked

CASES = [
    ("“We will fight on,” [Ann Smith|PERSON] said.", [("We will fight on", "Ann Smith")]),
    ('"We will fight on," said [Ann Smith|PERSON].', [("We will fight on", "Ann Smith")]),
    ("“We will fight on”, said Defense Secretary [Lloyd Austin|PERSON].", [("We will fight on", "Lloyd Austin")]),
    ("“We will fight,” according to the [White House|ORG].", [("We will fight", "White House")]),
    ("“We will fight,” the [White House|ORG] said.", [("We will fight", "White House")]),
    ("[Ann Smith|PERSON] said: “We will fight.”", [("We will fight.", "Ann Smith")]),
    ("According to [Ann Smith|PERSON], “we will fight on”.", [("we will fight on", "Ann Smith")]),
    ("“A new day,” [Ann Smith|PERSON] said. “The old one is gone.”", [("A new day", "Ann Smith"), ("The old one is gone.", "Ann Smith")]),
    ("“A new day,” [Ann Smith|PERSON], the mayor of [Paris|LOC], said.", [("A new day", "Ann Smith")]),
    ("“A new day,” said [Ann Smith|PERSON], a spokeswoman for the [White House|ORG].", [("A new day", "Ann Smith")]),
    ("[Jo Lu|PERSON] of [Marriage Coalition|ORG] said, “It is not over.”", [("It is not over.", "Jo Lu")]),
    ("[Ann Smith|PERSON] came late. “It is not over,” she said.", [("It is not over", "Ann Smith")]),
    ("“No!” [Ann Smith|PERSON] shouted.", [("No!", "Ann Smith")]),
    ("“We are with him in our prayers.” [Ann Smith|PERSON] said.", [("We are with him in our prayers.", "Ann Smith")]),
    ("[Bo Li|PERSON] tweeted “We are with him.” President [Ann Smith|PERSON] remarked, “So am I.”",
     [("We are with him.", "Bo Li"), ("So am I.", "Ann Smith")]),
    ("“A new day,” a spokesman for the [White House|ORG] said.", [("A new day", None)]),
    ("“A new day,” the document said. “It has come to stay.”", [("A new day", None), ("It has come to stay.", None)]),
    ("[Ann Smith|PERSON] met [Bo Li|PERSON]. “It is not over,” she said.", [("It is not over", None)]),
    ("“Numb,” writes [Ann Smith|PERSON]’s old partner [Bo Li|PERSON] at home.", [("Numb", "Bo Li")]),
    ("“A new day,” said [Ann Smith|PERSON]’s lawyer.", [("A new day", None)]),
    ("“A new day,” reads [Ann Smith|PERSON]’s statement.", [("A new day", "Ann Smith")]),
    ("[Acme Inc|ORG] indicated issues, and Mr [Smith|PERSON] had said they would “restore it to its glory”.",
     [("restore it to its glory", "Smith")]),
    ("[Ann Smith|PERSON] went on to add, “It is not over.”", [("It is not over.", "Ann Smith")]),
    ("They call it “free trade” at home.", []),
    ("He read “The Old Man and the Sea” at home.", []),
    ("[Ann Smith|PERSON] says her event, “Storm Area 51, They Can't Stop All of Us”, was a joke.", []),
    ("[Ann Smith|PERSON] wrote, “WE HAVE WON THIS”.", [("WE HAVE WON THIS", "Ann Smith")]),
    ("[Bo Li|PERSON] met [Ann Smith|PERSON], saying “hopefully we get it done”.", [("hopefully we get it done", "Bo Li")]),
    ("“We grow,” said [Acme Inc|ORG] (ACM) [Ann Smith|PERSON].", [("We grow", "Ann Smith")]),
    ("[Ann Smith|PERSON] left.\n\nA victim came. She said she would show “there is nothing to fear”.", []),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "quotes"), CASES)
def test_speakers(marked: str, quotes: list[tuple[str, str | None]]) -> None:
    assert [(q.text, q.speaker) for q in resolve_marked(marked).quotes] == quotes


def test_a_speech_over_paragraphs_is_one_speakers() -> None:
    marked = "“This is the start,” [Ann Smith|PERSON] said. “We go on.\n\n“And we do not stop.\n\n“Never.”\n\n[Bo Li|PERSON] left."
    quotes = resolve_marked(marked).quotes
    assert [q.speaker for q in quotes] == ["Ann Smith"] * 4
    assert [q.text for q in quotes][1:3] == ["We go on.", "And we do not stop."]


def test_the_next_paragraphs_speaker_is_not_taken() -> None:
    marked = "[Ann Smith|PERSON] said, “We saw it.”\n\nCommissioner [Bo Li|PERSON] said, “So did we.”"
    assert [q.speaker for q in resolve_marked(marked).quotes] == ["Ann Smith", "Bo Li"]


def test_the_mention_that_names_the_speaker_has_offsets() -> None:
    marked = "[Ann Smith|PERSON] came. “It is not over,” [Smith|PERSON] said."
    (quote,) = resolve_marked(marked).quotes
    body = marked.replace("[", "").replace("|PERSON]", "")
    assert quote.speaker_start is not None and quote.speaker_end is not None
    assert body[quote.speaker_start : quote.speaker_end] == "Smith"
    assert quote.speaker_start > quote.end
