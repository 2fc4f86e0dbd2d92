"""What an article ends with though it is short: a last quotation, a correction, when and where what it tells of takes place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from copydesk.services.cleaner.dates import first_date
from copydesk.services.cleaner.lines import Block, Label
from copydesk.services.cleaner.rules.rule import SENTENCE_END, width

CORRECTION = re.compile(
    r"(?:correction|clarification|editor['’]s\snote|korrektur|richtigstellung|berichtigung|corrección|fe\sde\serratas|rectificatif|correctif|correzione|errata"
    r"|correção|correctie|rectificatie|rättelse|sprostowanie|исправление|уточнение|виправлення|更正|訂正|تصحيح)\s?(?:[:：(—–-]|$)"
    r"|an\searlier\sversion\sof\sthis\s(?:article|story|report|post)\b|this\s(?:article|story)\s(?:was|has\sbeen)\s(?:corrected|amended|updated)\b",
    re.I,
)
QUOTATION = re.compile(r"(?:[^\W\d_][\w '’]{0,40}[:：,،]\s?)?[“\"„«「][^”\"“»」]{8,}[,.!?]?[”\"“»」].*[.!?”\"»。]$")
SENTENCE = re.compile(r"[^\W\d_].*[.。۔।]$", re.S)
SHORTEST_SENTENCE, LEAST_CHANCE = 45, 0.1  # width of a sentence that is no teaser's; what the model thinks of it at least
DIRECTION = re.compile(r"[(\[][A-Z][A-Z ,.'-]+[)\]]")  # "(SOUNDBITE OF FOGHORN)"
PAIRS = re.compile(r"(?:[^\W\d_][\w ]{1,30}: [^:]{1,60}[.;]\s?){2,}")  # "Referee: S. Holm. Attendance: 4,112."
LAST = 4  # lines below the article that may still be of it
# "Tickets: £9, children £5", "Wann: Donnerstag, 4. Juli, 21.30 Uhr"
NAMED = re.compile(
    r"(?:tickets?|admission|entry|box\soffice|bookings?|reservations?|when|where|venue|dates?|times?|doors|starts?|cost|price|info(?:rmation|s)?|tel(?:ephone|\.)?|phone"
    r"|karten|eintritt|wann|wo|ort|beginn|einlass|preise?|anmeldung|telefon|vorverkauf|öffnungszeiten|quand|où|lieu|tarifs?|entrée|billets|réservations?|renseignements"
    r"|téléphone|horaires|cuándo|dónde|lugar|entradas?|precios?|horarios?|teléfono|reservas|quando|dove|biglietti|ingresso|prezzi|orari|telefono|prenotazioni|onde|local"
    r"|ingressos|bilhetes|horário|waar|wanneer|toegang|kaarten|aanvang|когда|где|билеты|начало|вход|место|стоимость|телефон|коли|де|квитки|початок|вхід|місце"
    r"|التذاكر|المكان|الزمان|日時|会場|料金|場所|時間|时间|地点|票价|门票)\s?[:：]",
    re.I,
)
PRICE = re.compile(r"[£€$]\s?\d|\d\s?(?:[£€$]|euros?\b|eur\b|pounds?\b|dollars?\b|zł|₽|руб|грн|円|元)", re.I)
HOUR = re.compile(r"\b\d{1,2}(?:[.:h]\s?\d\d\b|\s?[ap]\.?m\b)|\b\d{1,2}(?:[.:]\d\d)?\s(?:uhr|heures?|uur|часов)\b", re.I)
NUMBER = re.compile(r"\d[\d\s/()–-]{6,}\d")
ADDRESS = re.compile(r"\b(?:www\.\S+\.\w{2,}|[\w.-]{1,253}\.(?:com|org|net|de|fr|es|it|nl|pt|uk|ru|ua|example))\b", re.I)
MOST_DATA, LONGEST_DATA = 8, 160  # lines, characters
MOST_ITEMS = 12  # of a list that the article ends in
PAIR, DIGIT = re.compile(r"[^\W\d_][^:：]{1,40}\s?[:：]\s?[^:：]{2,100}$"), re.compile(r"\d")
LEAST_DATA = 2  # lines that say so, of which one says when or what it costs


def with_last_words(blocks: Sequence[Block], labels: list[Label]) -> list[Label]:
    """The labels, with corrections and quotations directly below the article's last line as its own, unless a certain rule knows them."""
    last = max((n for n, label in enumerate(labels) if label.is_body), default=len(labels))
    labels = _with_list(blocks, _with_event(blocks, labels, last), last)
    last = max((n for n, label in enumerate(labels) if label.is_body), default=last)
    for n in range(last + 1, min(last + 1 + LAST, len(labels))):
        text, told = blocks[n].text, labels[n].reason in ("model", "headline_after_end") and labels[n].confidence < 1.0
        if labels[n].reason == "related_link" or labels[n].kind == "advertisement":  # between two paragraphs
            continue
        if not told or not (_ends_article(text, 1 - labels[n].confidence) or CORRECTION.match(blocks[n - 1].text)):
            break
        labels[n] = Label("body", "model", 1 - labels[n].confidence)
    return labels


