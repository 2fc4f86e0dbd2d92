"""Quotations between marks of all kinds and behind dashes, and who bears the office that is named as the speaker."""

from __future__ import annotations

import pytest

from tests.unit.tagger.entities.marked import resolve_marked

Quotes = list[tuple[str, str | None]]

OFFICES: list[tuple[str, Quotes]] = [
    ("According to the mayor, [Ida Fenn|PERSON], “we have no plan for a second flood.” The council disagrees.",
     [("we have no plan for a second flood.", "Ida Fenn")]),
    ("“There is no plan,” said the mayor, [Ida Fenn|PERSON]. The council disagrees.", [("There is no plan", "Ida Fenn")]),
    ("“There is no plan,” said [Northgate|ORG]'s captain, [Sam Oyelaran|PERSON], on Monday.", [("There is no plan", "Sam Oyelaran")]),
    ("“There is no plan,” said [Northgate|LOC]’s captain, [Sam Oyelaran|PERSON], on Monday.", [("There is no plan", "Sam Oyelaran")]),
    ("“There is no plan,” said [Northgate|ORG]’s captain [Sam Oyelaran|PERSON].", [("There is no plan", "Sam Oyelaran")]),
    ("“There is no plan,” said the mayor of [Elwick|LOC], [Ida Fenn|PERSON].", [("There is no plan", "Ida Fenn")]),
    ("“There is no plan,” said the head of the [Port Authority|ORG], [Ida Fenn|PERSON].", [("There is no plan", "Ida Fenn")]),
    ("“There is no plan,” said the group’s chief executive officer, [Ida Fenn|PERSON].", [("There is no plan", "Ida Fenn")]),
    ("“There is no plan,” said her lawyer, [Bo Li|PERSON].", [("There is no plan", "Bo Li")]),
    ("“There is no plan,” said [Ann Smith|PERSON]’s lawyer, [Bo Li|PERSON].", [("There is no plan", "Bo Li")]),
    ("“There is no plan,” said the spokesman, [Bo Li|PERSON].", [("There is no plan", "Bo Li")]),
    ("“There is no plan,” the mayor, [Ida Fenn|PERSON], said.", [("There is no plan", "Ida Fenn")]),
    ("“There is no plan,” [Northgate|ORG]’s captain, [Sam Oyelaran|PERSON], told reporters.", [("There is no plan", "Sam Oyelaran")]),
    ("“There is no plan,” [Ida Fenn|PERSON], the mayor, said.", [("There is no plan", "Ida Fenn")]),
    ("The mayor, [Ida Fenn|PERSON], said: “There is no plan.”", [("There is no plan.", "Ida Fenn")]),
    ("“There is no plan,” according to the chairwoman, [Ida Fenn|PERSON].", [("There is no plan", "Ida Fenn")]),
    ("In the words of the mayor, [Ida Fenn|PERSON], “there is no plan at all”.", [("there is no plan at all", "Ida Fenn")]),
    ("“There is no plan,” said [Ann Smith|PERSON], [Bo Li|PERSON]’s partner.", [("There is no plan", "Ann Smith")]),
    ("“There is no plan,” said the mayor, who met [Bo Li|PERSON].", [("There is no plan", None)]),
]  # fmt: skip

SINGLE: list[tuple[str, Quotes]] = [
    ("‘There is no plan,’ [Ida Fenn|PERSON] said. ‘I wish there were.’", [("There is no plan", "Ida Fenn"), ("I wish there were.", "Ida Fenn")]),
    ("'There is no plan,' [Ida Fenn|PERSON] said. 'I wish there were.'", [("There is no plan", "Ida Fenn"), ("I wish there were.", "Ida Fenn")]),
    ("‘There isn’t a plan, and there won’t be one’, said [Ida Fenn|PERSON].", [("There isn’t a plan, and there won’t be one", "Ida Fenn")]),
    ("[Ida Fenn|PERSON] said: 'We don't back the workers' strike.'", [("We don't back the workers' strike.", "Ida Fenn")]),
    ("‘He told me “no” twice,’ said [Ida Fenn|PERSON].", [("He told me “no” twice", "Ida Fenn")]),
    ("“He told me ‘no’ twice,” said [Ida Fenn|PERSON].", [("He told me ‘no’ twice", "Ida Fenn")]),
    ("[Ida Fenn|PERSON] said the plan was ‘not worth the paper it stands on’ and left.", [("not worth the paper it stands on", "Ida Fenn")]),
    ("The workers’ union and the teachers’ union of [Elwick|LOC] met, [Ida Fenn|PERSON] said.", []),
    ("[Ida Fenn|PERSON] said the '90s and the '80s were the boys' best years.", []),
    ("[Ida Fenn|PERSON] said rock ’n’ roll was dead, and so was drum 'n' bass.", []),
    ("It's [Ida Fenn|PERSON]'s view that it isn't the town's. She said it wasn't hers.", []),
    ("‘Go!’ [Ida Fenn|PERSON] shouted.", [("Go!", "Ida Fenn")]),
    ("He is a so-called ‘expert’ in floods.", []),
    ("He stands 6' 2'' tall and she 5' 10''.", []),
    ("“We saw [O’Brien|PERSON] there,” said [Ida Fenn|PERSON].", [("We saw O’Brien there", "Ida Fenn")]),
]  # fmt: skip

