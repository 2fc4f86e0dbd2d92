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
        ("cs", "„Setkání bylo užitečné,“ řekl ministr Jan Dvořák.", ["Setkání bylo užitečné"]),
        ("sr", "„Састанак је био користан“, рекао је министар.", ["Састанак је био користан"]),
        ("sv", "– Mötet var nyttigt, säger ministern Eva Berg.", ["Mötet var nyttigt"]),
        ("da", "»Mødet var nyttigt,« siger ministeren Eva Berg.", ["Mødet var nyttigt"]),
        ("ro", "„Întâlnirea a fost utilă”, a declarat ministrul.", ["Întâlnirea a fost utilă"]),
        ("hu", "„A találkozó hasznos volt” – mondta a miniszter.", ["A találkozó hasznos volt"]),
        ("el", "«Η συνάντηση ήταν χρήσιμη», δήλωσε ο υπουργός.", ["Η συνάντηση ήταν χρήσιμη"]),
        ("ar", "قال الوزير إن «الاجتماع كان مفيدا للجميع».", ["الاجتماع كان مفيدا للجميع"]),
        ("ko", '"회의는 모두에게 아주 유익했다"고 장관이 말했다.', ["회의는 모두에게 아주 유익했다"]),
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
        ("“The bill is dead,” said Prof. Dr. [Dana Wolfe|PERSON] of the party.", ["Dana Wolfe"]),
        ("“The bill is dead”, said [Dana Wolfe|PERSON], adding that “no one will miss it”.", ["Dana Wolfe", "Dana Wolfe"]),
        ("“No,” replied [Dana Wolfe|PERSON]. “Never.”", ["Dana Wolfe", "Dana Wolfe"]),
        ("Added [Dana Wolfe|PERSON]: “We shall see in court.”", ["Dana Wolfe"]),
        ("As [Dana Wolfe|PERSON] put it, “there is no bill.”", ["Dana Wolfe"]),
        ("Mayor [Dana Wolfe|PERSON]: “There is no bill.”", ["Dana Wolfe"]),
        ("A book on [Dana Wolfe|PERSON]: “The Long March of Reason”", []),
        ("In a statement, [Nordbank|ORG] said “the accounts are safe.”", ["Nordbank"]),
        ("'Rock 'n' roll won't die,' said [Dana Wolfe|PERSON].", ["Dana Wolfe"]),
        ("[Dana Wolfe|PERSON] named the dog “Rex.”", []),
        ("[Dana Wolfe|PERSON] starred in the films, “Help Me!” and “Speed”.", []),
    ],
)  # fmt: skip
def test_who_says_so(marked: str, speakers: list[str]) -> None:
    assert [quote.speaker for quote in resolve_marked(marked).quotes if quote.speaker] == speakers
