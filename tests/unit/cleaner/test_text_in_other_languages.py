"""Pages in other languages come out unbroken: every sentence kept, the furniture removed, the language told."""

# ruff: noqa: E501 - the samples are written as they stand on a page
from __future__ import annotations

from datetime import date

import pytest

from copydesk.services.cleaner.stripped_text import PageContext, clean_text
from copydesk.services.cleaner.tiling import rebuild
from copydesk.shared.records.cleaned import CleanedPart

PAGES = {
    "es": (
        ["Inicio", "Noticias", "Deportes", "Suscríbete"],
        "El ayuntamiento mantendrá abierta la antigua biblioteca",
        [
            "El pleno del ayuntamiento acordó el martes mantener abierta la antigua biblioteca del barrio, después de que más de dos mil vecinos firmaran una petición en contra de su cierre.",
            "«Hemos escuchado a la gente», dijo la alcaldesa al término de la sesión, y añadió que las obras del tejado comenzarán en septiembre con fondos de la diputación.",
            "La oposición criticó que el gobierno local tardara casi un año en tomar la decisión y pidió un plan para los otros tres edificios que necesitan reformas urgentes.",
            "La biblioteca, construida en 1924, recibe cada semana a unos ochocientos lectores, la mayoría de ellos estudiantes de los institutos cercanos.",
        ],
        ["Noticias relacionadas", "Suben los precios de la vivienda", "Deja un comentario", "Todos los derechos reservados"],
    ),
    "de": (
        ["Startseite", "Politik", "Wirtschaft", "Anmelden"],
        "Stadtrat lässt alte Bibliothek geöffnet",
        [
            "Der Stadtrat hat am Dienstag beschlossen, die alte Bibliothek im Norden der Stadt offen zu halten, nachdem mehr als zweitausend Einwohner gegen die Schließung unterschrieben hatten.",
            "„Wir haben zugehört“, sagte die Bürgermeisterin nach der Sitzung und kündigte an, dass die Arbeiten am Dach im September mit Geld vom Land beginnen sollen.",
            "Die Opposition bemängelte, dass die Verwaltung fast ein Jahr für die Entscheidung gebraucht habe, und verlangte einen Plan für drei weitere Gebäude.",
            "Das Haus aus dem Jahr 1924 zählt jede Woche rund achthundert Besucher, die meisten von ihnen Schülerinnen und Schüler der umliegenden Gymnasien.",
        ],
        ["Mehr zum Thema", "Mieten steigen weiter", "Kommentar verfassen", "Impressum", "Datenschutz"],
    ),
    "fr": (
        ["Accueil", "Politique", "Économie", "Se connecter"],
        "Le conseil municipal garde l’ancienne bibliothèque ouverte",
        [
            "Le conseil municipal a décidé mardi de garder ouverte l’ancienne bibliothèque du quartier nord, après que plus de deux mille habitants eurent signé une pétition contre sa fermeture.",
            "« Nous avons écouté les gens », a déclaré la maire à l’issue de la séance, en ajoutant que les travaux du toit commenceraient en septembre avec l’aide du département.",
            "L’opposition a reproché à la mairie d’avoir attendu près d’un an et a demandé un plan pour les trois autres bâtiments qui doivent être rénovés.",
            "Construite en 1924, la bibliothèque reçoit chaque semaine environ huit cents lecteurs, pour la plupart des élèves des lycées voisins.",
        ],
        ["À lire aussi", "Les loyers augmentent encore", "Laisser un commentaire", "Mentions légales"],
    ),
    "ar": (
        ["الرئيسية", "أخبار", "رياضة"],
        "المجلس البلدي يبقي المكتبة القديمة مفتوحة",
        [
            "قرر المجلس البلدي يوم الثلاثاء إبقاء المكتبة القديمة في شمال المدينة مفتوحة، بعد أن وقع أكثر من ألفي ساكن عريضة ضد إغلاقها خلال الأشهر الماضية.",
            "وقالت رئيسة البلدية بعد الجلسة إن المجلس استمع إلى الناس، وأضافت أن أعمال السقف ستبدأ في شهر سبتمبر بتمويل من المحافظة.",
            "وانتقدت المعارضة تأخر البلدية قرابة عام كامل في اتخاذ القرار، وطالبت بخطة واضحة للمباني الثلاثة الأخرى التي تحتاج إلى ترميم عاجل.",
            "وتستقبل المكتبة التي بنيت عام 1924 نحو ثمانمئة قارئ كل أسبوع، معظمهم من طلاب المدارس القريبة منها.",
        ],
        ["اقرأ أيضا", "ارتفاع أسعار الإيجار"],
    ),
    "zh": (
        ["首页", "新闻", "体育", "登录"],
        "市议会决定保留老图书馆",
        [
            "市议会星期二决定继续开放位于城北的老图书馆，此前有两千多名居民签名反对关闭这座图书馆，签名活动持续了三个多月，引起了广泛的关注和讨论。",
            "市长在会后表示，市政府听取了市民的意见，并补充说，屋顶的维修工程将于九月开始，所需资金由省政府提供，预计明年春天完工。",
            "反对派批评市政府用了将近一年的时间才作出决定，并要求为另外三座急需维修的建筑制定明确的计划，以免再次出现同样的问题。",
            "这座图书馆建于一九二四年，每周接待约八百名读者，其中大多数是附近中学的学生，他们放学后在这里读书和写作业。",
        ],
        ["相关新闻", "房租继续上涨", "版权所有"],
    ),
    "ja": (
        ["ホーム", "ニュース", "スポーツ", "ログイン"],
        "市議会、古い図書館の存続を決定",
        [
            "市議会は火曜日、市北部にある古い図書館を引き続き開館することを決めた。閉館に反対する署名がこの三か月で二千人を超えたことを受けたもので、全会一致だった。",
            "市長は閉会後、「市民の声を聞いた」と述べ、屋根の工事は県の補助金を使って九月に始まり、来年の春には終わる見通しだと説明した。",
            "野党側は、決定までにほぼ一年かかったことを批判し、改修が急がれるほかの三つの建物についても、はっきりした計画を示すよう求めた。",
            "図書館は一九二四年に建てられ、毎週およそ八百人が利用している。その多くは近くの学校に通う生徒たちで、放課後に本を読みに来る。",
        ],
        ["関連記事", "家賃の上昇続く", "コメントを書く"],
    ),
    "hi": (
        ["होम", "समाचार", "खेल", "लॉग इन"],
        "नगर परिषद ने पुराने पुस्तकालय को खुला रखने का फ़ैसला किया",
        [
            "नगर परिषद ने मंगलवार को शहर के उत्तर में बने पुराने पुस्तकालय को खुला रखने का फ़ैसला किया, क्योंकि दो हज़ार से ज़्यादा लोगों ने उसे बंद करने के ख़िलाफ़ हस्ताक्षर किए थे।",
            "बैठक के बाद महापौर ने कहा कि परिषद ने लोगों की बात सुनी है, और बताया कि छत की मरम्मत का काम सितंबर में राज्य सरकार के पैसे से शुरू होगा।",
            "विपक्ष ने इस बात की आलोचना की कि फ़ैसला लेने में लगभग एक साल लगा, और तीन दूसरी इमारतों के लिए भी साफ़ योजना की माँग की, जिन्हें मरम्मत की ज़रूरत है।",
            "1924 में बने इस पुस्तकालय में हर हफ़्ते क़रीब आठ सौ पाठक आते हैं, जिनमें से ज़्यादातर आसपास के स्कूलों के विद्यार्थी हैं।",
        ],
        ["ये भी पढ़ें", "किराए में बढ़ोतरी जारी"],
    ),
}


@pytest.mark.parametrize("language", PAGES)
@pytest.mark.parametrize("gap", ["\n", "\n\n"], ids=["lines", "blank lines"])
def test_a_page_comes_out_unbroken(language: str, gap: str) -> None:
    menu, title, paragraphs, tail = PAGES[language]
    page = gap.join([*menu, title, *paragraphs, *tail])
    part = clean_text(page, PageContext(date(2024, 5, 18)))
    assert isinstance(part, CleanedPart)
    expected = [" ".join(paragraph.split()) for paragraph in paragraphs]
    assert part.body.split("\n\n") == expected
    assert part.title == title
    assert part.language == language
    assert part.language_confidence is not None and part.language_confidence > 0.5
    assert rebuild(part) == page
