"""How languages say that somebody says: their frequent verbs, “according to”, “he” and “she”."""

from __future__ import annotations

from dataclasses import dataclass

from copydesk.services.tagger.entities.words import SAID


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
        r"dijo|dijeron|dice|dicen|dicho|afirmó|afirma|afirmado|declaró|declara|declarado|señaló|señala|señalado|explicó|explica|"
        r"explicado|aseguró|asegura|"
        r"asegurado|añadió|añade|agregó|agrega|indicó|indica|indicado|manifestó|expresó|expresa|comentó|comenta|sostuvo|sostiene|"
        r"subrayó|subraya|destacó|"
        r"destaca|recordó|recuerda|insistió|insiste|advirtió|advierte|respondió|responde|preguntó|pregunta|concluyó|concluye|admitió|"
        r"reconoció|reconoce|"
        r"lamentó|apuntó|apunta|escribió|relató|contó|cuenta|denunció|denuncia|exclamó|precisó|detalló",
        r"[Ss]egún|[Dd]e acuerdo con|[Ee]n palabras de", r"[Éé]l|[Ee]lla", dashes=True,
    ),
    "fr": Saying(
        r"a|ont|avait|s’est|s'est|a-t-il|a-t-elle|aussi|ensuite",
        r"dit|disent|déclaré|déclare|affirmé|affirme|expliqué|explique|ajouté|ajoute|indiqué|indique|précisé|précise|assuré|assure|"
        r"souligné|souligne|estimé|"
        r"estime|rappelé|rappelle|raconté|raconte|confié|confie|lancé|lance|répondu|répond|conclu|conclut|insisté|insiste|martelé|"
        r"reconnu|reconnaît|regretté|"
        r"regrette|admis|admet|prévenu|prévient|écrit|poursuivi|poursuit|commenté|commente|résumé|résume|témoigné|témoigne|exclamé|"
        r"exclame|dénoncé|dénonce",
        r"[Ss]elon|[Dd]['’]après", r"-t-(?:il|elle)|-(?:il|elle)|[Ii]l|[Ee]lle", dashes=True,
    ),
    "de": Saying(
        r"hat|habe|hatte|auch|so",
        r"sagte|sagten|sagt|sagen|gesagt|erklärte|erklärt|betonte|betont|teilte|fügte|meinte|meint|berichtete|berichtet|kritisierte|"
        r"kritisiert|schrieb|"
        r"schreibt|warnte|warnt|forderte|fordert|lobte|lobt|erinnerte|erinnert|rief|ruft|antwortete|fragte|fragt|ergänzte|ergänzt|"
        r"kündigte|räumte|erzählt|erzählte|bestätigte|äußerte|so",
        r"[Ll]aut|[Nn]ach Angaben von|[Nn]ach den Worten von|[Zz]ufolge", r"[Ee]r|[Ss]ie",
    ),
    "it": Saying(
        r"ha|hanno|aveva|anche|poi",
        r"detto|dice|disse|dicono|dichiarato|dichiara|spiegato|spiega|affermato|afferma|aggiunto|aggiunge|sottolineato|sottolinea|"
        r"commentato|commenta|"
        r"ricordato|ricorda|scritto|scrive|raccontato|racconta|ribadito|ribadisce|assicurato|concluso|conclude|risposto|risponde|"
        r"osservato|osserva|ammesso",
        r"[Ss]econdo|[Aa] detta di", r"[Ll]ui|[Ll]ei", dashes=True,
    ),
    "pt": Saying(
        r"tem|também|depois|já",
        r"disse|disseram|diz|dizem|afirmou|afirma|declarou|declara|explicou|explica|acrescentou|acrescenta|ressaltou|destacou|destaca|"
        r"comentou|comenta|"
        r"lembrou|lembra|informou|informa|garantiu|garante|escreveu|contou|conta|concluiu|conclui|respondeu|responde|criticou|referiu|"
        r"sublinhou|frisou|adiantou",
        r"[Ss]egundo|[Dd]e acordo com|[Nn]as palavras de", r"[Ee]le|[Ee]la", dashes=True,
    ),
    "nl": Saying(
        r"heeft|hebben|had|ook|verder",
        r"zei|zeiden|zegt|zeggen|gezegd|verklaarde|verklaart|vertelde|vertelt|aldus|stelt|stelde|schrijft|schreef|benadrukte|benadrukt|"
        r"legt|legde|voegt|"
        r"voegde|reageerde|reageert|meent|vindt|vond|liet|laat|waarschuwt|waarschuwde|antwoordde",
        r"[Vv]olgens", r"[Hh]ij|[Zz]ij|[Zz]e",
    ),
    "ru": Saying(
        r"также|ранее|потом",
        r"сказал[аи]?|говорит|говорят|говорил[аи]?|заявил[аио]?|заявляет|отметил[аи]?|отмечает|добавил[аи]?|добавляет|сообщил[аи]?|"
        r"сообщает|подчеркнул[аи]?|"
        r"подчеркивает|рассказал[аи]?|рассказывает|объяснил[аи]?|объясняет|пояснил[аи]?|поясняет|уточнил[аи]?|считает|ответил[аи]?|"
        r"написал[аи]?|пишет|"
        r"спросил[аи]?|заключил[аи]?|признал[аи]?|предупредил[аи]?|напомнил[аи]?|воскликнул[аи]?|указал[аи]?|цитирует",
        r"[Пп]о словам|[Пп]о мнению|[Пп]о данным", r"[Оо]н|[Оо]на", dashes=True,
    ),
    "uk": Saying(
        r"також|раніше|потім",
        r"сказа(?:в|ла|ли)|каже|кажуть|говорить|заяви(?:в|ла|ли)|заявляє|зазначи(?:в|ла|ли)|зазначає|дода(?:в|ла|ли)|додає|"
        r"повідоми(?:в|ла|ли)|повідомляє|"
        r"наголоси(?:в|ла|ли)|наголошує|розпові(?:в|ла|ли)|розповідає|поясни(?:в|ла|ли)|пояснює|уточни(?:в|ла|ли)|вважає|відпові(?:в|"
        r"ла|ли)|написа(?:в|ла|ли)|"
        r"пише|запита(?:в|ла|ли)|визна(?:в|ла|ли)|попереди(?:в|ла|ли)|підкресли(?:в|ла|ли)",
        r"[Зз]а словами|[Нн]а думку|[Зз]а даними", r"[Вв]ін|[Вв]она", dashes=True,
    ),
    "pl": Saying(
        r"także|też|również|potem",
        r"powiedział[ao]?|powiedzieli|mówi|mówią|mówił[ao]?|stwierdził[ao]?|stwierdza|dodał[ao]?|dodaje|podkreślił[ao]?|podkreśla|"
        r"zaznaczył[ao]?|zaznacza|"
        r"wyjaśnił[ao]?|wyjaśnia|poinformował[ao]?|informuje|ocenił[ao]?|ocenia|przyznał[ao]?|przyznaje|napisał[ao]?|pisze|"
        r"odpowiedział[ao]?|zapytał[ao]?|"
        r"opowiada|zapewnił[ao]?|zapewnia|oświadczył[ao]?|tłumaczy|przekonuje|twierdzi|zauważył[ao]?|zauważa",
        r"[Ww]edług|[Zz]daniem|[Jj]ak powiedział[ao]?", r"[Oo]n|[Oo]na", dashes=True,
    ),
    "cs": Saying(
        r"také|dále|pak",
        r"řekl[ai]?|říká|uvedl[ai]?|uvádí|dodal[ai]?|dodává|prohlásil[ai]?|sdělil[ai]?|vysvětlil[ai]?|vysvětluje|upozornil[ai]?|"
        r"zdůraznil[ai]?|míní|popsal[ai]?|"
        r"potvrdil[ai]?|napsal[ai]?|odpověděl[ai]?|myslí si|tvrdí|doplnil[ai]?|konstatoval[ai]?|komentoval[ai]?",
        r"[Pp]odle|[Dd]le", r"[Oo]n|[Oo]na", dashes=True,
    ),
    "sk": Saying(
        r"tiež|ďalej|potom",
        r"povedal[ai]?|hovorí|uviedl[ai]?|uvádza|dodal[ai]?|dodáva|vyhlásil[ai]?|vysvetlil[ai]?|vysvetľuje|upozornil[ai]?|"
        r"zdôraznil[ai]?|myslí si|potvrdil[ai]?|"
        r"napísal[ai]?|odpovedal[ai]?|tvrdí|doplnil[ai]?|skonštatoval[ai]?",
        r"[Pp]odľa", r"[Oo]n|[Oo]na", dashes=True,
    ),
    "bg": Saying(
        r"също|по-рано",
        r"каза(?:ха)?|казва|заяви(?:ха)?|заявява|добави|добавя|посочи|обясни|обяснява|отбеляза|подчерта|съобщи|коментира|написа|"
        r"отговори|попита|допълни|смята",
        r"[Сс]поред|[Пп]о думите на", r"[Тт]ой|[Тт]я", dashes=True,
    ),
    "sr": Saying(
        r"је|су|takođe|je|su",
        r"рекао|рекла|рекли|каже|изјавио|изјавила|навео|навела|додао|додала|истакао|истакла|објаснио|објаснила|поручио|поручила|"
        r"написао|написала|оценио|"
        r"оценила|rekao|rekla|rekli|kaže|izjavio|izjavila|naveo|navela|dodao|dodala|istakao|istakla|objasnio|objasnila|poručio|"
        r"poručila|napisao|napisala|ocenio|ocenila",
        r"[Пп]рема речима|[Pp]rema rečima", r"[Оо]н|[Оо]на|[Oo]n|[Oo]na", dashes=True,
    ),
    "hr": Saying(
        r"je|su|također",
        r"rekao|rekla|rekli|kaže|izjavio|izjavila|naveo|navela|dodao|dodala|istaknuo|istaknula|objasnio|objasnila|poručio|poručila|"
        r"napisao|napisala|ocijenio|"
        r"ocijenila|kazao|kazala|ustvrdio|ustvrdila",
        r"[Pp]rema riječima", r"[Oo]n|[Oo]na", dashes=True,
    ),
    "sl": Saying(
        r"je|so|tudi",
        r"rekel|rekla|dejal|dejala|pravi|povedal|povedala|dodal|dodala|poudaril|poudarila|pojasnil|pojasnila|zapisal|zapisala|izjavil|"
        r"izjavila|meni",
        r"[Pp]o besedah", r"[Oo]n|[Oo]na", dashes=True,
    ),
    "sv": Saying(
        r"har|också|sedan|även",
        r"säger|sade|sa|skriver|skrev|berättar|berättade|menar|menade|förklarar|förklarade|tillägger|tillade|uppger|uppgav|svarar|"
        r"svarade|konstaterar|konstaterade|"
        r"hävdar|hävdade|betonar|betonade",
        r"[Ee]nligt", r"[Hh]an|[Hh]on", dashes=True,
    ),
    "da": Saying(
        r"har|også|så",
        r"siger|sagde|skriver|skrev|fortæller|fortalte|mener|mente|forklarer|forklarede|tilføjer|tilføjede|oplyser|oplyste|svarer|"
        r"svarede|udtaler|udtalte|lyder det fra",
        r"[Ii]følge", r"[Hh]an|[Hh]un", dashes=True,
    ),
    "no": Saying(
        r"har|også|så",
        r"sier|sa|skriver|skrev|forteller|fortalte|mener|mente|forklarer|forklarte|legger til|la til|opplyser|opplyste|svarer|svarte|"
        r"uttaler|uttalte|påpeker|understreker",
        r"[Ii]følge", r"[Hh]an|[Hh]un", dashes=True,
    ),
    "ro": Saying(
        r"a|au|și|mai",
        r"spus|spune|declarat|declară|afirmat|afirmă|adăugat|adaugă|precizat|precizează|explicat|explică|anunțat|anunță|subliniat|"
        r"subliniază|transmis|transmite|"
        r"scris|scrie|menționat|menționează|susținut|susține|răspuns|povestit",
        r"[Pp]otrivit|[Cc]onform", r"[Ee]l|[Ee]a", dashes=True,
    ),
    "hu": Saying(
        r"azt|el|is",
        r"mondta|mondja|közölte|közli|írta|írja|jelentette ki|hangsúlyozta|tette hozzá|magyarázta|nyilatkozta|válaszolta|fogalmazott|"
        r"emelte ki|állítja|jegyezte meg|kérdezte",
        r"(?!)", r"[Őő]", dashes=True,
    ),
    "tr": Saying(
        r"de|da|ise",
        r"dedi|diyor|diyen|diyerek|diye (?:konuştu|yazdı|ekledi|sordu|yanıtladı)|şeklinde konuştu|ifadelerini kullandı|ifadesini kullandı|söyledi|"
        r"belirtti|açıkladı|vurguladı|kaydetti|ekledi|yazdı",
        r"(?!)", r"[Oo]",
    ),
    "el": Saying(
        r"έχει|είχε|επίσης|ακόμη",
        r"είπε|είπαν|λέει|δήλωσε|δήλωσαν|δηλώνει|ανέφερε|τόνισε|τονίζει|πρόσθεσε|προσθέτει|σημείωσε|σημειώνει|υπογράμμισε|εξήγησε|"
        r"εξηγεί|έγραψε|απάντησε|υποστήριξε",
        r"[Σσ]ύμφωνα με", r"[Αα]υτός|[Αα]υτή", dashes=True,
    ),
    "fi": Saying(
        r"on|myös",
        r"sanoi|sanoo|kertoi|kertoo|totesi|toteaa|kirjoitti|kirjoittaa|lisäsi|lisää|selitti|selittää|vastasi|korosti|korostaa|arvioi|"
        r"muistutti", r"(?!)", r"[Hh]än", dashes=True,
    ),
    "ar": Saying(
        r"قد|كما",
        r"[وف]?(?:قال(?:ت|وا)?|يقول|تقول|أضاف(?:ت)?|أكد(?:ت)?|صرح(?:ت)?|أوضح(?:ت)?|ذكر(?:ت)?|أعلن(?:ت)?|أشار(?:ت)?|شدد(?:ت)?|"
        r"تابع(?:ت)?|كتب(?:ت)?|رد(?:ت)?|لفت(?:ت)?|بين(?:ت)?|اعتبر(?:ت)?)",
        r"وفقا ل|بحسب|حسب", r"هو|هي",
    ),
}  # fmt: skip
