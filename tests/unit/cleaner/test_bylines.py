"""Bylines in many languages: the names alone, and lines that only look like bylines stay what they are."""

from __future__ import annotations

import pytest

from copydesk.services.cleaner.byline import author_names, author_of, is_byline
from copydesk.services.cleaner.person import is_name


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Jane Doe", "Jane Doe"),
        ("by Kate Tulloch", "Kate Tulloch"),
        ("Written by Jane Doe and John Roe", "Jane Doe, John Roe"),
        ("By JANE DOE | Staff writer", "JANE DOE"),
        ("By Ann Lee, BBC News", "Ann Lee"),
        ("By ANN LEEGazette Staff Writer", "ANN LEE"),
        ("By ANN LEE Elwick Gazette Staff Writer", "ANN LEE"),
        ("By Ann Lee | February 6, 2024", "Ann Lee"),
        ("By Ann Lee Special to the Gazette", "Ann Lee"),
        ("By Ann Lee, Special to The Post", "Ann Lee"),
        ("By Ann Lee, photographs by Robert Roy", "Ann Lee"),
        ("Text by Ann Lee. Photos by Bob Roy.", "Ann Lee"),
        ("By Nora Feld · 5 min read", "Nora Feld"),
        ("By Ann Lee, Jane Doe and Robert Roy, Associated Press", "Ann Lee, Jane Doe, Robert Roy"),
        ("By Ann Lee, Chief Political Correspondent, and Bob Roy in London", "Ann Lee, Bob Roy"),
        ("By Ann Lee (ann.lee@example.org)", "Ann Lee"),
        ("Reporting by Ann Lee in Berlin; Editing by Robert Roy", "Ann Lee"),
        ("By Jean-Luc Picard-Roy & Mary O'Neil", "Jean-Luc Picard-Roy, Mary O'Neil"),
        ("DANIEL BROCK, Op-Ed Columnist", "DANIEL BROCK"),
        ("Ann Lee, Staff Writer", "Ann Lee"),
        ("Von Jana Petersen und Karl-Heinz von der Au", "Jana Petersen, Karl-Heinz von der Au"),
        ("Text: Eva Kunz, Fotos: Max Au", "Eva Kunz"),
        ("Text und Fotos: Eva Kunz", "Eva Kunz"),
        ("Markus Weber, Redakteur", "Markus Weber"),
        ("Par Thomas Achard", "Thomas Achard"),
        ("Propos recueillis par Lucie Prat", "Lucie Prat"),
        ("Por María José Gómez", "María José Gómez"),
        ("Por Ana Pérez y Juan Gil", "Ana Pérez, Juan Gil"),
        ("Por José Ortega y Gasset", "José Ortega y Gasset"),
        ("Por Ana Pérez / Madrid", "Ana Pérez"),
        ("di Giulia Bianchi e Marco Verdi, inviato a Roma", "Giulia Bianchi, Marco Verdi"),
        ("A cura di Marco Rossi", "Marco Rossi"),
        ("Por João da Silva", "João da Silva"),
        ("Door Jan de Vries", "Jan de Vries"),
        ("Door onze verslaggever Piet Jansen", "Piet Jansen"),
        ("Av Anna Svensson", "Anna Svensson"),
        ("Af Mette Hansen", "Mette Hansen"),
        ("Autor: Jan Kowalski", "Jan Kowalski"),
        ("Yazan: Ali Demir", "Ali Demir"),
        ("Του Γιώργου Παπαδόπουλου", "Γιώργου Παπαδόπουλου"),
        ("Oleh Budi Santoso", "Budi Santoso"),
        ("Автор: Тимофей Ашев", "Тимофей Ашев"),
        ("Текст: Анна Петрова, фото: Иван Сидоров", "Анна Петрова"),
        ("Підготувала Олена Коваль", "Олена Коваль"),
        ("بقلم: محمد علي", "محمد علي"),
        ("作者：王小明", "王小明"),
        ("记者 王小明 报道", "王小明"),
        ("文/李华", "李华"),
        ("文・写真＝山田太郎", "山田太郎"),
        ("山田太郎記者", "山田太郎"),
        ("홍길동 기자", "홍길동"),
    ],
)
def test_a_byline_gives_its_names_alone(line: str, author: str) -> None:
    assert is_byline(line)
    assert author_of(line) == author


@pytest.mark.parametrize("line", ["By Reuters", "By Staff", "Por Redacción", "Von der Redaktion"])
def test_a_byline_of_a_newsroom_names_nobody(line: str) -> None:
    assert author_names(line) == ()


@pytest.mark.parametrize(
    "line",
    [
        "By Thursday the water had reached the first houses, and residents were asked to leave.",
        "By the way",
        "Von der Leyen",
        "Von Berlin nach Paris",
        "Di Maio",
        "Text: Matthew 5:3",
        "Story: The Last of Us",
        "Editor's Picks",
        "News, Sport, Business",
        "Author: Home",
        "Ann Lee is a reporter.",
        "Ann Lee",
        "Por qué sube el precio del pan",
        "Par ici la sortie",
        "كتب الرئيس رسالة إلى الشعب بمناسبة العيد الوطني",
    ],
)
def test_other_lines_are_no_bylines(line: str) -> None:
    assert not is_byline(line)


@pytest.mark.parametrize("text", ["Jane Doe", "Karl-Heinz von der Au", "Mary O'Neil", "Тимофей Ашев", "王小明", "محمد علي", "ANN B. LEE"])
def test_names(text: str) -> None:
    assert is_name(text)


@pytest.mark.parametrize("text", ["", "Jane", "Jane doe", "The Council", "Gazette Staff", "12 people", "Council votes to keep the old library open"])
def test_what_is_no_name(text: str) -> None:
    assert not is_name(text)
