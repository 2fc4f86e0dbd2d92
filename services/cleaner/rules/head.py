"""What stands around the headline: weather, place, date, pager, byline, breadcrumbs."""

from __future__ import annotations

import re

from copydesk.services.cleaner.date_lines import date_line
from copydesk.services.cleaner.dates import CLOCK, WEEKDAY
from copydesk.services.cleaner.leads import leads_of
from copydesk.services.cleaner.phrases import bare, either, phrases
from copydesk.services.cleaner.phrases.navigation import BACK, LIVE
from copydesk.services.cleaner.rules.bylines import BELOW_LEDE, BYLINES
from copydesk.services.cleaner.rules.rule import BlockInPage, Rule, Surroundings, is_long

TOP = 12  # blocks that are looked at as the page's head
TEMPERATURE = r"[-−+]?\d{1,3}(?:[.,]\d)?\s?(?:°\s?[CF]?|°?\s?(?-i:[CF]))$"
LIVE_MARKS = frozenset(phrases(*LIVE.values()))
LONGEST_MARK = 30  # characters
CLOCK_ALONE = re.compile(rf"(?:{CLOCK}|\d{{1,2}}\s?[ap]\.?m\.?)", re.I)
LEAST_TIMES = 3
TAG = r"[^\s,，、;|·.!?]+(?:\s[^\s,，、;|·.!?]+){0,3}"  # up to four words: "Topics: what the harbour needs and who will pay" is no list of tags
SENTENCE = "The next review of the agreement is due in October, and both sides said that they welcomed it."  # before an example
_weekday = re.compile(rf"\W*{WEEKDAY}\W*$", re.I)
_temperature = re.compile(TEMPERATURE)
_name = re.compile(r"^(?:[A-Z][\w.'’-]+)(?:[ ,]+(?:[A-Z][\w.'’-]+|of|de|la|del|am|upon)){0,3}$")


def _beside_temperature(place: BlockInPage) -> bool:
    """A name of its own beside a temperature, at the top of the page."""
    return _name.match(place.text) is not None and any(_temperature.match(place.near(offset)) for offset in (-1, 1))


def _dates_article(place: BlockInPage) -> bool:
    """A date line above the article, or at its begin, where a standfirst may stand above it; there it has a date, not a time alone."""
    above = place.index < place.page.first_sentence
    if (told := date_line(place.text)) is None:
        return above and _weekday.match(place.text) is not None
    dated = told.published is not None or told.updated is not None
    return dated or (above and not place.page.once(_is_told_live))


def _is_told_live(page: Surroundings) -> bool:
    """Whether times stand above the page's paragraphs, as in a live blog."""
    times = [n for n, block in enumerate(page.blocks) if len(block.text) <= LONGEST_MARK and CLOCK_ALONE.fullmatch(block.text.strip())]
    return sum(n + 1 < len(page.blocks) and is_long(page.blocks[n + 1].text) for n in times) >= LEAST_TIMES


def _only_dates(place: BlockInPage) -> bool:
    return date_line(place.text) is not None


