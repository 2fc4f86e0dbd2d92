"""Offers and adverts between an article's paragraphs and below it."""

from __future__ import annotations

import re

from copydesk.services.cleaner.leads import SPACELESS, fold, lead_of, leads_of
from copydesk.services.cleaner.phrases import bare, either, phrases
from copydesk.services.cleaner.phrases.offers import (
    ADVERT,
    ADVERTISEMENT,
    BEHIND,
    BEHIND_IT,
    CONTINUES,
    CONTINUES_UNSPACED,
    OFFER,
    OFFERED,
    OFFERED_UNSPACED,
)
from copydesk.services.cleaner.rules.rule import BlockInPage, Rule

LONGEST_ADVERT, LONGEST_OFFER = 80, 200  # characters
_adverts = frozenset(phrases(*ADVERTISEMENT.values()))
OPENED = r"[^.!?:]{0,60}[!?:]\s"
_opened = re.compile(rf"\W*{OPENED}")
_offer = re.compile(rf"\W*(?:{OPENED})?{either(OFFER.values())}", re.I | re.X)
_asks = leads_of(phrases(*OFFER.values()))
_offered = re.compile(rf"(?<!\w){either([OFFERED])}(?!\w)|{either([OFFERED_UNSPACED])}", re.I | re.X)
_continued = re.compile(rf"(?<!\w){either([CONTINUES])}(?!\w)|{either([CONTINUES_UNSPACED])}", re.X)
_behind_advert = re.compile(
    rf"(?<!\w){either([BEHIND])}\s(?:\w{{1,6}}\s)?(?:{either([ADVERT])})\w{{0,4}}\W*$|(?<!\w){either([BEHIND])}\s(?:\w{{1,6}}\s)?(?:{either([ADVERT])})(?!\w)"
    rf"|{either([ADVERT])}\w{{0,6}}\s?{either([BEHIND_IT])}",
    re.X,
)
_network = r"(?:facebook|twitter|x|instagram|telegram|whatsapp|youtube|tiktok|linkedin|bluesky|threads)"


def _is_advert(place: BlockInPage) -> bool:
    return len(place.text) <= LONGEST_ADVERT and bare(place.text) in _adverts


def _continues(place: BlockInPage) -> bool:
    """Whether a line says that the article goes on behind or below an advertisement."""
    text = fold(place.text)
    return len(text) <= LONGEST_ADVERT and _continued.search(text) is not None and _behind_advert.search(text) is not None


def _is_offer(place: BlockInPage) -> bool:
    """Whether a line offers a newsletter, a channel or an app: begins with the asking, and names what is offered."""
    text = place.text
    if len(text) > LONGEST_OFFER or not (_asks.admit(place.lead) or _is_asked_behind(text)) or not (found := _offer.match(text)):
        return False
    rest = text[found.end() :]
    unbroken = not rest[:1].isalnum() or SPACELESS.search(found[0]) is not None
    return unbroken and _offered.search(text) is not None


def _is_asked_behind(text: str) -> bool:
    """Whether the asking may stand behind something else: "New here? Sign up for our newsletter"."""
    opened = _opened.match(text) if "?" in text or ":" in text or "!" in text else None
    return opened is not None and _asks.admit(lead_of(text[opened.end() :]))


OFFERS = (
    Rule(
        "stay_tuned",
        "call_to_action",
        "Asks to come back or to follow.",
        "Stay tuned to BaaghiTV for latest news and Updates!",
        rf"""stay\s(?:tuned|connected|updated|informed)\b.{{0,60}}(?:news|update|more|with)
        | (?:follow|like|join|find|visit|connect\swith)\s(?:us|me|our)\s.{{0,40}}\b(?:on|channel|page|group)\b
        | (?:follow|find|like)\s[^.!?]{{2,80}}\son\s{_network}\b[^.!?]{{0,120}}[.!]?$
        | (?:download|get)\s(?:the|our)\s.{{0,30}}\bapp\b
        | for\s(?:more|all\sthe|the)\s(?:latest\s)?(?:news|updates|stories|information)\b.{{0,60}}(?:follow|visit|subscribe|click|join|download)
        | (?:have|got)\sa\s(?:news\s)?(?:tip|story)\? | síguenos\s | folgen\ssie\suns | suivez-nous | abonnez-vous""",
        220,
        certain=True,
    ),
    Rule(
        "offer",
        "newsletter",
        "Offers a newsletter, a channel or an app.",
        "Подписывайтесь на наш канал",
        test=_is_offer,
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
        "Get the day's news in your inbox",
        r"""(?:sign\sup|subscribe|register)\s(?:now|here|today|(?:to|for)\s.{0,60}(?:newsletters?|e-?mails?|alerts?|updates|inbox))\b
        | (?:enter|your)\s(?:your\s)?e-?mail(?:\saddress)?\W*$ | get\s.{3,60}\s(?:in|to)\syour\sinbox | .{0,40}newsletters?\W{0,2}$
        | by\s(?:signing\sup|subscribing|clicking|submitting)\b.{0,40}\b(?:agree|accept|consent)""",
        220,
    ),
    Rule(
        "newsletter_alone",
        "newsletter",
        "Asks to sign up for what comes by mail, and ends there.",
        "Sign up for Valley news straight to your inbox every day",
        r"(?:sign\sup|subscribe|register)\s(?:to|for)\s[^.!?]{2,80}\b(?:inbox|newsletters?|e-?mail\salerts?|mailing\slist)\b[^.!?]{0,30}[.!]?$",
        140,
        certain=True,
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
        "La suite après cette publicité",
        test=_is_advert,
        certain=True,
        leads=leads_of(_adverts),
    ),
    Rule(
        "continues_behind_advertisement",
        "advertisement",
        "Says that the article goes on behind an advertisement.",
        "Artikel gaat verder na deze advertentie",
        test=_continues,
        certain=True,
        needed=tuple(fold(text) for text in phrases(ADVERT)),
        longest=LONGEST_ADVERT,
    ),
    Rule(
        "advertisement_and_more",
        "advertisement",
        "Announces an advertisement, and that the article goes on below it.",
        "Advertisement: story continues below",
        r"""(?:advertisement\W+(?:scroll|continue|(?:page|article|story)\scontinues)\b.{0,30}
            |(?:story|article)\scontinues\sbelow.{0,20}|scroll\sto\scontinue.{0,30})\W*$""",
        60,
        certain=True,
    ),
)
