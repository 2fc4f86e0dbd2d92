"""What stands above the headlines of other articles, and before one of them on its line. Keys are languages; phrases in lower case."""

# A line of its own above headlines of other articles.
HEADING = {
    "en": "read also; also read; read more; read next; read this next; up next; see also; more stories; more on this story; more on this; "
    "related; related stories; "
    "related articles; related news; related content; related links; related topics; related coverage; you may also like; you might also like; "
    "you might like; you may like; "
    "recommended; recommended for you; recommended reading; recommended stories; most read; most popular; most viewed; most shared; trending; "
    "trending now; trending stories; "
    "top stories; latest news; latest stories; latest headlines; more news; more headlines; more from us; editor's picks; editors' picks; "
    "editors’ picks; editor’s picks; "
    "don't miss; don’t miss; in case you missed it; icymi; from our partners; around the web; from around the web; promoted stories; "
    "promoted content; sponsored content; "
    "sponsored stories; what to read next; keep reading; popular stories; popular now; popular posts; recent posts; "
    "recent stories; other stories; "
    "other news; must read; must reads; must-read; more to read; more like this; similar stories; similar articles; related reading; "
    "related posts; also in the news; "
    "elsewhere on the site; suggested for you; suggested reads; explore more; continue exploring; readers also read; people also read; "
    "others are reading; "
    "what others are reading; story picks; next story; previous story; next article; previous article; paid content; ad content; "
    "you may also be interested in; "
    "you might also be interested in; also of interest; read our coverage",
    "de": "lesen sie auch; lies auch; lesen sie mehr; lesen sie dazu; lesen sie hierzu; lesen sie hier mehr; lesen sie mehr zum thema; "
    "lesen sie weiter; mehr zum thema; mehr dazu; "
    "mehr lesen; zum thema; auch interessant; auch lesenswert; lesenswert; das könnte sie auch interessieren; "
    "das könnte dich auch interessieren; das könnte sie interessieren; "
    "das könnte dich interessieren; auch das könnte sie interessieren; weitere artikel; weitere themen; weitere meldungen; weitere nachrichten; "
    "ähnliche artikel; ähnliche beiträge; "
    "verwandte artikel; verwandte themen; verwandte beiträge; mehr aus dem ressort; meistgelesen; meistgelesene artikel; meist gelesen; "
    "am meisten gelesen; empfohlen; "
    "empfehlungen; empfohlene artikel; unsere empfehlungen; empfehlungen der redaktion; redaktionstipp; neueste artikel; neueste nachrichten; "
    "aktuelle nachrichten; "
    "top-themen; topthemen; mehr nachrichten; passend zum thema; passend dazu; außerdem lesenswert; weiterlesen; nächster artikel; mehr news; "
    "beliebte artikel; "
    "auch spannend; lesetipps; lesetipp; mehr davon; siehe auch",
    "fr": "à lire aussi; a lire aussi; à lire également; a lire également; lire aussi; lire également; lire la suite; à lire; à lire ensuite; "
    "à voir aussi; voir aussi; "
    "sur le même sujet; sur le même thème; dans la même rubrique; articles liés; articles similaires; articles associés; articles connexes; "
    "vous aimerez aussi; "
    "vous pourriez aussi aimer; vous pourriez aimer; cela peut vous intéresser; ça peut vous intéresser; ceci peut vous intéresser; "
    "cela pourrait vous intéresser; "
    "les plus lus; le plus lu; les articles les plus lus; les plus consultés; recommandé pour vous; recommandés pour vous; nos recommandations; "
    "à découvrir; à découvrir aussi; "
    "à ne pas manquer; ne manquez pas; pour aller plus loin; plus d'articles; plus d’articles; plus d'infos; plus d’infos; autres articles; "
    "dernières nouvelles; "
    "dernières actualités; à la une; tendances; pour approfondir; en savoir plus; nos articles; notre dossier; la rédaction vous conseille; "
    "la rédaction vous recommande; "
    "lisez aussi; lisez également; lire plus; sur ce sujet",
    "es": "lee también; lea también; leer también; lee más; lea más; leer más; te puede interesar; te puede interesar también; "
    "también te puede interesar; le puede interesar; "
    "también le puede interesar; te podría interesar; te recomendamos; te recomendamos leer; le recomendamos; noticias relacionadas; "
    "noticia relacionada; artículos relacionados; "
    "artículo relacionado; relacionado; relacionados; relacionadas; más noticias; más sobre; más sobre este tema; más información; "
    "más información sobre; notas relacionadas; "
    "nota relacionada; temas relacionados; lo más leído; lo más visto; las más leídas; los más leídos; más leídas; lo más; recomendado; "
    "recomendados; recomendado para ti; "
    "recomendados para ti; no te pierdas; no se pierda; ver también; vea también; mira también; mirá también; mire también; leé también; "
    "además; otras noticias; últimas noticias; "
    "sigue leyendo; seguí leyendo; siga leyendo; tendencias; contenido relacionado; contenido patrocinado; quizás te interese; "
    "puede interesarte; puede interesarle; "
    "para leer más; entérate; conoce más; de interés; también puedes leer",
    "it": "leggi anche; leggete anche; legga anche; leggi di più; leggi tutto; leggi ancora; approfondisci; per approfondire; approfondimenti; "
    "approfondimento; "
    "potrebbe interessarti; potrebbe interessarti anche; ti potrebbe interessare; ti potrebbe interessare anche; potrebbero interessarti; "
    "articoli correlati; articolo correlato; "
    "notizie correlate; correlati; articoli simili; sullo stesso argomento; sullo stesso tema; i più letti; le più lette; più letti; più lette; "
    "altre notizie; "
    "ultime notizie; ultim'ora; da non perdere; non perderti; vedi anche; guarda anche; consigliati per te; consigliato per te; ti consigliamo; "
    "raccomandati; "
    "continua a leggere; altri articoli; della stessa sezione; in evidenza; leggi pure; scopri di più; notizie collegate",
    "pt": "leia também; leia mais; ler também; ler mais; leia ainda; leia a seguir; veja também; veja mais; saiba mais; veja ainda; mais lidas; "
    "as mais lidas; mais lidos; "
    "notícias relacionadas; artigos relacionados; relacionadas; relacionados; matérias relacionadas; conteúdo relacionado; "
    "conteúdos relacionados; você pode gostar; "
    "você também pode gostar; também pode gostar; pode interessar; pode interessar-lhe; também lhe pode interessar; recomendado; recomendados; "
    "recomendadas; recomendamos; "
    "recomendado para você; recomendadas para você; mais notícias; outras notícias; últimas notícias; não perca; em destaque; destaques; "
    "continue lendo; continue a ler; "
    "mais sobre; mais sobre o assunto; mais sobre este tema; sobre o mesmo tema; confira também; confira; conteúdo patrocinado; "
    "tópicos relacionados; assista também; mais vistas",
    "nl": "lees ook; lees meer; lees verder; lees hier meer; lees ook dit; meer over dit onderwerp; meer hierover; meer over; meer nieuws; "
    "gerelateerd; gerelateerde artikelen; "
    "gerelateerd nieuws; verwante artikelen; zie ook; bekijk ook; kijk ook; luister ook; best gelezen; meest gelezen; aanbevolen; "
    "aanbevolen voor jou; aanbevolen voor u; "
    "misschien vind je dit ook leuk; dit vind je misschien ook leuk; ook interessant; interessant voor jou; mis het niet; niet missen; "
    "laatste nieuws; andere artikelen; "
    "in het nieuws; net binnen; uitgelicht; meer artikelen; lees dit ook; ook lezen",
    "sv": "läs också; läs även; läs mer; läs vidare; mer om ämnet; mer i ämnet; relaterat; relaterade artiklar; mest läst; mest lästa; "
    "senaste nytt; fler nyheter; "
    "missa inte; rekommenderas; rekommenderat; rekommenderat för dig; fler artiklar; se även; se också; mer läsning; lästips; "
    "du kanske också gillar",
    "da": "læs også; læs mere; læs videre; relaterede artikler; relateret; relateret indhold; mest læste; mest læst; seneste nyt; "
    "flere nyheder; gå ikke glip af; "
    "anbefalet; anbefalede artikler; se også; mere om emnet; andre læser; flere artikler; mere fra",
    "no": "les også; les mer; les videre; relaterte artikler; relaterte saker; relatert; mest lest; mest leste; siste nytt; flere nyheter; "
    "anbefalt; anbefalte saker; "
    "se også; mer om saken; mer om; flere saker; gå ikke glipp av; andre leser",
    "fi": "lue myös; lue lisää; lue seuraavaksi; katso myös; aiheesta lisää; aiheeseen liittyvää; luetuimmat; luetuimmat jutut; suosittelemme; "
    "suositut; tuoreimmat; "
    "uusimmat; uusimmat uutiset; lisää aiheesta; muita uutisia",
    "pl": "czytaj także; czytaj też; czytaj również; przeczytaj także; przeczytaj też; przeczytaj również; zobacz także; zobacz też; "
    "zobacz również; czytaj więcej; "
    "więcej na ten temat; powiązane artykuły; powiązane; podobne artykuły; polecane; polecamy; polecamy także; najczęściej czytane; "
    "najpopularniejsze; najnowsze; "
    "najnowsze wiadomości; warto przeczytać; sprawdź także; sprawdź też; zobacz więcej; to cię może zainteresować; to może cię zainteresować; "
    "może cię zainteresować; "
    "więcej informacji; inne artykuły; pozostałe wiadomości; nie przegap; więcej",
    "cs": "čtěte také; přečtěte si také; čtěte též; přečtěte si i; související články; související; souvisí; mohlo by vás zajímat; "
    "může vás zajímat; nejčtenější; "
    "nejčtenější články; doporučujeme; další zprávy; další články; nepřehlédněte; podobné články; více k tématu; k tématu; více zde; "
    "více o tématu; přečtěte si více",
    "sk": "čítajte aj; prečítajte si aj; čítajte tiež; súvisiace články; mohlo by vás zaujímať; najčítanejšie; odporúčame; ďalšie články; "
    "viac k téme",
    "hu": "olvassa el; olvasd el; olvassa el ezt is; olvasd el ezt is; kapcsolódó cikkek; kapcsolódó; kapcsolódó cikk; ajánlott; "
    "ajánlott cikkek; ajánljuk; legolvasottabb; "
    "legnépszerűbb; legfrissebb; legfrissebb hírek; ez is érdekelheti; ez is érdekelhet; további hírek; további cikkek; ajánló; korábban írtuk; "
    "lásd még; hasonló cikkek",
    "ro": "citește și; citiți și; citeste si; cititi si; citește mai mult; citește mai departe; vezi și; vezi si; articole similare; "
    "articole înrudite; articole asemănătoare; "
    "știri similare; știri înrudite; pe același subiect; recomandări; recomandate; recomandat; recomandările redacției; cele mai citite; "
    "cele mai populare; ultimele știri; "
    "alte știri; te-ar putea interesa; v-ar putea interesa; s-ar putea să te intereseze; pe aceeași temă; nu rata; articolul următor",
    "tr": "ayrıca oku; ayrıca okuyun; bunları da oku; bunu da oku; bunları da okuyun; ilgili haberler; ilgili haber; benzer haberler; "
    "ilgili yazılar; ilginizi çekebilir; "
    "ayrıca bakınız; bakınız; ayrıca bakın; bunlar da ilginizi çekebilir; ilgini çekebilir; önerilen haberler; önerilen; önerilenler; "
    "çok okunanlar; en çok okunanlar; "
    "çok okunan haberler; son haberler; "
    "son dakika; diğer haberler; daha fazla; daha fazla haber; daha fazla oku; haberin devamı; kaçırmayın; günün öne çıkanları; "
    "editörün seçtikleri; sizin için seçtiklerimiz; devamını oku",
    "el": "διαβάστε επίσης; διαβάστε ακόμα; διαβάστε ακόμη; διάβασε επίσης; διάβασε ακόμα; δείτε επίσης; δείτε ακόμα; διαβάστε περισσότερα; "
    "διαβάστε; σχετικά άρθρα; "
    "σχετικά; σχετικές ειδήσεις; περισσότερα; δημοφιλή; δημοφιλέστερα; τα πιο δημοφιλή; ροή ειδήσεων; προτεινόμενα; μπορεί να σας ενδιαφέρει; "
    "μη χάσετε; "
    "τελευταία νέα; τελευταίες ειδήσεις; διαβάστε σχετικά; ακολουθήστε; άλλα θέματα",
    "ru": "читайте также; читать также; читайте ещё; читайте еще; читать ещё; читать еще; читайте далее; читать далее; читайте по теме; "
    "по теме; ещё по теме; еще по теме; "
    "материалы по теме; новости по теме; статьи по теме; другие материалы по теме; другие новости; другие новости по теме; похожие материалы; "
    "похожие новости; похожие статьи; "
    "смотрите также; смотреть также; см. также; рекомендуем; рекомендуем почитать; рекомендуемые материалы; вам может быть интересно; "
    "вам будет интересно; "
    "это интересно; возможно, вам будет интересно; популярное; самое читаемое; самое популярное; популярные новости; последние новости; "
    "главные новости; главное; "
    "новости партнёров; новости партнеров; материалы партнёров; в других сми; читать дальше; подробнее; подробнее по теме; на эту тему; "
    "связанные новости; не пропустите; сюжет; "
    "ранее по теме; выбор редакции; лучшее за неделю; вас может заинтересовать; узнать больше; что ещё почитать; что еще почитать; "
    "смотрите по теме",
    "uk": "читайте також; читати також; читайте ще; дивіться також; по темі; за темою; матеріали за темою; матеріали по темі; новини за темою; "
    "новини по темі; схожі новини; "
    "схожі матеріали; схожі статті; інші новини; інші новини за темою; популярне; популярні новини; найпопулярніше; останні новини; "
    "головні новини; головне; "
    "вам може бути цікаво; вам буде цікаво; може бути цікаво; це цікаво; рекомендуємо; рекомендовані матеріали; вибір редакції; читати далі; "
    "докладніше; детальніше; "
    "більше за темою; більше по темі; більше новин; новини партнерів; на цю тему; не пропустіть; раніше за темою; вас може зацікавити; "
    "що ще почитати; до теми; читайте по темі",
    "bg": "прочетете още; прочетете също; вижте още; вижте също; още по темата; свързани статии; свързани новини; най-четени; препоръчваме; "
    "последни новини; подобни статии; още новини",
    "sr": "pročitajte još; pročitajte i; povezane vesti; povezane teme; najčitanije; preporučujemo; izdvajamo; прочитајте још; прочитајте и; "
    "повезане вести; најчитаније; препоручујемо",
    "hr": "pročitajte i; pročitajte još; povezani članci; povezane vijesti; najčitanije; preporučeno; možda će vas zanimati; vezani članci; "
    "izdvojeno",
    "ca": "llegeix també; llegiu també; també et pot interessar; notícies relacionades; articles relacionats; el més llegit; més informació; "
    "més notícies; et pot interessar",
    "ar": "اقرأ أيضا; اقرأ أيضًا; اقرأ أيضاً; اقرأ ايضا; إقرأ أيضا; إقرأ أيضاً; اقرا ايضا; اقرأ المزيد; إقرأ المزيد; المزيد; للمزيد; "
    "قد يهمك أيضا; قد يهمك أيضاً; "
    "قد يهمك أيضًا; قد يهمك; ربما يهمك; قد يعجبك أيضا; قد يعجبك أيضاً; مواضيع ذات صلة; موضوعات ذات صلة; مواضيع متعلقة; موضوعات متعلقة; "
    "أخبار ذات صلة; اخبار ذات صلة; "
    "مقالات ذات صلة; ذات صلة; أخبار متعلقة; الأكثر قراءة; الأكثر مشاهدة; الأكثر شعبية; الأكثر تداولا; شاهد أيضا; شاهد أيضاً; شاهد أيضًا; "
    "شاهد ايضا; إقرأ أيضًا; انظر أيضًا; انظر أيضاً; طالع أيضًا; طالع أيضاً; تابع أيضًا; تابع أيضاً; قد يعجبك أيضًا; "
    "انظر أيضا; طالع أيضا; آخر الأخبار; "
    "أخبار أخرى; اخترنا لكم; اخترنا لك; نرشح لك; نوصي بقراءة; مقترحات; موضوعات مقترحة; تابع أيضا; مواضيع مشابهة; روابط ذات صلة; أهم الأخبار; "
    "يمكنك أيضا قراءة",
    "he": "קראו גם; קרא גם; לקריאה נוספת; כתבות נוספות; עוד בנושא; כתבות קשורות; אולי יעניין אותך; אולי יעניין אתכם; הנקראות ביותר; הכי נקראים; "
    "קראו עוד; עוד בנושא זה; "
    "כתבות מומלצות; מומלצים; ידיעות נוספות; עוד חדשות; אולי תאהבו",
    "fa": "بیشتر بخوانید; بخوانید; مطالب مرتبط; اخبار مرتبط; خبرهای مرتبط; همچنین بخوانید; این مطلب را هم بخوانید; پربازدیدترین; پربیننده‌ترین; "
    "پیشنهاد سردبیر; مرتبط; "
    "اخبار بیشتر; آخرین اخبار",
    "ur": "یہ بھی پڑھیں; مزید پڑھیں; متعلقہ خبریں; مزید خبریں; یہ بھی پڑھیے; مزید پڑھیے",
    "hi": "यह भी पढ़ें; ये भी पढ़ें; यह भी पढ़े; ये भी पढ़े; इसे भी पढ़ें; संबंधित खबरें; संबंधित ख़बरें; संबंधित समाचार; और पढ़ें; "
    "और भी पढ़ें; पढ़ें; सबसे ज्यादा पढ़ी गई; "
    "सबसे ज़्यादा पढ़ी गई; ताजा खबरें; ताज़ा ख़बरें; अन्य खबरें; आगे पढ़ें; यह भी देखें; ये भी देखें; संबंधित विषय; आपके लिए; ट्रेंडिंग; "
    "बड़ी खबरें; लोकप्रिय; ज़रूर पढ़ें; जरूर पढ़ें; मिलती जुलती खबरें",
    "bn": "আরও পড়ুন; আরো পড়ুন; সম্পর্কিত খবর; সর্বাধিক পঠিত; আরও খবর; আরো খবর; এই বিভাগের আরও খবর; সর্বশেষ খবর; সংশ্লিষ্ট খবর; পড়ুন",
    "ta": "மேலும் படிக்க; இதையும் படியுங்கள்; தொடர்புடைய செய்திகள்; இதையும் படிக்க",
    "th": "อ่านเพิ่มเติม; อ่านข่าวเพิ่มเติม; ข่าวที่เกี่ยวข้อง; บทความที่เกี่ยวข้อง; อ่านต่อ; ข่าวล่าสุด; ยอดนิยม; ข่าวยอดนิยม; "
    "เรื่องที่คุณอาจสนใจ; เนื้อหาที่เกี่ยวข้อง; ข่าวแนะนำ; อ่านข่าวที่เกี่ยวข้อง",
    "id": "baca juga; baca selengkapnya; baca lebih lanjut; berita terkait; artikel terkait; terkait; berita lainnya; artikel lainnya; "
    "terpopuler; berita terpopuler; "
    "terbaru; berita terbaru; rekomendasi; rekomendasi untuk anda; lihat juga; simak juga; simak pula; topik terkait; pilihan redaksi; "
    "pilihan editor; jangan lewatkan; "
    "baca pula; saksikan juga; selanjutnya; berita populer; artikel menarik lainnya",
    "ms": "baca juga; berita berkaitan; artikel berkaitan; berita lain; artikel lain; lagi berita; berita terkini; artikel berkaitan untuk anda",
    "vi": "xem thêm; đọc thêm; tin liên quan; bài liên quan; tin cùng chuyên mục; bài viết liên quan; tin tức liên quan; có thể bạn quan tâm; "
    "có thể bạn thích; "
    "đọc nhiều; đọc nhiều nhất; tin mới nhất; tin mới; tin nổi bật; tin khác; tin cùng chủ đề; mời bạn đọc thêm; xem nhiều; tin đọc nhiều; "
    "bài đọc nhiều",
    "tl": "basahin din; kaugnay na balita; basahin pa; iba pang balita",
    "zh": "相关新闻; 相关阅读; 相关文章; 相关报道; 相关链接; 相关内容; 相关推荐; 相关资讯; 延伸阅读; 推荐阅读; 猜你喜欢; 热门新闻; 热门文章; "
    "热门推荐; 热门阅读; 最新新闻; 最新消息; "
    "更多新闻; 更多内容; 更多阅读; 更多文章; 更多相关新闻; 阅读更多; 继续阅读; 下一篇; 上一篇; 点击排行; 阅读排行; 新闻排行; 您可能感兴趣; "
    "您可能喜欢; 你可能感兴趣; 你可能喜欢; 为您推荐; "
    "热点新闻; 今日热点; 精彩推荐; 编辑推荐; 小编推荐; 另请阅读; 同类文章; 其他新闻; 相關新聞; 相關閱讀; 相關文章; 相關報導; 相關連結; "
    "延伸閱讀; 推薦閱讀; 猜你喜歡; 熱門新聞; 熱門文章; "
    "更多新聞; 更多內容; 看更多; 繼續閱讀; 你可能也喜歡; 你可能還想看; 您可能也喜歡; 編輯推薦; 為您推薦; 人氣新聞; 點閱排行; 最新新聞; "
    "其他新聞; 關連新聞; 今日熱門; 更多報導; 查看更多; 扩展阅读",
    "ja": "関連記事; 関連ニュース; 関連リンク; 関連トピックス; 関連情報; 関連; あわせて読みたい; 合わせて読みたい; あわせて読む; おすすめ記事; "
    "おすすめ; お薦め記事; 注目記事; 人気記事; "
    "人気の記事; 人気記事ランキング; アクセスランキング; ランキング; 新着記事; 最新記事; 最新ニュース; 次の記事; 前の記事; こちらもおすすめ; "
    "こちらも読まれています; よく読まれている記事; "
    "よく読まれています; この記事も読まれています; もっと読む; 続きを読む; その他のニュース; ほかのニュース; ピックアップ; 特集記事; "
    "この記事に関連する記事; あなたにおすすめ; あなたにおすすめの記事; "
    "注目のニュース; 主要ニュース; 合わせてお読みください; 併せて読みたい; この記事を読んだ人におすすめ; 関連する記事; 関連コンテンツ; "
    "編集部のおすすめ",
    "ko": "관련기사; 관련 기사; 관련뉴스; 관련 뉴스; 추천기사; 추천 기사; 추천뉴스; 많이 본 뉴스; 많이 본 기사; 가장 많이 본 뉴스; 인기기사; "
    "인기 기사; 인기뉴스; 인기 뉴스; 함께 읽으면 좋은 기사; 함께 읽어보기; 함께 읽기; 함께 볼 기사; 같이 읽기; "
    "함께 볼 만한 기사; 함께 보면 좋은 기사; 이 기사와 함께 본 기사; 주요뉴스; 주요 뉴스; 최신뉴스; 최신 뉴스; 최신기사; 더 보기; 더보기; "
    "다른 기사; 다른 기사 보기; 이전 기사; 다음 기사; "
    "랭킹뉴스; 실시간 뉴스; 핫뉴스; 오늘의 주요뉴스; 더 읽기; 관련 콘텐츠; 읽어볼 만한 뉴스",
}