def _ends_article(text: str, chance: float) -> bool:
    if CORRECTION.match(text) or QUOTATION.match(text) or DIRECTION.fullmatch(text) or PAIRS.fullmatch(text):
        return True
    return chance >= LEAST_CHANCE and width(text) >= SHORTEST_SENTENCE and SENTENCE.fullmatch(text) is not None


def _with_list(blocks: Sequence[Block], labels: Sequence[Label], last: int) -> list[Label]:
    """The labels, with the items below a line that announces them ("The dates are:", "Winners:") as the article's, where the article ends in them."""
    labels = list(labels)
    head = (
        next((n for n in range(last, max(-1, last - MOST_ITEMS), -1) if blocks[n].text.endswith((":", "："))), None) if last < len(labels) else None
    )
    if head is None and last < len(labels) and _goes_on_in_pairs(blocks, labels, last):
        head = last - 1
    if head is None or not all(_is_item(blocks[n].text) for n in range(head + 1, last + 1)):
        return labels
    below = takewhile(lambda n: _is_item(blocks[n].text), range(last + 1, min(head + 1 + MOST_ITEMS, len(labels))))
    items = [n for n in below if labels[n].reason in ("model", "headline_after_end", "date_line")]
    if last - head + len(items) > LEAST_DATA:
        for n in items:
            labels[n] = Label("body", "model", 1 - labels[n].confidence)
    return labels


def _goes_on_in_pairs(blocks: Sequence[Block], labels: Sequence[Label], last: int) -> bool:
    """Whether the article ends in the first of several lines such as "First prize: Ann Lee, Elwick"."""
    lines = range(last, min(last + 1 + LEAST_DATA, len(blocks)))
    return len(lines) > LEAST_DATA and all(
        PAIR.match(blocks[n].text) and len(blocks[n].text) <= LONGEST_DATA and _is_unknown(labels[n]) for n in lines
    )


def _is_unknown(label: Label) -> bool:
    return label.reason in ("model", "headline_after_end")


def _is_item(text: str) -> bool:
    """A short line with a date or a number, or a name and what belongs to it: "Gold: Carrow Baths", "Novels: 4,100"."""
    return len(text) <= LONGEST_DATA and (PAIR.match(text) is not None or (DIGIT.search(text) is not None and not text.endswith(SENTENCE_END)))


def _with_event(blocks: Sequence[Block], labels: Sequence[Label], last: int) -> list[Label]:
    """The labels, with the lines below the article's last one that tell when, where and for how much, and the name above them, as its own."""
    labels = list(labels)
    below = [n for n in range(last + 1, min(last + 1 + MOST_DATA, len(labels))) if len(blocks[n].text) <= LONGEST_DATA]
    data = [n for n in below if _is_data(blocks[n].text)]
    near = [last] if last < len(labels) and _is_data(blocks[last].text) else []
    if len(near + data) < LEAST_DATA or not any(PRICE.search(blocks[n].text) or HOUR.search(blocks[n].text) for n in near + data):
        return labels
    for n in range(last + 1, data[-1] + 1 if data else 0):
        if (
            labels[n].reason not in ("model", "headline_after_end", "date_line")
            or labels[n].confidence >= 1.0
            or not (n in data or n + 1 in data or n == data[0] - 1)
        ):
            break
        labels[n] = Label("body", "model", 1 - labels[n].confidence)
    return labels


def _is_data(text: str) -> bool:
    signs = (PRICE, HOUR, NUMBER, ADDRESS)
    return (
        NAMED.match(text) is not None
        or (first_date(text) is not None and HOUR.search(text) is not None)
        or sum(1 for sign in signs if sign.search(text)) > 1
        or ADDRESS.fullmatch(text) is not None
    )
