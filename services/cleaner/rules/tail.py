"""What follows an article, and what interrupts it: offers, share bars, legal notes."""

from __future__ import annotations

from copydesk.services.cleaner.phrases import either
from copydesk.services.cleaner.phrases.sharing import NETWORKS, ON, SHARE, SHARE_BEHIND
from copydesk.services.cleaner.rules.comments import COMMENTS
from copydesk.services.cleaner.rules.feeds import FEEDS
from copydesk.services.cleaner.rules.notices import NOTICES
from copydesk.services.cleaner.rules.offers import OFFERS
from copydesk.services.cleaner.rules.papers import PAPERS
from copydesk.services.cleaner.rules.related import RELATED
from copydesk.services.cleaner.rules.rule import Rule

_NETWORKS = r"facebook|twitter|x|linkedin|whatsapp|reddit|pinterest|e-?mail|telegram|bluesky|flipboard|threads|instagram|youtube|tumblr|messenger"

LEFT_OVER = (
    Rule(
        "poll_control",
        "navigation",
        "Buttons of a poll among readers.",
        "View results",
        r"""(?:(?:view|see|show)\s(?:the\s)?results | vote(?:\snow)? | cast\syour\svote | abstimmen | ergebnis(?:se)?\s(?:anzeigen|ansehen) | voter
        | voir\sles\srésultats | votar | ver\s(?:los\s|os\s)?resultados | vota | vedi\si\srisultati | stem\snu | bekijk\sresultaten
        | голосовать | проголосовать | результаты)\W*$""",
        30,
        certain=True,
    ),
    Rule(
        "placeholder",
        "furniture",
        "Text that a template's author never replaced.",
        "Lorem ipsum dolor sit amet, consectetur adipiscing elit.",
        test=lambda place: "orem ipsum dolor sit" in place.text[:40],
        certain=True,
        needed=("orem ipsum dolor sit",),
        longest=100_000,
    ),
    Rule(
        "share_bar",
        "share",
        "Passes the page on.",
        "Share this article",
        rf"""(?:share|tweet|pin|post|send)(?:\s(?:this|it|on|via|by|to|the|article|story|page|post|link|full))*(?:\s(?:{_NETWORKS}))?
          (?:\W+(?:tweet|pin|print|share|save|{_NETWORKS}|copy\slink))*\W*$
        | (?:{_NETWORKS}|copy\slink|link\scopied!?|print(?:\sthis\spage)?|teilen|partager|compartir)(?:\W+(?:{_NETWORKS}|print|copy\slink))*\W*$""",
        90,
    ),
    Rule(
        "share_on_network",
        "share",
        "Passes the page on to a network that it names.",
        "Udostępnij na Facebooku",
        rf"""{either(SHARE.values())}\s?(?:\w{{1,12}}\s)?{either(ON.values())}\s?(?:{_NETWORKS}|{either([NETWORKS])})\w{{0,3}}\W*$
        | (?:auf\s)?(?:{_NETWORKS}|{either([NETWORKS])})(?:['’]?\w{{1,3}})?\s?{either([SHARE_BEHIND])}\W*$""",
        50,
        certain=True,
    ),
)

LEGAL = (
    Rule(
        "disclosure",
        "legal",
        "Says that the page earns by its links.",
        "This article contains affiliate links that may earn us a commission.",
        r""".{0,200}\b(?:affiliate\s(?:links?|partners?|commissions?)|as\san\samazon\sassociate
        |earns?\s(?:us\s)?(?:an?\s)?(?:small\s|affiliate\s)?commissions?)\b""",
        400,
    ),
    Rule(
        "biography",
        "biography",
        "Presents the author.",
        "Jane Doe is a freelance writer who lives in Leeds.",
        r"""(?-i:[A-ZÀ-Þ])[\w.'’-]+\s(?:(?-i:[A-ZÀ-Þ])[\w.'’-]+\s){1,2}(?:is|was|has\sbeen|covers|writes|joined)\s.{0,60}
        \b(?:writer|reporter|editor|journalist|correspondent|contributor|columnist|blogger|freelance\w*|staff)\b""",
        500,
    ),
    Rule(
        "legal",
        "legal",
        "Copyright, terms and cookies.",
        "© 2024 Example Media. All rights reserved.",
        r"""(?<=©).{0,200}$ | (?:\(c\)\s|copyright\s(?:©|\(c\))).{0,200}$
        | copyright\s\d{4}(?:\s?[-–,]\s?\d{4})?\W*(?:$|(?:by\s)?(?-i:[^\W\d_a-zß-öø-ÿа-яёіїєґ]).{0,200}$)
        | (?:riproduzione\sriservata|nachdruck\sverboten|reproduction\sinterdite|prohibida\ssu\sreproducción|reprodução\sproibida)\W*$
        | .{0,200}\b(?:all\srights\sreserved|alle\srechte\svorbehalten|todos\slos\sderechos\sreservados|tous\sdroits\sréservés)\b
        | (?:terms\s(?:of|and|&)\s.{3,20}|privacy\s(?:policy|notice|statement)|cookies?\s(?:policy|settings|notice|preferences)
          |do\snot\ssell\s.{0,40}|accessibility(?:\sstatement)?|impressum|datenschutz(?:erklärung)?
          |mentions\slégales|aviso\slegal|manage\scookies)\W*$
        | (?:we|this\s(?:site|website))\suses?\scookies
        | .{0,100}\bmay\snot\sbe\s(?:published|reproduced),?\s.{0,40}(?:broadcast|rewritten|redistributed|permission)""",
        300,
        certain=True,
    ),
)

TAIL = (*COMMENTS, *OFFERS, *NOTICES, *PAPERS, *LEFT_OVER, *LEGAL, *FEEDS, *RELATED)