# Before a headline on its line, besides headings of several words: "Related: Amazon opens a store".
LINK = {
    "en": "related story; related article; related link; related post; related; read here; recommended; watch also; also see; explainer; "
    "read this; icymi; earlier report; editor's pick; editors' pick",
    "de": "lesen sie hier; lesetipp; weiterlesen; nicht verpassen",
    "fr": "à relire; lire notre article; lire notre enquête; notre enquête; à voir",
    "es": "relacionado; relacionada; además; lee aquí; lea además; lee además; puedes leer; además lee; ver más; no te lo pierdas",
    "it": "approfondisci; da leggere; leggi qui",
    "pt": "pode gostar; relacionado; notícia relacionada",
    "nl": "lees hier; mis niets; mis dit niet",
    "sv": "mer om; lästips",
    "da": "læs her",
    "no": "les her",
    "fi": "lue tästä",
    "pl": "polecamy; więcej",
    "cs": "související; nepřehlédněte",
    "hu": "kapcsolódó; ajánljuk",
    "ro": "recomandat; recomandare",
    "tr": "önerilen haber",
    "el": "σχετικό άρθρο; διαβάστε",
    "ru": "подробнее; рекомендуем; материал по теме; читать по теме; также по теме; читайте подробнее",
    "uk": "детальніше; докладніше; рекомендуємо; матеріал за темою; також за темою",
    "ar": "لا يفوتك; لا تفوت; للمزيد; موضوع ذو صلة; خبر ذو صلة; اقرأ",
    "fa": "بخوانید; مطلب مرتبط; خبر مرتبط",
    "hi": "पढ़ें; संबंधित खबर",
    "bn": "পড়ুন",
    "th": "อ่านเพิ่มเติม; อ่านข่าวเพิ่มเติม; อ่านต่อ; ข่าวที่เกี่ยวข้อง",
    "id": "terkait",
    "ms": "baca lagi",
    "tl": "basahin",
    "zh": "不要错过; 不容错过; 看更多; 往下看更多; 请看; 另见",
    "ja": "関連; 参考記事; こちらも; 【関連記事】; 【写真】; 【動画】; 【映像】; 【画像】; 【図解】",
    "ko": "관련기사; 관련뉴스; 추천기사",
}

