"""What stands around names in bylines. Keys are languages; phrases in lower case."""

# Before a name: "by Ann Lee". Words that mean other things too, so that what follows has to be a name.
BEFORE_NAME = {
    "en": "by; written by; words by; story by; text by; report by; reported by; reporting by; posted by; published by; an article by; "
    "article by; recipe by; column by; guest post by; interview by; "
    "analysis by; opinion by; review by; compiled by; as told to; from our correspondent",
    "de": "von; artikel von; rezept von; ein artikel von; ein bericht von; ein kommentar von; ein gastbeitrag von; ein interview von; "
    "eine analyse von; eine kolumne von; geschrieben von; interview von; aus berlin von; von unserer redakteurin; von unserem redakteur; "
    "von unserer mitarbeiterin; von unserem mitarbeiter; von unserer korrespondentin; von unserem korrespondenten; von unserer reporterin; "
    "von unserem reporter",
    "fr": "par; propos recueillis par; écrit par; rédigé par; publié par; un article de; une enquête de; un reportage de; entretien par; "
    "de notre correspondant; de notre correspondante; "
    "de notre envoyé spécial; de notre envoyée spéciale",
    "es": "por; escrito por; publicado por; redactado por; una crónica de; texto de; entrevista de",
    "pt": "por; escrito por; publicado por; texto de; reportagem de; uma reportagem de",
    "it": "di; a cura di; scritto da; pubblicato da; un articolo di; testo di; intervista di; dal nostro inviato; dalla nostra inviata",
    "nl": "door; geschreven door; een artikel van; tekst van; van onze verslaggever; van onze correspondent; door onze verslaggever; "
    "door onze correspondent",
    "sv": "av; skriven av; text av",
    "da": "af; skrevet af; tekst af",
    "no": "av; skrevet av; tekst av",
    "fi": "kirjoittanut",
    "ca": "escrit per",
    "ro": "scris de; un articol de",
    "pl": "przez; opracowała; opracował; opracowanie; oprac.; napisała; napisał; rozmawiała; rozmawiał",
    "cs": "napsala; napsal; připravila; připravil",
    "hu": "írta; szerzők",
    "tr": "yazan; haberi yazan; haber; kaleme alan",
    "el": "του; της; γράφει ο; γράφει η; γράφουν οι",
    "id": "oleh; ditulis oleh; laporan wartawan",
    "vi": "bởi",
    "ru": "беседовала; беседовал; подготовила; подготовил; написала; написал",
    "uk": "підготувала; підготував; написала; написав; розмовляла; розмовляв",
    "ar": "بقلم; كتب; كتبت; إعداد; كتبه; أعدها; أعده; حاوره; حاورته",
    "he": "מאת; כתב; כתבה",
    "fa": "نوشته; به قلم; گزارش از",
    "hi": "द्वारा",
    "zh": "记者; 記者; 本报记者; 本報記者; 特约记者; 见习记者; 实习记者; 文; 撰文; 作者; 编辑; 責任編輯; 责任编辑",
    "ja": "文; 記者; 取材; 執筆",
    "ko": "글",
}

