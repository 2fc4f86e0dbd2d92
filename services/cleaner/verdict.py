"""Pages that hold no article, and what they are instead."""

from __future__ import annotations

import re
from collections.abc import Sequence

from copydesk.services.cleaner.lines import Block, Label
from copydesk.services.cleaner.rules.rule import SENTENCE_END, is_long, width
from copydesk.shared.stage import Rejected

SHORTEST_BODY = 120  # characters; below it the page has to be nothing but its text
ERROR_BODY, LOGIN_BODY = 480, 240  # characters below which an error message or a login form is what the page is about
SHORTEST_SENTENCE = 15  # characters
SHORT_PAGE = 3  # blocks
MANY_LINES = 25
SCANNED = 20_000  # characters of a page
ERROR = re.compile(
    r"""\b(?:403|404|410|500|502|503)\b.{0,40}\b(?:error|not\sfound|forbidden|unavailable)
    | ^[^\w+$€£\n]*(?:error\s)?(?:403|404|410|500|502|503)[^\w%+€\n]*$
    | \b(?:page|article|file|story)\b.{0,40}\b(?:not\sfound|no\slonger\s(?:exists|available)|could\s?n[o']t\sbe\sfound|doesn['’]t\sexist)
    | access\sdenied | service\sunavailable | bad\sgateway | checking\syour\sbrowser
    | enable\sjavascript\sand\scookies | verify\s(?:that\s)?you\sare\s(?:a\s)?human
    | seite\s(?:wurde\s)?nicht\sgefunden | página\s(?:no\sencontrada|não\sencontrada) | page\s(?:introuvable|non\strouvée)
    | pagina\s(?:niet\sgevonden|non\strovata)
    | страница\sне\sнайдена
    | сторінку\sне\sзнайдено | (?:nie\sznaleziono\sstrony|strona\snie\s(?:została\sznaleziona|istnieje)) | sayfa\sbulunamadı
    | 页面不存在 | 找不到(?:页面|該頁面|您) | ページが見つかりません | الصفحة\sغير\sموجودة""",
    re.I | re.X | re.M,
)
# A page that says of itself that there is nothing on it.
NOTHING = re.compile(
    r"""(?:this|the)\s(?:page|document|text)\s(?:is|was)\s(?:not\san\sarticle|(?:only\s|just\s)?an?\s(?:test|placeholder|example)|intentionally\s(?:left\s)?blank
      |under\sconstruction|empty)
    | (?:this\sis\s)?(?:not\san?|no)\s(?:news\s)?(?:article|story)\b\s*[.!]
    | (?:this\sis\s)?(?:only\s|just\s)?an?\s(?:test|placeholder)\s(?:page|article|post|text)\b
    | this\spage\sintentionally\sleft\sblank | (?:content|page|site|article)\s(?:is\s)?coming\ssoon
    | (?:diese\sseite|dies|das|dieser\stext)\sist\s
      (?:kein\s(?:artikel|beitrag)|(?:nur\s)?(?:eine?\s)?test(?:seite|artikel|beitrag|text)?\b|absichtlich\sleer|leer)
    | (?:cette\spage|ceci|ce\stexte)\s(?:n['’]est\spas\sun\sarticle|est\s(?:une?\s)?(?:page\sde\stest|article\sde\stest|test|vide|laissée\svide))
    | est[ae]\s(?:página|texto)?\s?(?:no\ses\sun\sartículo|es\suna?\s(?:página\sde\s)?prueba|não\sé\sum\sartigo|é\suma?\s(?:página\sde\s)?teste)
    | (?:questa\spagina|questo)\s(?:non\sè\sun\sarticolo|è\s(?:una\s)?(?:pagina\sdi\sprova|un\stest))
    | (?:deze\spagina|dit)\sis\s(?:geen\sartikel|(?:slechts\s)?een\stest(?:pagina)?\b)
    | (?:эта\sстраница|это)\s(?:не\s(?:является\s)?стать(?:я|ёй|ей)|(?:[—–-]\s)?тестовая\sстраница)
    | (?:ця\sсторінка|це)\s(?:не\sстаття|[—–-]?\s?тестова\sсторінка)
    | (?:这|此页面?|本页面?)(?:不是|并非)(?:一篇)?文章 | (?:これ|このページ)は(?:記事ではありません|テスト(?:ページ)?です)
    | (?:هذه\sالصفحة\s)?ليست\sمقال""",
    re.I | re.X,
)
LOGIN = re.compile(
    r"""\b(?:log\s?in|sign\s?in|subscribe|register|create\s(?:an|a\sfree)\saccount)\b.{0,60}
      \b(?:to\s(?:continue|read|view|access|see)|for\s(?:full\s)?access)
    | already\s(?:a\ssubscriber|have\san\saccount)
    | forgot\s(?:your\s)?password | subscribers?\sonly | (?:nur|exklusiv)\sfür\sabonnenten | réservé\saux\sabonnés""",
    re.I | re.X,
)
VIDEO = re.compile(
    r"""\b(?:watch\s(?:the\s)?(?:video|live|full)|play\svideo|video\splayer|now\splaying|up\snext|duration:?\s*\d|live\s?stream|unmute)\b
    | \b\d{1,2}:\d{2}\s*/\s*\d{1,2}:\d{2}\b""",
    re.I | re.X,
)