# A line of its own below another story's headline, which leads to it.
MORE = (
    "read more; read on; continue reading; read the full story; read the full article; read full story; full story; weiterlesen; zum artikel; "
    "mehr lesen; lire la suite; lire plus; lire l'article; lire l’article; leer más; seguir leyendo; leer la noticia; leggi tutto; "
    "leggi l'articolo; leggi l’articolo; ler mais; leia mais; ler notícia; lees meer; lees verder; läs mer; läs hela artikeln; les mer; "
    "les saken; læs mere; læs artiklen; lue lisää; czytaj dalej; czytaj więcej; číst dále; číst více; citește mai mult; читать далее; "
    "читать полностью; подробнее; читати далі; читати повністю; детальніше; докладніше; devamını oku; haberin devamı; haberi oku; اقرأ المزيد; "
    "阅读全文; 查看全文; 閱讀全文; 閱讀更多; 続きを読む; もっと読む; 記事を読む; 더 보기; 더보기; 자세히 보기; 기사 보기"
)

# Words of reading, with which a line may lead to another article without a colon: "Leggi anche Crolla il ponte".
READING = (
    "read also; also read; read next; see also; lesen; lies; lire; lisez; leer; lee; lea; leé; leggi; leggete; legga; leia; ler; lees; läs; "
    "læs; les; lue; czytaj; "
    "przeczytaj; zobacz; čtěte; přečtěte; čítajte; prečítajte; olvassa; olvasd; citește; citiți; citeste; cititi; oku; okuyun; διαβάστε; "
    "διάβασε; читайте; читать; читати; "
    "прочетете; pročitajte; прочитајте; llegeix; llegiu; اقرأ; إقرأ; اقرا; baca; đọc; xem; पढ़ें; पढ़े; পড়ুন; پڑھیں; بخوانید; קראו; קרא; 阅读; "
    "閱讀; 読みたい; อ่าน"
)