# Before a name, with a colon or another mark: "Author: Ann Lee", "文／王小明".
LABEL = {
    "en": "author; authors; reporter; reporters; writer; writers; byline; text; words; story; contributor; contributors; editor; journalist",
    "de": "autor; autorin; autoren; text; bericht; verfasser; verfasst von; redakteur; redakteurin; interview",
    "fr": "auteur; autrice; auteure; auteurs; texte; rédaction; rédacteur; rédactrice; journaliste; reportage",
    "es": "autor; autora; autores; texto; redacción; redactor; redactora; periodista; crónica",
    "pt": "autor; autora; autores; texto; reportagem; repórter; redação; redator; jornalista",
    "it": "autore; autrice; autori; testo; redazione; giornalista; articolo",
    "nl": "auteur; auteurs; tekst; verslaggever; redactie",
    "sv": "text; skribent; reporter; författare",
    "da": "tekst; skribent; journalist; forfatter",
    "no": "tekst; journalist; skribent",
    "fi": "teksti; kirjoittaja; toimittaja",
    "ca": "autor; autora; text",
    "ro": "autor; autori; text; redactor",
    "pl": "autor; autorka; autorzy; tekst; redaktor; oprac; opracowanie; źródło i autor",
    "cs": "autor; autorka; autoři; text; redaktor",
    "hu": "szerző; írta",
    "tr": "yazar; yazan; haber; muhabir; editör",
    "el": "συντάκτης; συντάκτρια; κείμενο; ρεπορτάζ; επιμέλεια",
    "id": "penulis; reporter; editor; pewarta; laporan; kontributor; wartawan",
    "vi": "tác giả; bài; phóng viên; người viết",
    "ru": "автор; авторы; текст; корреспондент; журналист; автор текста; автор статьи; редактор",
    "uk": "автор; авторка; автори; текст; кореспондент; журналіст; журналістка; автор тексту",
    "ar": "بقلم; الكاتب; الكاتبة; كتب; كتبت; إعداد; المحرر; تحرير; المصدر والكاتب; مراسل; تقرير",
    "he": "מאת; כתב; כתבת",
    "fa": "نویسنده; خبرنگار; گزارش; نوشته",
    "hi": "लेखक; लेखिका; रिपोर्ट; रिपोर्टर; संवाददाता; लेखन",
    "bn": "লেখক; প্রতিবেদক",
    "th": "ผู้เขียน; เขียนโดย; โดย",
    "zh": "作者; 记者; 記者; 文; 撰文; 编辑; 編輯; 责任编辑; 責任編輯; 责编; 本报记者; 本報記者; 特约记者; 采访记者; 见习记者; 實習記者; 撰稿; "
    "来源记者; 报道记者",
    "ja": "文; 執筆; 取材; 取材・文; 文・写真; 記者; 筆者; 著者; ライター; 執筆者; 構成; 聞き手",
    "ko": "글; 기자; 취재; 글쓴이; 작성자; 저자",
}

# Behind a name in scripts that write it so: "홍길동 기자", "山田太郎記者".
BEHIND_NAME = {
    "ko": "기자; 특파원; 논설위원; 인턴기자; 선임기자",
    "ja": "記者; 論説委員; 特派員; 編集委員",
    "zh": "报道; 報道; 報導; 撰文",
    "hi": "की रिपोर्ट; द्वारा",
}

# What somebody does who writes for a paper.
ROLES = {
    "en": "writer; writers; reporter; reporters; correspondent; correspondents; editor; editors; columnist; contributor; contributors; "
    "journalist; journalists; "
    "producer; blogger; freelancer; intern; commentator; critic; presenter; photographer; staff; editor-in-chief; co-editor; editor-at-large",
    "de": "redakteur; redakteurin; korrespondent; korrespondentin; journalist; journalistin; chefredakteur; chefredakteurin; volontär; "
    "volontärin; reporterin; "
    "kolumnist; kolumnistin; chefreporter; chefreporterin; redaktionsleiter; redaktionsleiterin; auslandskorrespondent",
    "fr": "journaliste; journalistes; correspondant; correspondante; rédacteur; rédactrice; reporter; chroniqueur; chroniqueuse; éditorialiste; "
    "pigiste; envoyé; envoyée",
    "es": "redactor; redactora; periodista; corresponsal; columnista; editora; reportero; reportera; cronista; enviado; enviada",
    "pt": "repórter; jornalista; correspondente; colunista; editora; estagiário; estagiária; enviado; enviada; redator; redatora",
    "it": "giornalista; corrispondente; inviato; inviata; redattore; redattrice; caporedattore; caporedattrice; editorialista; collaboratore; "
    "collaboratrice",
    "nl": "redacteur; redactrice; verslaggever; verslaggeefster; journaliste; correspondente; columniste; freelancejournalist; hoofdredacteur",
    "sv": "redaktör; korrespondent; krönikör; ledarskribent; frilans; chefredaktör",
    "da": "redaktør; korrespondent; kommentator",
    "fi": "toimittaja; päätoimittaja; kirjeenvaihtaja",
    "pl": "redaktor; redaktorka; dziennikarz; dziennikarka; korespondent; korespondentka; publicysta; publicystka; reporterka",
    "tr": "muhabir; muhabiri; editör; editörü; temsilcisi; yazarı",
    "ru": "корреспондент; корреспондентка; редактор; журналист; журналистка; обозреватель; репортёр; репортер; собкор; колумнист; шеф-редактор; "
    "спецкор",
    "uk": "кореспондент; кореспондентка; редактор; редакторка; журналіст; журналістка; оглядач; оглядачка; репортер; репортерка; колумніст; "
    "колумністка",
    "ar": "مراسل; مراسلة; محرر; محررة; صحفي; صحفية; صحافي; صحافية; كاتب; كاتبة",
    "id": "wartawan; jurnalis; koresponden; redaktur; kontributor",
    "zh": "通讯员; 通訊員; 特派员; 特派員",
    "ja": "編集委員; 論説委員; 特派員; 支局長",
}

