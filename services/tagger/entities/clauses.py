"""Patterns of the clauses that attribute a quotation: “…,” X said · said X · according to X · X said: “…”. English, and the frequent
verbs of nine other languages in the same places."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from copydesk.services.tagger.entities.words import SAID

CLAUSE = 220  # characters that a clause of attribution may have
GAP = r"[ ,—–\u00a0\u202f-]*+"
NO_MARKS = r"[^\n“”\"«»„「」]"


@dataclass(frozen=True, slots=True)
class Saying:
    """How a language says that somebody says: auxiliaries, verbs, “according to”, “he” and “she”; each an alternative of a regular expression."""

    auxiliaries: str
    verbs: str
    according: str
    pronouns: str = r"(?!)"
    dashes: bool = False  # whether a dash at the beginning of a paragraph begins a speech


SAYINGS = {
    "en": Saying(
        r"has|have|had|also|later|then|further|reportedly|previously|went on to",
        rf"{SAID}|say|add",
        r"[Aa]ccording to|[Ii]n the words of",
        r"[Hh]e|[Ss]he",
    ),
    "es": Saying(
        r"ha|han|había|también|luego|así lo",
        r"dijo|dijeron|dice|dicen|dicho|afirmó|afirma|afirmado|declaró|declara|declarado|señaló|señala|señalado|explicó|explica|explicado|aseguró|asegura|"
        r"asegurado|añadió|añade|agregó|agrega|indicó|indica|indicado|manifestó|expresó|expresa|comentó|comenta|sostuvo|sostiene|subrayó|subraya|destacó|"
        r"destaca|recordó|recuerda|insistió|insiste|advirtió|advierte|respondió|responde|preguntó|pregunta|concluyó|concluye|admitió|reconoció|reconoce|"
        r"lamentó|apuntó|apunta|escribió|relató|contó|cuenta|denunció|denuncia|exclamó|precisó|detalló",
        r"[Ss]egún|[Dd]e acuerdo con|[Ee]n palabras de", r"[Éé]l|[Ee]lla", dashes=True,
    ),
    "fr": Saying(
        r"a|ont|avait|s’est|s'est|a-t-il|a-t-elle|aussi|ensuite",
        r"dit|disent|déclaré|déclare|affirmé|affirme|expliqué|explique|ajouté|ajoute|indiqué|indique|précisé|précise|assuré|assure|souligné|souligne|estimé|"
        r"estime|rappelé|rappelle|raconté|raconte|confié|confie|lancé|lance|répondu|répond|conclu|conclut|insisté|insiste|martelé|reconnu|reconnaît|regretté|"
        r"regrette|admis|admet|prévenu|prévient|écrit|poursuivi|poursuit|commenté|commente|résumé|résume|témoigné|témoigne|exclamé|exclame|dénoncé|dénonce",
        r"[Ss]elon|[Dd]['’]après", r"-t-(?:il|elle)|-(?:il|elle)|[Ii]l|[Ee]lle", dashes=True,
    ),
    "de": Saying(
        r"hat|habe|hatte|auch|so",
        r"sagte|sagten|sagt|sagen|gesagt|erklärte|erklärt|betonte|betont|teilte|fügte|meinte|meint|berichtete|berichtet|kritisierte|kritisiert|schrieb|"
        r"schreibt|warnte|warnt|forderte|fordert|lobte|lobt|erinnerte|erinnert|rief|ruft|antwortete|fragte|fragt|ergänzte|ergänzt|kündigte|räumte|erzählt|erzählte|bestätigte|äußerte|so",
        r"[Ll]aut|[Nn]ach Angaben von|[Nn]ach den Worten von|[Zz]ufolge", r"[Ee]r|[Ss]ie",
    ),
    "it": Saying(
        r"ha|hanno|aveva|anche|poi",
        r"detto|dice|disse|dicono|dichiarato|dichiara|spiegato|spiega|affermato|afferma|aggiunto|aggiunge|sottolineato|sottolinea|commentato|commenta|"
        r"ricordato|ricorda|scritto|scrive|raccontato|racconta|ribadito|ribadisce|assicurato|concluso|conclude|risposto|risponde|osservato|osserva|ammesso",
        r"[Ss]econdo|[Aa] detta di", r"[Ll]ui|[Ll]ei", dashes=True,
    ),
    "pt": Saying(
        r"tem|também|depois|já",
        r"disse|disseram|diz|dizem|afirmou|afirma|declarou|declara|explicou|explica|acrescentou|acrescenta|ressaltou|destacou|destaca|comentou|comenta|"
        r"lembrou|lembra|informou|informa|garantiu|garante|escreveu|contou|conta|concluiu|conclui|respondeu|responde|criticou|referiu|sublinhou|frisou|adiantou",
        r"[Ss]egundo|[Dd]e acordo com|[Nn]as palavras de", r"[Ee]le|[Ee]la", dashes=True,
    ),
    "nl": Saying(
        r"heeft|hebben|had|ook|verder",
        r"zei|zeiden|zegt|zeggen|gezegd|verklaarde|verklaart|vertelde|vertelt|aldus|stelt|stelde|schrijft|schreef|benadrukte|benadrukt|legt|legde|voegt|"
        r"voegde|reageerde|reageert|meent|vindt|vond|liet|laat|waarschuwt|waarschuwde|antwoordde",
        r"[Vv]olgens", r"[Hh]ij|[Zz]ij|[Zz]e",
    ),
    "ru": Saying(
        r"также|ранее|потом",
        r"сказал[аи]?|говорит|говорят|говорил[аи]?|заявил[аио]?|заявляет|отметил[аи]?|отмечает|добавил[аи]?|добавляет|сообщил[аи]?|сообщает|подчеркнул[аи]?|"
        r"подчеркивает|рассказал[аи]?|рассказывает|объяснил[аи]?|объясняет|пояснил[аи]?|поясняет|уточнил[аи]?|считает|ответил[аи]?|написал[аи]?|пишет|"
        r"спросил[аи]?|заключил[аи]?|признал[аи]?|предупредил[аи]?|напомнил[аи]?|воскликнул[аи]?|указал[аи]?|цитирует",
        r"[Пп]о словам|[Пп]о мнению|[Пп]о данным", r"[Оо]н|[Оо]на", dashes=True,
    ),
    "uk": Saying(
        r"також|раніше|потім",
        r"сказа(?:в|ла|ли)|каже|кажуть|говорить|заяви(?:в|ла|ли)|заявляє|зазначи(?:в|ла|ли)|зазначає|дода(?:в|ла|ли)|додає|повідоми(?:в|ла|ли)|повідомляє|"
        r"наголоси(?:в|ла|ли)|наголошує|розпові(?:в|ла|ли)|розповідає|поясни(?:в|ла|ли)|пояснює|уточни(?:в|ла|ли)|вважає|відпові(?:в|ла|ли)|написа(?:в|ла|ли)|"
        r"пише|запита(?:в|ла|ли)|визна(?:в|ла|ли)|попереди(?:в|ла|ли)|підкресли(?:в|ла|ли)",
        r"[Зз]а словами|[Нн]а думку|[Зз]а даними", r"[Вв]ін|[Вв]она", dashes=True,
    ),
    "pl": Saying(
        r"także|też|również|potem",
        r"powiedział[ao]?|powiedzieli|mówi|mówią|mówił[ao]?|stwierdził[ao]?|stwierdza|dodał[ao]?|dodaje|podkreślił[ao]?|podkreśla|zaznaczył[ao]?|zaznacza|"
        r"wyjaśnił[ao]?|wyjaśnia|poinformował[ao]?|informuje|ocenił[ao]?|ocenia|przyznał[ao]?|przyznaje|napisał[ao]?|pisze|odpowiedział[ao]?|zapytał[ao]?|"
        r"opowiada|zapewnił[ao]?|zapewnia|oświadczył[ao]?|tłumaczy|przekonuje|twierdzi|zauważył[ao]?|zauważa",
        r"[Ww]edług|[Zz]daniem|[Jj]ak powiedział[ao]?", r"[Oo]n|[Oo]na", dashes=True,
    ),
}  # fmt: skip


class Clauses:
    """The patterns for one language."""

    def __init__(self, saying: Saying) -> None:
        verb = rf"(?:(?:{saying.auxiliaries})\s+){{0,2}}(?:{saying.verbs})"
        self.dashes = saying.dashes
        self.verb_first = re.compile(rf"{GAP}{verb}\s+(?P<who>{NO_MARKS}+)")
        self.subject_first = re.compile(
            rf"{GAP}(?!(?:was|is|were|are|be|been|which|that|who|and|as|to)\b)(?P<who>{NO_MARKS}+?),? {verb}\b"
        )  # fmt: skip
        self.says = re.compile(rf" {verb}\b")
        self.according = re.compile(rf"{GAP}(?:{saying.according}) (?P<who>{NO_MARKS}+)")
        self.short = re.compile(rf" ?(?:[\w.’'-]+ ){{1,5}}{verb}(?: \w+)?(?:\.|,(?! ?[\"“]))")
        self.lead_in = re.compile(rf"(?P<who>{NO_MARKS}+?),? {verb}\b(?P<rest>{NO_MARKS}*)$")
        self.pronoun = re.compile(rf"(?:^|[\s,])(?:{saying.pronouns})$")
        self.calls_out = re.compile(rf"\b{verb}[,:] ?$")
        self.begins = re.compile(rf"[ \u00a0]?{verb}\b")
        self.inserted = re.compile(rf"(?<=[,!?…])[ \u00a0](?={verb}\b)")


@cache
def clauses_of(language: str) -> Clauses:
    """Those of a language by its code; English where none are known."""
    return Clauses(SAYINGS.get(language, SAYINGS["en"]))


PARTICIPLE = re.compile(r" (?:saying|adding|joking)\b")
NOBODY = re.compile(
    r"\b(?:spokes(?:man|woman|person|people)|official|officials|source|sources|statement|report|document|reporter|reporters|witness|witnesses|lawyers?|attorneys?|family|relatives?|who|police|residents?)\b",
    re.IGNORECASE,
)
AGENT = re.compile(
    r"\b(?:spokes(?:man|woman|person|people)|officials?|sources?|lawyers?|attorneys?|solicitors?|agents?|family|families|relatives?|friends?|aides?) "
    r"(?:for|of) $",
    re.IGNORECASE,
)  # of somebody who does not speak
BELONGS = re.compile(r" (?:of|from|at|with|for)\b")
PHRASE_END = re.compile(r"[,;:—–]|\((?![^()\n]{1,12}\) [A-Z])|\.(?=\s|$)|\n")
OWN_WORDS = re.compile(r"[’']s? (?:\w+ ){0,2}(?:statement|letter|post|tweet|message|report|e-?mail|speech|book|ruling|opinion|testimony|complaint)\b")
OWNER = re.compile(r"[’'](?:s\b| )")  # Huber’s partner said: somebody else speaks
APPOSED = re.compile(r", [A-Z]")  # said University of California, San Diego’s chancellor: the head comes later
OF = re.compile(r" (?:of|for|at|in|from|with|on|to|de|du|des|del|della|von|vom|der|van|da|do)\b")  # behind the head of a noun phrase
ABBREVIATION = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|Lt|Col|Sgt|St|[A-Z])$")
