"""Other articles: their headings, their headlines, links into them."""

from __future__ import annotations

import re
from functools import cache

from copydesk.services.cleaner.leads import SPACELESS, Leads, leads_of, of_pattern
from copydesk.services.cleaner.phrases import bare, either, phrases
from copydesk.services.cleaner.phrases.related import HEADING as HEADINGS
from copydesk.services.cleaner.phrases.related import LINK, MORE, READING
from copydesk.services.cleaner.rules.rule import SENTENCE_END, BlockInPage, Rule, Surroundings, is_long

NEAR = 8  # blocks that a heading of related articles reaches
LONGEST_HEADING, LONGEST_HEADLINE, LONGEST_LINK, LONGEST_MORE = 80, 140, 200, 30  # characters
SHORTEST_OF_ONE_WORD = 4  # characters of a heading in a script without spaces that says enough before a colon
HEADING = r"""(?:
      (?:related|latest|recent|popular|trending|top|more|other|similar|recommended|featured|most\sread|also\sread|must[\s-]reads?)
        (?:\s(?:top|related|popular|recent|latest|local|great|world))?
        \s(?:news|stories|story|articles?|posts?|reads?|reading|coverage|topics|content|links|headlines|videos?|items)
        (?:\s(?:from|on|in|by)\s.{1,40})?
    | (?:you|readers)\s(?:(?:may|might|will)\s)?(?:also\s)?(?:like|love|enjoy|be\sinterested\sin)(?:\sthese)?
    | (?:read|see|watch|explore|check|keep)\s(?:also|next|more|this\snext|reading)(?:\s(?:news|stories|articles?))?(?:\s(?:about|on|from)\s.{1,30})?
    | more\s(?:from|on)\s.{2,40} | mehr\s(?:von|aus|zu)\s.{2,40} | das\skönnte\s(?:sie|dich)\s.{0,30}
    )\s*[:»>›→…]*\s*$"""
_heading = re.compile(rf"\W*{HEADING}", re.I | re.X)
_more = frozenset(phrases(MORE))
MORE_LEADS = leads_of(_more)
_phrases = frozenset(phrases(*HEADINGS.values()))
_first, _named = of_pattern(HEADING)[0], leads_of(_phrases)
HEADS = Leads(_named.words | (_first.words if _first else frozenset()), _named.starts + (_first.starts if _first else ()))


def _before_headline() -> list[str]:
    """What leads to another article before a colon: headings of several words, and some of one."""
    several = [phrase for phrase in _phrases if " " in phrase or (SPACELESS.search(phrase) and len(phrase) >= SHORTEST_OF_ONE_WORD)]
    return ["; ".join(several), *LINK.values()]


LINKS = rf"(?P<lead>{either(_before_headline())})(?:\s?(?:[:：|»›>–—▶►→】］]|\s-\s)\s?(?P<marked>\S.*)|\s+(?P<plain>\S.*))$"
_reading = re.compile(rf"(?<!\w){either([READING])}(?!\w)|阅读|閱讀|読みたい", re.I | re.X)


@cache
def _link() -> re.Pattern[str]:
    """Compiled for the first line that may be one: it takes long."""
    return re.compile(rf"\W*{LINKS}", re.I | re.X)


def is_heading(text: str) -> bool:
    """Whether a line heads a list of other articles."""
    return len(text) <= LONGEST_HEADING and not text.endswith(".") and (bare(text) in _phrases or _heading.match(text) is not None)


def leads_elsewhere(text: str) -> bool:
    """Whether a line is a link to another article by its own words: "Read also: Amazon opens a store", "Leggi anche Crolla il ponte"."""
    found = _link().match(text.replace("İ", "i")) if len(text) <= LONGEST_LINK else None
    if found is None:
        return False
    reads = _reading.search(found["lead"]) is not None
    if found["marked"]:
        return reads or not text.endswith(".")
    headline = found["plain"].lstrip("\"'“„«‘")
    return reads and not headline[:1].islower() and not text.endswith((".", "。", "।")) and not headline.startswith(("(", "/"))


def is_headline(text: str) -> bool:
    """Whether a line may be the headline of another article: no paragraph, and no sentence that ends in a full stop."""
    return (
        len(text) <= LONGEST_HEADLINE
        and not text.endswith((".", "…", "。", "।", "۔", ":", "”", "»", "“"))
        and not (is_long(text) and text.endswith(SENTENCE_END))
    )


