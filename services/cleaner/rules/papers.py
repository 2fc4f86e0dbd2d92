"""What papers print about themselves: the printed edition, the page on which a story goes on, reprints, "Photo" on a line of its own."""

from __future__ import annotations

from copydesk.services.cleaner.leads import leads_of
from copydesk.services.cleaner.phrases import bare, either, phrases
from copydesk.services.cleaner.phrases.papers import PICTURE, PRINT_NOTE
from copydesk.services.cleaner.rules.rule import Rule

_pictures = frozenset(phrases(PICTURE))
LONGEST_PICTURE = 20  # characters

PAPERS = (
    Rule(
        "print_note",
        "legal",
        "Tells of the printed edition.",
        "A version of this article appears in print on April 5, 2016, on Page A1.",
        rf"""{either(PRINT_NOTE.values())}(?!\w)
        | (?:a\sversion\sof\s)?this\s(?:article|story|report|piece|column|review|interview|essay|obituary)\s(?:first\s|originally\s|also\s)?
          (?:appear(?:s|ed)|ran|was\s(?:published|printed))\s(?:first\s|originally\s)?in\s(?:print\b|the\s(?:[\w-]+\s){{0,3}}(?:print|printed|paper)\b)
        | diese[rs]\s(?:artikel|text|beitrag|bericht|interview|kommentar)\s(?:ist\s|wurde\s)?(?:erschien(?:en)?\s|stammt\s)?
          (?:zuerst\s|zunächst\s|auch\s)?(?:in|aus)\s(?:der|unserer)\s(?:print|gedruckten|papier)\w*
        | (?:den\shär\s)?(?:artikeln|texten|intervjun|reportaget|krönikan)\s(?:publicerades|publiceras|har\spublicerats|ingick|trycktes)\s
          (?:först\s|ursprungligen\s|även\s)?i\s(?:papperstidningen|den\stryckta)""",
        320,
        certain=True,
    ),
    Rule(
        "jump",
        "navigation",
        "On which page the story goes on, or where it began.",
        "Continued on Page A6",
        r"""(?:story\s)?continue[sd]?\s(?:on|from)\s(?:page\s)?(?-i:[A-Z])?\d{1,3}\W*$
        | (?:from|please\s(?:see|turn\sto)|see|turn\sto)\s(?:page\s(?-i:[A-Z])?\d{1,3}|(?-i:[A-Z]{3,}[A-Z\s]*),?\s(?:page\s)?(?-i:[A-Z])?\d{1,3})\W*$
        | (?:fortsetzung\s(?:auf|von)\sseite|(?:lire\sla\s)?suite\s(?:en\s)?page|(?:continúa\sen|pasa\sa)\sla\spágina|(?:segue|continua)\sa\spagina
          |continua\sna\spágina|(?:vervolg|lees\sverder)\sop\spagina|(?:окончание|продолжение)\sна\sстр\.?|ciąg\sdalszy\sna\sstr\.?)\s?\d{1,3}\W*$""",
        80,
        certain=True,
    ),
    Rule(
        "reprints",
        "navigation",
        "Sells reprints, today's paper and subscriptions.",
        "Order Reprints| Today's Paper|Subscribe",
        r"""(?:(?:order\s)?reprints?|today['’]s\spaper|subscribe|(?:the\s)?print\sedition|e-?paper)
        (?:\s?[|•·]\s?(?:(?:order\s)?reprints?|today['’]s\spaper|subscribe|permissions|e-?paper|print\sedition))+\W*$""",
        80,
        certain=True,
    ),
    Rule(
        "picture_alone",
        "navigation",
        "Announces a picture.",
        "Photo",
        test=lambda place: len(place.text) <= LONGEST_PICTURE and bare(place.text) in _pictures,
        certain=True,
        leads=leads_of(_pictures),
    ),
)