WITHOUT_COMMA: list[tuple[str, str, Quotes]] = [
    ("it", "«Il ponte non era sicuro» ha detto il sindaco. «Lo sapevano tutti». Poi è uscito.",
     [("Il ponte non era sicuro", None), ("Lo sapevano tutti", None)]),
    ("es", "\"El puente no es seguro\" dijo la alcaldesa. La novela \"El nombre de la rosa\" explica todo.", [("El puente no es seguro", None)]),
    ("tr", "“Köprü hiçbir zaman güvenli değildi” dedi vali.", [("Köprü hiçbir zaman güvenli değildi", None)]),
    ("tr", "Vali, “Herkes bunu biliyordu” ifadelerini kullandı.", [("Herkes bunu biliyordu", None)]),
    ("en", "The so-called “Green deal for every town” said little to [Ida Fenn|PERSON].", []),
]  # fmt: skip

MARKS: list[tuple[str, Quotes]] = [
    ("«There is no plan», said [Ida Fenn|PERSON].", [("There is no plan", "Ida Fenn")]),
    ("« There is no plan », said [Ida Fenn|PERSON].", [("There is no plan", "Ida Fenn")]),
    ("»There is no plan«, said [Ida Fenn|PERSON].", [("There is no plan", "Ida Fenn")]),
    ("»There is no plan», said [Ida Fenn|PERSON].", [("There is no plan", "Ida Fenn")]),
    ("‹There is no plan›, said [Ida Fenn|PERSON].", [("There is no plan", "Ida Fenn")]),
    ("„There is no plan“, said [Ida Fenn|PERSON].", [("There is no plan", "Ida Fenn")]),
    ("„There is no plan”, said [Ida Fenn|PERSON].", [("There is no plan", "Ida Fenn")]),
    ("„There is no plan\", said [Ida Fenn|PERSON].", [("There is no plan", "Ida Fenn")]),
    ("‚There is no plan‘, said [Ida Fenn|PERSON].", [("There is no plan", "Ida Fenn")]),
    ("”There is no plan”, said [Ida Fenn|PERSON].", [("There is no plan", "Ida Fenn")]),
    ("``There is no plan,'' said [Ida Fenn|PERSON].", [("There is no plan", "Ida Fenn")]),
    ("「計画はありません」 said [Ida Fenn|PERSON]. 『次の洪水に備える計画は何もありません。』", [("次の洪水に備える計画は何もありません。", None)]),
    ("“There is no plan\", said [Ida Fenn|PERSON].", [("There is no plan", "Ida Fenn")]),
    ("“He called it a “plan” then,” said [Ida Fenn|PERSON].", [("He called it a “plan” then", "Ida Fenn")]),
    ("«He called it a “plan” then», said [Ida Fenn|PERSON].", [("He called it a “plan” then", "Ida Fenn")]),
]  # fmt: skip