def _headings(page: Surroundings) -> list[bool]:
    """Which lines of a page head a list of other articles."""
    return [HEADS.admit(lead) and is_heading(block.text) for lead, block in zip(page.leads, page.blocks, strict=True)]


def _near_heading(page: Surroundings) -> list[int]:
    """The lines below a heading of related articles that may be of its list."""
    headings = page.once(_headings)
    return sorted({at for n, heads in enumerate(headings) if heads for at in range(n + 1, min(n + NEAR + 1, len(headings)))})


def _above_link(page: Surroundings) -> list[int]:
    """The lines with a link to read on below them."""
    short = ((n, block.text) for n, block in enumerate(page.blocks) if n and len(block.text) <= LONGEST_MORE and MORE_LEADS.admit(page.leads[n]))
    return [n - 1 for n, text in short if bare(text) in _more]


def _under_heading(place: BlockInPage) -> bool:
    """Not a sentence, and under a heading of related articles, or under such lines under one."""
    headings, sentences = place.page.once(_headings), place.page.sentences
    for n in range(place.index, max(-1, place.index - NEAR - 1), -1):
        if sentences[n]:
            return False
        if n < place.index and headings[n]:
            return True
    return False


def _headline_below(place: BlockInPage) -> bool:
    """Under a heading of related articles with nothing but headlines between, all of them with a mark before them or none."""
    blocks, headings = place.page.blocks, place.page.once(_headings)
    for n in range(place.index, max(-1, place.index - NEAR - 1), -1):
        if n < place.index and headings[n]:
            return True
        if not is_headline(blocks[n].text) or blocks[n].text[0].isalnum() < place.text[0].isalnum():
            return False
    return False


def _after_end(page: Surroundings) -> range:
    """From here to the end of the page stands no sentence: what is left are links."""
    return range(page.last_sentence + 1 if page.last_sentence >= 0 else len(page.blocks), len(page.blocks))


RELATED = (
    Rule(
        "related_heading",
        "related",
        "Heads a list of other articles.",
        "Lesen Sie auch",
        test=lambda place: is_heading(place.text),
        certain=True,
        leads=HEADS,
    ),
    Rule(
        "related_link",
        "related",
        "Names itself a link to another article.",
        "Also read: Amazon to open first store in California",
        test=lambda place: leads_elsewhere(place.text),
        certain=True,
        leads=of_pattern(LINKS)[0],
    ),
    Rule(
        "related_headline",
        "related",
        "A headline under a heading of related articles.",
        "Читайте также\n>Рынок переезжает на Вокзальную площадь",
        test=_headline_below,
        certain=True,
        where=_near_heading,
    ),
    Rule(
        "headline_above_link",
        "related",
        "A headline, and below it the link into its article.",
        ">Trambestuurders stemmen in met loonbod\nLees meer",
        test=lambda place: is_headline(place.text),
        certain=True,
        where=_above_link,
    ),
    Rule(
        "read_more_link",
        "related",
        "Offers more to read, of this story or another.",
        "Watch more: Amazon to open first store in California",
        r"(?:(?:read|see|watch|learn)\smore|more|recommended)\s?[:|»–—]\s?\S",
        200,
    ),
    Rule(
        "continue_reading",
        "related",
        "Opens another page.",
        "Read more",
        r"""(?:read|learn|see|view|show|load|find\sout)\s(?:more|all|full\s(?:article|story|bio|profile))(?:\W*|\s(?:news|stories|articles|posts))$
        | continue\sreading(?:\sthe\smain\sstory)?\W*$""",
        60,
        certain=True,
    ),
    Rule(
        "headline_under_heading",
        "related",
        "A headline under a heading of related articles, with other lines between.",
        "Related news\n• Two held after robbery\n>Amazon to open first store in California",
        test=_under_heading,
        where=_near_heading,
    ),
    Rule(
        "headline_after_end",
        "related",
        "A headline after the last sentence of the page.",
        "The next review of the agreement is due in October, and both sides said that they welcomed it.\n>Amazon to open first store in California",
        test=lambda place: True,
        where=_after_end,
    ),
)
