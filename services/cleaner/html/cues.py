"""Words that name the parts of a page, in several languages. A cue is a hint for the model, never a verdict."""

from __future__ import annotations

import re

# A cue is a list of phrases of one to three words, lower case, parted by "; ".
PHRASES = {
    "share": "share; tweet; pin it; facebook; twitter; whatsapp; linkedin; pinterest; telegram; reddit; instagram; youtube; copy link; teilen; "
    "partager; compartir; compartilhar; condividi; 分享; シェア",
    "subscribe": "subscribe; newsletter; newsletters; sign up; inbox; join us; join our; join now; free trial; subscriber; subscribers; "
    "abonnieren; abonnez; inscrivez; suscríbete; suscríbase; boletín; iscriviti; assine; 订阅; 購読",
    "follow": "follow us; follow me; follow; like us; stay tuned; stay connected; our app; the app; síguenos; folgen sie; suivez; 关注; フォロー",
    "comment": "comment; comments; reply; replies; leave a reply; required fields; kommentar; kommentare; commentaire; commentaires; comentario; "
    "comentarios; comentários; 评论; コメント",
    "related": "related; read more; read next; read also; also read; see also; more from; more on; more stories; more news; more articles; you "
    "may; might also; also like; recommended; trending; most read; most popular; latest; previous; next post; next article; up next; "
    "lire aussi; à lire; leer más; puede interesar; lea también; leia também; weiterlesen; mehr zum; mehr; keep reading; further "
    "reading; editor's picks; اقرأ; 相关; 関連",
    "legal": "copyright; all rights; terms of; privacy policy; cookie; cookies; disclaimer; disclosure; affiliate; commission; commissions; "
    "alle rechte; tous droits; todos los; 版权",
    "account": "log in; login; sign in; register; my account; cart; checkout; password; anmelden; connexion; iniciar sesión; skip to; menu; "
    "search; close; toggle; open; navigation; home; back to",
    "advert": "advertisement; advertisements; sponsored; advertorial; promoted; anzeige; publicité; publicidad; werbung; 广告",
    "action": "learn more; click here; contact us; get started; buy now; shop now; book a; book now; book your; request a; schedule; download; "
    "try it; try for; get a; free quote; call us; view all; see all; load more; show more; donate; support us; check price; check "
    "out; read full; get in touch; contact; see more; get your; for free; free consultation; talk to; demo",
    "byline": "by; von; par; por; di; written by; posted by; reviewed by; edited by; author; medically reviewed; fact checked; min read; mins "
    "read; minute read; minutes read; reading time; updated; published; posted on; last updated; last modified; written; editor",
    "biography": "is a; is an; is the; about the author; lives in; has written; is passionate; writer; author; editor; reporter; journalist; "
    "founder; freelance; expert; contributor; consultant; specialist; he has; she has; years of experience; meet the",
    "credit": "photo; photos; image; images; picture; illustration; credit; credits; courtesy; getty images; getty; shutterstock; unsplash; ap "
    "photo; reuters; afp; foto; crédit; istock; pexels; photograph; photographer; source",
    "tags": "tags; tag; topics; topic; category; categories; filed under; keywords; posted in; labels; tagged; tagged with",
    "contents": "table of; contents; in this article; in this post; in this guide; jump to; on this page; inhalt; sommaire; overview",
    "takeaway": "key takeaways; takeaways; tl dr; summary; at a glance; highlights; key points; conclusion; final thoughts; bottom line; faq; "
    "faqs; frequently asked; references; sources; notes; footnotes; bibliography; citations",
    "you": "you; your; we; our; us; i; my; me",
    "function": "the; of; and; to; in; that; was; for; with; as; on; at; from; but; not; which; their; it; this; have; be; are; der; die; und; "
    "das; ist; nicht; den; le; la; les; des; et; est; que; dans; pour; el; los; las; en; por; con; una; il; che; di; per; não; um; "
    "uma; de; en; het; van; een; og; att; som; и; в; не; на; что; في; من; على; के; में; की; है; yang; dan; ve; bir",
}
ENDINGS = (".", "!", "?", "。", "！", "？", "।", "۔", "؟", "…", '."', ".”", '?"', "?”", '!"', "!”", ".)", "」", ".’", "»")
DATE = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b")
WEB = re.compile(r"https?:|www\.|@\w|\.com\b|\.org\b|\.net\b")
PRICE = re.compile(r"[$€£¥₹]\s?\d|★")
# Japanese, Chinese and Thai write no spaces: two of their characters count as a word.
UNSPACED = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
WORD = re.compile(rf"[{UNSPACED}]{{1,2}}|[^\W{UNSPACED}]+")
LOOKED_AT = 40  # words from the start of a block, and half as many from its end


def _index() -> dict[tuple[str, ...], int]:
    index: dict[tuple[str, ...], int] = {}
    for bit, phrases in enumerate(PHRASES.values()):
        for phrase in phrases.split("; "):
            key = tuple(WORD.findall(phrase))
            index[key] = index.get(key, 0) | 1 << bit
    return index


INDEX = _index()
STARTS = frozenset(key[0] for key in INDEX)
CUES = tuple(PHRASES)


def cues(words: list[str]) -> list[int]:
    """How often each cue of CUES occurs among a block's lower-case words, looking at its start and end."""
    if len(words) > LOOKED_AT * 3 // 2:
        words = words[:LOOKED_AT] + words[-LOOKED_AT // 2 :]
    counts = [0] * len(CUES)
    for at, word in enumerate(words):
        if word in STARTS:
            for size in (1, 2, 3):
                bits = INDEX.get(tuple(words[at : at + size]), 0)
                while bits:
                    low = bits & -bits
                    counts[low.bit_length() - 1] += 1
                    bits ^= low
    return counts