HEAD = (
    *BYLINES,
    Rule(
        "no_words",
        "furniture",
        "Only marks, no words.",
        "* * *",
        test=lambda place: not place.lead,
        certain=True,
        leads=leads_of([""]),
    ),
    Rule("weather", "weather", "A temperature alone is the page's weather.", "13.2 C", TEMPERATURE, 12, certain=True),
    Rule(
        "place_header",
        "place_header",
        "The place that the weather is for.",
        "13.2 C\n>London\nSaturday, May 18, 2024",
        test=_beside_temperature,
        certain=True,
        where=lambda page: range(min(TOP, len(page.blocks))),
    ),
    Rule(
        "date_header",
        "date_header",
        "Only dates and times above the article: the page's, or the article's.",
        "Publié le 06/02/2024 à 16h22, mis à jour le 07/02/2024",
        test=_dates_article,
        certain=True,
        where=lambda page: range(min(page.first_sentence + BELOW_LEDE, len(page.blocks))),
    ),
    Rule(
        "date_line",
        "date_header",
        "A date or time alone, such as that of another article.",
        f"{SENTENCE}\n>3:15 PM",
        test=_only_dates,
    ),
    Rule(
        "pager",
        "pager",
        "Counts pages or pictures.",
        "1/2",
        r"""\d{1,3}\s?/\s?\d{1,3}$ | (?:page|image|photo|slide)?\s?\d{1,3}\s(?:of|de|von|sur)\s\d{1,3}$
        | (?:next|previous)\s(?:page|image|photo|slide)$""",
        40,
    ),
    Rule(
        "skip_link",
        "navigation",
        "Made for screen readers.",
        "Skip to main content",
        r"(?:skip|jump)\sto\s(?:main\s|the\s)?(?:content|navigation|search|footer|header)\b",
        60,
        certain=True,
    ),
    Rule(
        "way_back",
        "navigation",
        "Leads back to another page.",
        "Return to Transcripts main page",
        rf"{either(BACK.values())}(?:\W*$|\s[^.!?]{{1,60}}$)",
        80,
        certain=True,
    ),
    Rule(
        "live_mark",
        "navigation",
        "Says that what follows is reported live.",
        "Live",
        test=lambda place: place.index < place.page.first_sentence and len(place.text) <= LONGEST_MARK and bare(place.text) in LIVE_MARKS,
        certain=True,
        leads=leads_of(LIVE_MARKS),
    ),
    Rule(
        "breadcrumb",
        "navigation",
        "The way to this page.",
        "Home > News > Politics",
        r"home\s*[>»›/|][^.]*[>»›/|][^.]*$|home\s*[>»›/|]\s*[^.:]{2,30}$",
        150,
        certain=True,
    ),
    Rule(
        "reading_time",
        "navigation",
        "Says how long reading takes.",
        "5 min read",
        r"(?:\D{0,25}\s)?\d{1,3}[\s-]?min(?:ute)?s?\.?(?:\s(?:read|reading|lesen|de\slecture|de\slectura)(?:\stime)?)$",
        60,
        certain=True,
    ),
    Rule(
        "updated",
        "date_header",
        "Says when the page was published or changed.",
        "Updated at 3:15 PM EST in Elwick",
        r"(?:last\s|first\s)?(?:published|updated|posted|modified|publicado|actualizado|veröffentlicht|publié|mis\sà\sjour)\b[^.!?]*\d",
        120,
    ),
    Rule(
        "tags",
        "navigation",
        "Heads the article's tags.",
        "Tagged with:",
        rf"""(?:tagged(?:\s(?:with|in|as))? | tags | filed\s(?:under|in) | posted\sin | schlagw(?:orte|örter)
        | mots[\s-]clés | теги | الوسوم | 标签 | 標籤 | タグ | 태그 | tagi | etiketler | štítky | nøgleord
          | stikkord | avainsanat)\s?[:：](?:$|\s?[^.!?]{{2,80}}$)
        | (?:topics | categories | etiquetas | tag | метки | argomenti | onderwerpen | ämnen | emner | tematy | témata | temas | sujets | themen
          | tópicos | konular | trefwoorden | keywords | kategorien | schlüsselwörter | parole\schiave | palabras\sclave | palavras-chave
          | słowa\skluczowe | ключевые\sслова | ключові\sслова)\s?[:：](?:$|\s?{TAG}(?:\s?[,，、;|·]\s?{TAG})*$)""",
        100,
        certain=True,
    ),
    Rule(
        "age",
        "date_header",
        "An age instead of a date.",
        f"{SENTENCE}\n>3 hours ago",
        r"\d{1,3}\s(?:minute|min|hour|hr|day|week|month|year)s?\sago$",
        40,
    ),
)