# Words with which a page speaks to its reader, of itself: of news, which may speak of the same things, nothing is said so outside of quotations.
ADDRESS = re.compile(
    r"""\b(?:you(?:r|['’]re)?|please|sorry|oops|whoops|we(?:['’]re|['’]ve)?|our|us|homepage|home\spage|click|try\sagain|go\sback|(?:this|the|requested|web)\s(?:page|url|link|address)
      |sie|ihre?[nmrs]?|bitte|seite|vous|votre|vos|désolée?s?|cette\spage|usted|lo\ssentimos|página|tu|pagina|spiacenti|desculpe|você|uw|jouw?|strona|przepraszamy|sayfa|üzgünüz
      |вы|вас|вам|ваш\w*|извините|пожалуйста|страниц\w+|ви|вибачте|сторінк\w+)\b
    | 您|抱歉|页面|頁面|お探し|ページ|الصفحة|عذر""",
    re.I | re.X,
)
QUOTED = re.compile(r"„[^“”\n]{0,200}[“”]|[\"“„«「『][^\"”»」』]{0,200}[\"”»」』]")
SENTENCES = re.compile(r"(?<=[.!?…。！？؟।])\s*|\n")
TOLD = 80  # characters of sentences that speak to nobody, from which a page tells news


EMPTY = Rejected("empty", "the content holds no text; check the scraper")


def why_no_article(blocks: Sequence[Block], labels: Sequence[Label]) -> Rejected | None:
    """None where there is an article; else `error_page`, `login_wall`, `video_page`, `listing_page` or `no_article`."""
    body = [block.text for block, label in zip(blocks, labels, strict=True) if label.is_body]
    size = sum(map(width, body))
    page = "\n".join(block.text for block in blocks[:400])[:SCANNED]
    alone = size < ERROR_BODY and not _tells(body)
    if alone and (found := ERROR.search(page)):
        return Rejected("error_page", f"the page is an error message ({_quote(found[0])}); fetch it again")
    if alone and size < LOGIN_BODY and (found := LOGIN.search(page)):
        return Rejected("login_wall", f"the page asks to log in ({_quote(found[0])}); fetch it with access")
    if alone and len(body) <= SHORT_PAGE and body and NOTHING.match(body[0]):
        return Rejected("no_article", f"the page says that it is none ({_quote(body[0])})")
    if (size >= SHORTEST_BODY or (body and len(blocks) <= SHORT_PAGE)) and _speaks(body):
        return None
    if found := VIDEO.search(page):
        return Rejected("video_page", f"the page is a video without text ({_quote(found[0])})")
    if len(blocks) >= MANY_LINES:
        return Rejected("listing_page", f"the page has {len(blocks)} short lines and no article; it lists other pages")
    return Rejected("no_article", "the page holds no text that reads as an article")


def _speaks(body: Sequence[str]) -> bool:
    """Something in it is a sentence, or too long for a link."""
    return any(is_long(text) or (width(text) >= SHORTEST_SENTENCE and text.endswith(SENTENCE_END)) for text in body)


def _tells(body: Sequence[str]) -> bool:
    """Whether enough of it are sentences that do not speak to the reader, nor of the page."""
    told = [sentence for text in body for sentence in SENTENCES.split(QUOTED.sub("", text)) if sentence.endswith(SENTENCE_END)]
    return sum(width(sentence) for sentence in told if not ADDRESS.search(sentence)) >= TOLD


def _quote(text: str) -> str:
    return "“" + " ".join(text.split())[:60] + "”"
