"""What is speech in languages that part no words or know no capitals, behind a colon, and where no model has found names."""

from __future__ import annotations

import pytest

from tests.unit.tagger.entities.marked import resolve_marked


def _said(marked: str, language: str) -> list[str]:
    return [quote.text for quote in resolve_marked(marked, language=language).quotes]


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("zh", "市长李明说：“我们没有计划。”", ["我们没有计划。"]),
        ("zh", "“我们需要时间，”发言人王芳表示，“但不会放弃。”", ["我们需要时间", "但不会放弃。"]),
        ("zh", "他被称为“英雄”，并参观了“水立方”。", []),
        ("ja", "「備えはない」と市長の佐藤健は述べた。", ["備えはない"]),
        ("ja", "「平和への道」と題した展覧会で、映画「千と千尋の神隠し」が上映された。", []),
        ("ar", 'قالت رئيسة البلدية: "ليست لدينا خطة لفيضان ثان".', ["ليست لدينا خطة لفيضان ثان"]),
        ("de", "Trainer Uwe Lang: „Wir waren schlecht.“ Das Buch: „Die Stadt am Meer“", ["Wir waren schlecht."]),
        ("fr", "« Nous n'avons plus d'eau », a déclaré la maire. « L'État doit agir. »", ["Nous n'avons plus d'eau", "L'État doit agir."]),
        ("fr", "Selon Marc Dubois, « personne ne savait ».", ["personne ne savait"]),
        ("pl", "„Nie mamy planu” – powiedziała burmistrz Ida Fenn.", ["Nie mamy planu"]),
    ],
)  # fmt: skip
def test_speech(language: str, text: str, said: list[str]) -> None:
    assert _said(text, language) == said


@pytest.mark.parametrize(
    ("marked", "speakers"),
    [
        ("Lawyers for [Anna Petrov|PERSON] said “the verdict is a disgrace to all courts.”", []),
        ("[Dana Wolfe|PERSON] shouted, “Get back!” and ran.", ["Dana Wolfe"]),
        ("Mayor [Carla Ruiz|PERSON] — who took office in May — said: “There will be no third tunnel.”", ["Carla Ruiz"]),
        ("[Dana Wolfe|PERSON] starred in the films, “Help Me!” and “Speed”.", []),
    ],
)  # fmt: skip
def test_who_says_so(marked: str, speakers: list[str]) -> None:
    assert [quote.speaker for quote in resolve_marked(marked).quotes if quote.speaker] == speakers
