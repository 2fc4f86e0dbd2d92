"""What follows an article, and what interrupts it: offers, share bars, legal notes."""

from __future__ import annotations

from copydesk.services.cleaner.rules.comments import COMMENTS
from copydesk.services.cleaner.rules.feeds import FEEDS
from copydesk.services.cleaner.rules.related import RELATED
from copydesk.services.cleaner.rules.rule import Rule

_NETWORKS = r"facebook|twitter|x|linkedin|whatsapp|reddit|pinterest|e-?mail|telegram|bluesky|flipboard|threads|instagram|youtube|tumblr|messenger"

OFFERS = (
    Rule(
        "stay_tuned",
        "call_to_action",
        "Asks to come back or to follow.",
        "Stay tuned to BaaghiTV for latest news and Updates!",
        r"""stay\s(?:tuned|connected|updated|informed)\b.{0,60}(?:news|update|more|with)
        | (?:follow|like|join|find|visit|connect\swith)\s(?:us|me|our)\s.{0,40}\b(?:on|channel|page|group)\b
        | (?:download|get)\s(?:the|our)\s.{0,30}\bapp\b
        | for\s(?:more|all\sthe|the)\s(?:latest\s)?(?:news|updates|stories|information)\b.{0,60}(?:follow|visit|subscribe|click|join|download)
        | (?:have|got)\sa\s(?:news\s)?(?:tip|story)\? | síguenos\s | folgen\ssie\suns | suivez-nous | abonnez-vous""",
        220,
        certain=True,
    ),
    Rule(
        "click_here",
        "call_to_action",
        "Asks to click.",
        "Click here to read the full report",
        r"click\shere\s(?:to|for)\b",
        220,
    ),
    Rule(
        "newsletter",
        "newsletter",
        "Offers a newsletter.",
        "Sign up for our daily newsletter",
        r"""(?:sign\sup|subscribe|register)\s(?:now|here|today|(?:to|for)\s.{0,60}(?:newsletters?|e-?mails?|alerts?|updates|inbox))\b
        | (?:enter|your)\s(?:your\s)?e-?mail(?:\saddress)?\W*$ | get\s.{3,60}\s(?:in|to)\syour\sinbox | .{0,40}newsletters?\W{0,2}$
        | by\s(?:signing\sup|subscribing|clicking|submitting)\b.{0,40}\b(?:agree|accept|consent)""",
        220,
    ),
    Rule(
        "newsletter_in_passing",
        "newsletter",
        "Asks to sign up for a newsletter in a sentence of its own.",
        "Want more from our reporters? Sign up for our newsletter, The Selection.",
        r"(?:.{0,140}[.!?:]\s)?(?-i:Sign)\sup\s(?:for|to)\s(?:our|the|my|its|this)\s.{0,60}\b(?:newsletters?|mailing\slist)\b",
        300,
        certain=True,
    ),
    Rule(
        "subscription",
        "subscription",
        "Sells access to the page.",
        "Already a subscriber? Log in",
        r"""already\sa\s(?:subscriber|member) | subscribe(?:\snow|\stoday)?\W*$ | to\s(?:continue|keep)\sreading
        | become\sa\s(?:member|subscriber) | unlock\sthis
        | this\s(?:article|content|story)\sis\s(?:only\s|exclusively\s)?(?:for|available\sto)\s(?:subscribers|members)
        | (?:log|sign)\s(?:in|up|out)$ | create\s(?:a\s)?(?:free\s)?account""",
    ),
    Rule(
        "advertisement",
        "advertisement",
        "Announces an advertisement.",
        "Advertisement",
        r"""(?:advertisement|advertising|sponsored|anzeige|publicité|publicidad|ads?
            |advertisement\W+(?:scroll|continue|(?:page|article|story)\scontinues)\b.{0,30}|(?:story|article)\scontinues\sbelow.{0,20}|continue\sreading\sbelow|scroll\sto\scontinue.{0,30})\W*$""",
        60,
        certain=True,
    ),
    Rule(
        "placeholder",
        "furniture",
        "Text that a template's author never replaced.",
        "Lorem ipsum dolor sit amet, consectetur adipiscing elit.",
        test=lambda place: "orem ipsum dolor sit" in place.text[:40],  # a pattern would have every paragraph looked at, and remembered
        certain=True,
    ),
    Rule(
        "share_bar",
        "share",
        "Passes the page on.",
        "Share on Facebook",
        rf"""(?:share|tweet|pin|post|send)(?:\s(?:this|it|on|via|by|to|the|article|story|page|post|link|full))*(?:\s(?:{_NETWORKS}))?\W*$
        | (?:{_NETWORKS}|copy\slink|link\scopied!?|print(?:\sthis\spage)?|teilen|partager|compartir)(?:\W+(?:{_NETWORKS}|print|copy\slink))*\W*$""",
        90,
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
        r"""(?<=©).{0,200}$ | (?:\(c\)\s|copyright\s(?:©|\(c\)|\d{4})).{0,200}$
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

TAIL = (*COMMENTS, *OFFERS, *LEGAL, *FEEDS, *RELATED)