# Other words of an office or a newsroom, never of a name.
OFFICES = {
    "en": "editorial; contributing; news; newsroom; times; post; gazette; herald; tribune; courier; observer; journal; press; agency; agencies; "
    "bureau; desk; team; "
    "service; services; network; media; magazine; daily; weekly; radio; television; tv; newspaper; newspapers; reuters; bbc; cnn; npr; afp; ap; "
    "upi; dpa; efe; ansa; "
    "tass; chronicle; sentinel; standard; mail; telegraph; guardian; independent; examiner; dispatch; bulletin; review; reports; report; "
    "special; senior; chief; "
    "associate; assistant; political; sports; business; science; health; education; op-ed; opinion; freelance; fellow; analyst; author; "
    "broadcasting; online; digital; "
    "publisher; managing; deputy; specialist; publications; group",
    "de": "redaktion; lokalredaktion; sportredaktion; politikredaktion; kulturredaktion; wirtschaftsredaktion; zeitung; mitarbeiter; "
    "mitarbeiterin; autor; autorin; freie; freier; nachrichten; rundschau; anzeiger",
    "fr": "rédaction; spécial; spéciale; chef; service; agence; ouest-france",
    "es": "redacción; agencia; agencias; diario; noticias; especial",
    "pt": "redação; redacção; agência; jornal; colaboração; notícias; especial",
    "it": "redazione; agenzia; speciale",
    "nl": "redactie; dagblad; krant",
    "sv": "redaktionen; tidningen; nyheter; tidning",
    "pl": "redakcja; gazeta",
    "tr": "haber; ajansı; gazetesi",
    "ru": "редакция; новости; агентство; газета; специально; для; риа; интерфакс; тасс",
    "uk": "редакція; новини; агентство; газета; укрінформ; спеціально; для",
    "ar": "وكالة; وكالات; تحرير; التحرير; رئيس; صحيفة; جريدة; القدس; العربية",
    "id": "redaksi; antara",
    "zh": "编辑部",
    "ja": "編集部; 支局",
}

