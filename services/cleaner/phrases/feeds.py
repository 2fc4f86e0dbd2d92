"""What a feed prints below each of its articles, by language: "The post TITLE appeared first on SITE." The parts before, between and behind."""

APPEARED_FIRST = {
    "en": (
        "the post; the article; this article; this post; the story; this story",
        "appeared first on; first appeared on; originally appeared on; was originally published on; was first published on; first appeared in",
    ),
    "de": (
        "der beitrag; der artikel; dieser beitrag; dieser artikel",
        "erschien zuerst auf; erschien zuerst bei; ist zuerst erschienen auf; erschien zunächst auf; wurde zuerst veröffentlicht auf",
    ),
    "fr": (
        "l'article; l’article; cet article; le post; le billet",
        "est apparu en premier sur; est apparu en premier dans; est d'abord paru sur; est d’abord apparu sur",
    ),
    "es": (
        "la entrada; el artículo; el post; la noticia",
        "se publicó primero en; apareció primero en; aparece primero en; se publicó originalmente en",
    ),
    "it": ("l'articolo; l’articolo; il post", "proviene da; è apparso per la prima volta su; sembra essere il primo su"),
    "pt": (
        "o post; o artigo; a notícia; o conteúdo; a entrada",
        "apareceu primeiro em; aparece primeiro em; foi publicado primeiro em; surgiu primeiro em; foi publicado originalmente em",
    ),
    "nl": (
        "het bericht; het artikel; dit bericht; dit artikel",
        "verscheen eerst op; is eerst verschenen op; verscheen als eerste op; kwam eerst op",
    ),
    "ru": (
        "сообщение; запись; статья; публикация; новость",
        "появились сначала на; появилось сначала на; впервые появилась; впервые появилась на; впервые опубликована на; первым появился на",
    ),
    "uk": (
        "допис; запис; стаття; публікація; повідомлення",
        "з'явився спочатку на; з’явився спочатку на; вперше з'явився на; вперше з’явився на; "
        "вперше з'явилася на; вперше з’явилася на; спочатку з'явилася на; спочатку з’явилася на",
    ),
    "pl": ("artykuł; wpis; post", "pochodzi z serwisu; pojawił się poczatkowo na; pojawił się początkowo na; pojawił się najpierw na"),
    "tr": ("yazı", "ilk önce şurada ortaya çıktı"),
    "sv": ("inlägget; artikeln", "dök först upp på; publicerades först på"),
    "ar": (
        "ظهرت المقالة; ظهر المقال; ظهرت التدوينة; المقالة; المقال; التدوينة; ظهر الموضوع",
        "أولاً على; أولا على; أولًا على; ظهرت أولاً على; ظهر أولاً على",
    ),
}
# In Chinese and Japanese the words stand behind the title.
FIRST_APPEARED = {
    "zh": "最先出现在; 首先出现在; 最早出现于; 首先出現在; 最先出現在; 最早出現於; 首发于; 首發於",
    "ja": "に最初に表示されました; は最初に; が最初に公開されたのは; に最初に掲載されました",
}