PARAGRAPHS: list[tuple[str, Quotes]] = [
    ("“We start.\n\n“We go on.\n\n“We end,” [Ida Fenn|PERSON] said.", [("We start.", "Ida Fenn"), ("We go on.", "Ida Fenn"), ("We end", "Ida Fenn")]),
    ("[Ida Fenn|PERSON] said: ‘We start.\n\n‘We go on.’", [("We start.", "Ida Fenn"), ("We go on.", "Ida Fenn")]),
    ("[Ida Fenn|PERSON] said: \"We start.\n\n\"We go on.\"", [("We start.", "Ida Fenn"), ("We go on.", "Ida Fenn")]),
    ("[Ida Fenn|PERSON] said: «We start.\n\n»We go on.»", [("We start.", "Ida Fenn"), ("We go on.", "Ida Fenn")]),
    ("“We start and we go on for long,” [Ida Fenn|PERSON] said.\n\n“We start,” said [Bo Li|PERSON].",
     [("We start and we go on for long", "Ida Fenn"), ("We start", "Bo Li")]),
]  # fmt: skip

LANGUAGES: list[tuple[str, str, Quotes]] = [
    ("es", "—No hay plan para otra inundación —dijo la alcaldesa, [Ida Fenn|PERSON]—. Ojalá lo hubiera.",
     [("No hay plan para otra inundación", "Ida Fenn"), ("Ojalá lo hubiera.", "Ida Fenn")]),
    ("es", "«No hay plan», afirmó [Ida Fenn|PERSON].", [("No hay plan", "Ida Fenn")]),
    ("es", "Según la alcaldesa, [Ida Fenn|PERSON], “no hay ningún plan”.", [("no hay ningún plan", "Ida Fenn")]),
    ("fr", "— Nous n’avons pas de plan, a dit la maire, [Ida Fenn|PERSON].", [("Nous n’avons pas de plan", "Ida Fenn")]),
    ("fr", "« Nous n’avons pas de plan », a déclaré [Ida Fenn|PERSON].", [("Nous n’avons pas de plan", "Ida Fenn")]),
    ("fr", "Selon [Ida Fenn|PERSON], « il n’y a pas de plan ».", [("il n’y a pas de plan", "Ida Fenn")]),
    ("de", "„Es gibt keinen Plan“, sagte die Bürgermeisterin, [Ida Fenn|PERSON].", [("Es gibt keinen Plan", "Ida Fenn")]),
    ("de", "»Es gibt keinen Plan«, sagte [Ida Fenn|PERSON].", [("Es gibt keinen Plan", "Ida Fenn")]),
    ("de", "[Ida Fenn|PERSON] sagte: „Es gibt keinen Plan.“", [("Es gibt keinen Plan.", "Ida Fenn")]),
    ("it", "«Non c’è un piano», ha detto [Ida Fenn|PERSON].", [("Non c’è un piano", "Ida Fenn")]),
    ("pt", "“Não há plano”, disse [Ida Fenn|PERSON].", [("Não há plano", "Ida Fenn")]),
    ("nl", "‘Er is geen plan’, zegt [Ida Fenn|PERSON].", [("Er is geen plan", "Ida Fenn")]),
    ("ru", "— Плана нет и не будет, — сказала мэр [Ида Фенн|PERSON]. — А жаль, что нет.",
     [("Плана нет и не будет", "Ида Фенн"), ("А жаль, что нет.", "Ида Фенн")]),
    ("ru", "«Плана нет», — заявила [Ида Фенн|PERSON].", [("Плана нет", "Ида Фенн")]),
    ("uk", "«Плану немає», — сказала [Іда Фенн|PERSON].", [("Плану немає", "Іда Фенн")]),
    ("pl", "– Nie ma planu na drugą powódź – powiedziała burmistrz [Ida Fenn|PERSON].", [("Nie ma planu na drugą powódź", "Ida Fenn")]),
    ("pl", "„Nie ma planu”, powiedziała [Ida Fenn|PERSON].", [("Nie ma planu", "Ida Fenn")]),
    ("en", "— Compiled by [Ida Fenn|PERSON], who said nothing else of it here.", []),
    ("ja", "市長は「次の洪水に備える計画は何もありません」。", [("次の洪水に備える計画は何もありません", None)]),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "quotes"), [*OFFICES, *SINGLE, *MARKS, *PARAGRAPHS])
def test_quotations_and_speakers(marked: str, quotes: Quotes) -> None:
    assert [(q.text, q.speaker) for q in resolve_marked(marked).quotes] == quotes


@pytest.mark.parametrize(("language", "marked", "quotes"), [*LANGUAGES, *WITHOUT_COMMA])
def test_other_languages(language: str, marked: str, quotes: Quotes) -> None:
    assert [(q.text, q.speaker) for q in resolve_marked(marked, language=language).quotes] == quotes