# For others who had a part in it: "photographs by Robert Roy", "Fotos: Max Au", "editing by Ann Lee".
OTHERS = {
    "en": "editing; edited; translation; translated; additional reporting; additional editing; production; produced; photographs; photography; "
    "photos; photo; pictures; picture; images; image; video; videos; illustration; illustrations; graphic; graphics; additional photos",
    "de": "bearbeitung; übersetzung; übersetzt; mit fotos; fotos; foto; bilder; bild; illustration; illustrationen; grafik; video",
    "fr": "avec photos; photos; photo; photographies; illustration; dessin; dessins; vidéo; images",
    "es": "fotos; foto; fotografías; fotografía; ilustración; imágenes; vídeo; video",
    "pt": "fotos; foto; fotografia; fotografias; ilustração; imagens; vídeo",
    "it": "foto; fotografie; illustrazione; illustrazioni; video",
    "nl": "foto's; foto’s; foto; fotografie; beeld; illustratie",
    "sv": "bilder; bild; foto; illustration",
    "fi": "kuvat; kuva",
    "pl": "zdjęcia; zdjęcie; fot.; fot; foto",
    "cs": "fotografie; foto",
    "tr": "fotoğraf; fotoğraflar",
    "ru": "фото; фотографии; иллюстрация; иллюстрации; видео",
    "uk": "фото; світлини; ілюстрація; ілюстрації; відео",
    "ar": "تصوير; صور; الصور",
    "id": "foto; fotografer",
    "zh": "图; 摄影; 攝影; 图片",
    "ja": "写真; 撮影; 絵",
    "ko": "사진",
}
OF = "by; von; van; par; por; de; di; door; av; af; oleh"  # between the work and its author

AND = "and; und; et; y; e; ed; en; og; och; ja; i; oraz; și; ve; és; και; и; і; та; و; dan; và; with; avec; mit; con; com; met; और; 和; 与; 與; 및"

# Between a name and what is no name any more: "Ann Lee Special to the Gazette", "Ann Lee in Brussels".
AFTER_NAME = (
    "special to; special for; exclusive to; exclusively for; on; in; at; from; for; of; is; was; last; first; "
    "aus; für; im; am; vom; zuletzt; à; dans; pour; le; mis; en; para; el; em; no; na; per; il; "
    "voor; op; "
    "для; в; из; на; у; з; di; i; dla; w; z; için; om; för; fra; från; till; til"
)
# With which towns of two words begin, and no names: "Porto Velho".
PLACE_LEADS = "new; san; santa; santo; são; sankt; saint; st.; los; las; port; porto; puerto; río; rio; bad; villa; ciudad; cidade; novo; hong"
# Where pictures are from: "Tada Mori / Shutterstock" took one.
PICTURE_SOURCES = (
    "shutterstock; getty; istock; unsplash; alamy; pexels; pixabay; flickr; wikimedia; depositphotos; adobe; dreamstime; freepik; canva; imago; "
    "instagram; facebook; twitter; youtube"
)
# Lower-case words within names.
PARTICLES = (
    "de; del; della; di; da; do; dos; das; du; des; la; le; el; al; van; der; den; ter; ten; von; zu; zur; zum; vom; und; y; e; i; bin; ibn; "
    "bint; ben; af; av; "
    "d'; san; st.; 't; in't; op; lo; los; las; dalla; dal; degli; mac; ap; abu; ul; ur; us; dit; ou"
)

# A heading above what is said of the author.
ABOUT_AUTHOR = {
    "en": "about the author; about the authors; about the writer; about the reporter; meet the author",
    "de": "über den autor; über die autorin; über die autoren; zum autor; zur autorin; zur person",
    "fr": "à propos de l'auteur; à propos de l’auteur; à propos de l'autrice; à propos de l’autrice; l'auteur; l’auteur",
    "es": "sobre el autor; sobre la autora; acerca del autor; sobre los autores",
    "it": "l'autore; l’autore; l'autrice; l’autrice; sull'autore; sull’autore; chi è l'autore; chi è l’autore",
    "pt": "sobre o autor; sobre a autora; sobre os autores",
    "nl": "over de auteur; over de schrijver; over de auteurs",
    "ru": "об авторе; об авторах", "uk": "про автора; про авторку; про авторів", "ar": "عن الكاتب; نبذة عن الكاتب; عن المؤلف",
    "zh": "作者简介; 关于作者; 作者簡介; 關於作者", "ja": "著者プロフィール; 筆者プロフィール; 著者について; この記事を書いた人; 著者紹介",
    "pl": "o autorze; o autorce", "sv": "om författaren; om skribenten", "tr": "yazar hakkında", "ko": "기자 소개; 필자 소개; 저자 소개",
}  # fmt: skip
