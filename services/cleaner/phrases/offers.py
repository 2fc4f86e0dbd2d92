"""What announces an advertisement or offers a newsletter, a channel or an app. Keys are languages; phrases in lower case."""

# A line of its own.
ADVERTISEMENT = {
    "en": "advertisement; advertisements; advertising; sponsored; ad; ads; advert; story continues below; story continues below advertisement; "
    "article continues below; "
    "article continues below advertisement; article continues after ad; article continues after advertisement; story continues after ad; "
    "continue reading below; "
    "scroll to continue; advertisement - scroll to continue; advertisement scroll to continue reading; "
    "advertisement continue reading the main story; "
    "continue reading the main story; skip advertisement; report this ad; remove ads; paid post; paid for by; sponsor message; "
    "message from our sponsor; "
    "continue after ad; content continues below; this ad will end in; close ad; supported by; promoted",
    "de": "anzeige; anzeigen; werbung; artikel wird nach der werbung fortgesetzt; weiter nach der anzeige; hier endet die anzeige; "
    "werbung schließen; weiterlesen nach der anzeige; "
    "nach der werbung weiterlesen; nach der anzeige geht es weiter; nach der werbung geht es weiter; der artikel geht unten weiter; gesponsert; "
    "advertorial; werbepause",
    "fr": "publicité; publicités; la suite après cette publicité; la suite après la publicité; suite de l'article après la publicité; "
    "suite de l’article après la publicité; "
    "l'article continue après la publicité; l’article continue après la publicité; article continue après la publicité; "
    "la suite de cet article après la publicité; sponsorisé; annonce; "
    "contenu sponsorisé; la suite après cette pub; fermer la publicité; continuer à lire après la publicité; lire la suite après la publicité",
    "es": "publicidad; anuncio; anuncios; publicidad - sigue leyendo; continúa leyendo después de la publicidad; "
    "la noticia continúa después de la publicidad; "
    "sigue leyendo después de la publicidad; continúa después de la publicidad; el artículo continúa después de la publicidad; patrocinado; "
    "cerrar publicidad; "
    "la nota continúa después de la publicidad; sigue después del anuncio; espacio publicitario; contenido patrocinado; publicidade",
    "it": "pubblicità; annuncio; annuncio pubblicitario; continua a leggere dopo la pubblicità; l'articolo continua dopo la pubblicità; "
    "l’articolo continua dopo la pubblicità; "
    "l'articolo prosegue dopo la pubblicità; l’articolo prosegue dopo la pubblicità; continua dopo la pubblicità; prosegui dopo la pubblicità; "
    "sponsorizzato; inserzione; "
    "messaggio pubblicitario; chiudi pubblicità; contenuto sponsorizzato",
    "pt": "publicidade; anúncio; anúncios; continua após a publicidade; continua depois da publicidade; a notícia continua após a publicidade; "
    "o artigo continua após a publicidade; continua após o anúncio; patrocinado; pub; publicidade - continue a ler; "
    "a matéria continua após a publicidade; propaganda; "
    "o texto continua após a publicidade; informe publicitário",
    "nl": "advertentie; advertenties; reclame; artikel gaat verder onder de advertentie; tekst gaat verder onder de advertentie; "
    "verder lezen na de advertentie; "
    "lees verder na de advertentie; lees verder onder de advertentie; het artikel gaat verder onder de advertentie; "
    "de tekst gaat verder onder de advertentie; gesponsord; "
    "lees verder onder deze advertentie; artikel gaat verder na de advertentie; sluit advertentie; gesponsorde inhoud; "
    "tekst loopt door onder de advertentie; "
    "de tekst gaat verder onder de foto; tekst gaat verder onder de foto; lees verder onder de foto",
    "sv": "annons; annonser; artikeln fortsätter efter annonsen; artikeln fortsätter under annonsen; reklam; sponsrat",
    "da": "annonce; annoncer; artiklen fortsætter efter annoncen; artiklen fortsætter under annoncen; artiklen fortsætter under billedet; "
    "reklame; sponsoreret",
    "no": "annonse; annonser; annonsørinnhold; saken fortsetter etter annonsen; saken fortsetter under annonsen; "
    "artikkelen fortsetter under annonsen; reklame; saken fortsetter under bildet",
    "fi": "mainos; mainokset; juttu jatkuu mainoksen jälkeen; artikkeli jatkuu mainoksen jälkeen; artikkeli jatkuu mainoksen alla; "
    "kaupallinen yhteistyö",
    "pl": "reklama; reklamy; dalsza część artykułu pod reklamą; dalszy ciąg artykułu pod reklamą; dalsza część tekstu pod reklamą; "
    "materiał sponsorowany; artykuł sponsorowany; "
    "ciąg dalszy pod reklamą; ciąg dalszy artykułu pod reklamą; koniec reklamy; ogłoszenie; tekst sponsorowany; dalsza część pod reklamą",
    "cs": "reklama; inzerce; článek pokračuje pod reklamou; pokračování článku pod reklamou; text pokračuje pod reklamou; komerční sdělení; "
    "článek pokračuje pod inzercí",
    "sk": "reklama; inzercia; článok pokračuje pod reklamou; článok pokračuje pod videom; text pokračuje pod reklamou",
    "hu": "hirdetés; reklám; a cikk a hirdetés után folytatódik; cikkünk a hirdetés után folytatódik; a cikk folytatódik a hirdetés után; "
    "szponzorált tartalom; támogatott tartalom",
    "ro": "publicitate; reclamă; reclama; articolul continuă după publicitate; articolul continuă mai jos; "
    "citește în continuare după publicitate; advertorial; continuă după publicitate",
    "tr": "reklam; reklamlar; haberin devamı reklamdan sonra; haber reklamdan sonra devam ediyor; reklamdan sonra devam ediyor; reklamı kapat; "
    "sponsorlu içerik; ilan",
    "el": "διαφήμιση; διαφημίσεις; συνεχίζεται μετά τη διαφήμιση; το άρθρο συνεχίζεται μετά τη διαφήμιση; χορηγούμενο; διαφημιστικό μήνυμα",
    "ru": "реклама; рекламный блок; на правах рекламы; продолжение после рекламы; читать далее после рекламы; продолжение статьи после рекламы; "
    "реклама партнёра; спонсорский материал; "
    "партнёрский материал; партнерский материал; продолжение под рекламой; объявление; реклама на сайте; закрыть рекламу; реклама и объявления",
    "uk": "реклама; рекламний блок; на правах реклами; продовження після реклами; продовження статті після реклами; читайте далі після реклами; "
    "партнерський матеріал; "
    "спонсорський матеріал; оголошення; закрити рекламу; продовження під рекламою",
    "bg": "реклама; продължава след рекламата; статията продължава след рекламата; реклами; обява",
    "sr": "oglas; reklama; nastavak nakon reklame; реклама; оглас",
    "hr": "oglas; nastavlja se nakon oglasa; članak se nastavlja nakon oglasa; tekst se nastavlja ispod oglasa; sponzorirano; promo",
    "ca": "publicitat; anunci; continua després de la publicitat; patrocinat",
    "ar": "إعلان; اعلان; إعلانات; اعلانات; إعلان ممول; محتوى ممول; يستمر المقال بعد الإعلان; تستمر القصة بعد الإعلان; مساحة إعلانية; "
    "مساحة اعلانية; برعاية; الإعلان; الخبر مستمر بعد الإعلان; "
    "يتبع بعد الإعلان; تتمة المقال بعد الإعلان",
    "he": "פרסומת; פרסומות; תוכן ממומן; הכתבה ממשיכה אחרי הפרסומת; תוכן שיווקי; מודעה; המשך הכתבה אחרי הפרסומת",
    "fa": "تبلیغات; آگهی; تبلیغ; ادامه مطلب بعد از تبلیغات",
    "ur": "اشتہار; اشتہارات",
    "hi": "विज्ञापन; विज्ञापन के बाद जारी; एडवरटाइजमेंट; एडवर्टाइजमेंट; प्रायोजित; खबर विज्ञापन के बाद जारी है; ऐड",
    "bn": "বিজ্ঞাপন; বিজ্ঞাপনের পর",
    "ta": "விளம்பரம்",
    "th": "โฆษณา; พื้นที่โฆษณา; ข่าวต่อด้านล่างโฆษณา; สนับสนุนโดย; เนื้อหาโฆษณา",
    "id": "iklan; advertisement - scroll to continue; artikel berlanjut setelah iklan; baca lanjutan setelah iklan; "
    "scroll untuk lanjut membaca; gulir untuk lanjut membaca; "
    "lanjut membaca setelah iklan; advertorial; konten bersponsor; scroll ke bawah untuk lanjut membaca; iklan - gulir untuk melanjutkan",
    "ms": "iklan; artikel bersambung selepas iklan",
    "vi": "quảng cáo; nội dung tiếp theo sau quảng cáo; tài trợ; bài viết tiếp tục sau quảng cáo; qc",
    "zh": "广告; 廣告; 推广; 推廣; 赞助内容; 贊助內容; 广告后继续; 廣告後繼續閱讀; 请继续往下阅读; 請繼續往下閱讀; 文章广告; 本文继续; "
    "內文未完; 廣告-請繼續往下閱讀; 請往下繼續閱讀; 正文下方广告",
    "ja": "広告; スポンサーリンク; スポンサードリンク; pr; 【pr】; 広告の後に続きます; 記事は広告の後に続きます; 提供; 広告を閉じる; "
    "続きは広告の後で; 広告の下に記事が続きます",
    "ko": "광고; 광고 후 계속; 기사는 광고 후 계속됩니다; 스폰서; 후원; 광고문의; 광고 닫기; 기사 본문 광고",
}

# "The article goes on below this advertisement": the advertisement, what goes on, and what stands before or behind the advertisement.
ADVERT = (
    "advertisement; advert; ad; anzeige; werbung; publicité; pub; publicidad; anuncio; pubblicità; annuncio; publicidade; anúncio; "
    "advertentie; reclame; annons; annonce; annonse; mainos; mainokse; reklam; рекламы; "
    "рекламой; реклами; рекламою; الإعلان; إعلان; 广告; 廣告; 広告; 광고"
)
CONTINUES = (
    "continues; continue; continued; resumes; weiter; fortgesetzt; suite; continúa; sigue; continua; prosegue; segue; verder; "
    "fortsätter; fortsætter; fortsetter; jatkuu; dalsza część; dalszy ciąg; ciąg dalszy; pokračuje; pokračování; продолжение; "
    "продолжается; далее; продовження; далі; devamı; devam; تتابع; يتبع; يستمر; تابع; تكملة; متابعة"
)
CONTINUES_UNSPACED = "继续; 繼續; 续; 続き; 続く; つづく; 계속; 이어"
BEHIND = (
    "after; below; nach; unter; après; después de; tras; debajo de; dopo; sotto; após; depois de; depois da; na; onder; efter; under; "
    "etter; pod; po; za; под; после; за; під; після; بعد; تحت"
)
BEHIND_IT = "之后; 之後; 后; 後; の後; のあと; 뒤; 후; 다음; 아래; sonra; ardından; altında; jälkeen; alla"

# With which a line begins that offers a newsletter, a channel or an app. Such a line ends the sentence it begins.
OFFER = {
    "en": "sign up for our; sign up to our; sign up for the; subscribe to our; sign up here; subscribe now; subscribe to the; get our; "
    "get the latest; join our; join us on; follow us; "
    "like us on; download our; download the; get breaking news; register for our; sign up now; subscribe for; sign up to get; "
    "sign up to receive; stay up to date; "
    "stay informed; want more; subscribe today; start your subscription",
    "de": "abonnieren sie; abonniere; abonnieren; jetzt abonnieren; melden sie sich; jetzt anmelden; hier anmelden; folgen sie uns; folge uns; "
    "laden sie; newsletter abonnieren; "
    "jetzt newsletter; bestellen sie; testen sie; jetzt testen; unser newsletter; mit unserem newsletter; erhalten sie; registrieren sie sich; "
    "hier geht es zum newsletter; jetzt abo; abo abschließen; jetzt abo abschließen",
    "fr": "abonnez-vous; inscrivez-vous; recevez; suivez-nous; téléchargez; je m'abonne; je m'inscris; s'abonner; s’abonner; je m’abonne; "
    "je m’inscris; s'inscrire; s’inscrire; "
    "rejoignez-nous; rejoignez; retrouvez-nous; découvrez notre newsletter; découvrez nos newsletters; soutenez-nous",
    "es": "suscríbete; suscríbase; suscribite; suscribirse; regístrate; regístrese; síguenos; síganos; seguinos; únete; únase; recibe; reciba; "
    "recibí; descarga; descarga nuestra; apúntate; "
    "inscríbete; sigue a; sigue toda la; puedes seguir a; puedes seguirnos; apoya; hazte socio; date de alta; activa las notificaciones; "
    "seguí nuestro; sigue nuestro",
    "it": "iscriviti; iscrivetevi; abbonati; abbonatevi; seguici; seguiteci; ricevi; scarica; scarica la nostra; registrati; unisciti; "
    "resta aggiornato; segui; entra nel nostro; attiva le notifiche; "
    "ricevi le notizie; clicca qui",
    "pt": "assine; inscreva-se; cadastre-se; siga; siga-nos; siga o; receba; baixe; baixe o; subscreva; subscreve; registe-se; junte-se; "
    "participe; acompanhe; entre no; entre no nosso; clique aqui; "
    "faça parte; torne-se assinante; apoie; subscreva a nossa; descarregue; descarregue a nossa",
    "nl": "schrijf je in; schrijf u in; meld je aan; meld u aan; abonneer; abonneer je; volg ons; ontvang; word abonnee; "
    "blijf op de hoogte; inschrijven voor; neem een abonnement; "
    "word lid; aanmelden voor; download onze; download de",
    "sv": "prenumerera; anmäl dig; följ oss; ladda ner; registrera dig; få nyheterna; bli prenumerant; skriv upp dig",
    "da": "tilmeld dig; abonner; abonnér; følg os; hent; få nyhederne; skriv dig op; bliv abonnent; modtag",
    "no": "meld deg på; abonner; følg oss; last ned; bli abonnent; få nyhetene; motta",
    "fi": "tilaa; seuraa meitä; lataa; liity; rekisteröidy",
    "pl": "zapisz się; subskrybuj; zasubskrybuj; obserwuj nas; śledź nas; dołącz do; pobierz; zaprenumeruj; polub nas; polub; bądź na bieżąco; "
    "zarejestruj się; wspieraj nas; kup prenumeratę; "
    "obserwuj; chcesz być na bieżąco",
    "cs": "přihlaste se; odebírejte; sledujte nás; stáhněte si; předplaťte si; přidejte se; zaregistrujte se; podpořte nás; objednejte si",
    "sk": "prihláste sa; odoberajte; sledujte nás; stiahnite si; predplaťte si; podporte nás",
    "hu": "iratkozzon fel; iratkozz fel; kövessen minket; kövess minket; töltse le; töltsd le; fizessen elő; fizess elő; csatlakozzon; "
    "csatlakozz; támogasson; támogass",
    "ro": "abonează-te; abonați-vă; aboneaza-te; urmărește-ne; urmăriți-ne; urmareste-ne; descarcă; înscrie-te; înscrieți-vă; primește; "
    "dă-ne un like; intră pe; alătură-te",
    "tr": "abone ol; abone olun; bizi takip edin; bizi takip et; takip edin; bültenimize; e-bültenimize; indirin; üye olun; üye ol; katılın; "
    "kayıt olun; kanalımıza; son dakika haberlerini",
    "el": "εγγραφείτε; ακολουθήστε; ακολουθήστε μας; κατεβάστε; γίνετε; γίνε; κάντε like; κάντε εγγραφή; μείνετε ενημερωμένοι; γραφτείτε",
    "ru": "подписывайтесь на; подпишитесь на; подписаться на; подпишись на; подписывайся на; следите за нами; следите за нашими; "
    "присоединяйтесь; скачайте; скачать; читайте нас; "
    "оформите подписку; мы в; наш канал; наш телеграм; вступайте; поддержите; узнавайте новости; узнавайте первыми; читайте наш; смотрите нас; "
    "будьте в курсе; получайте",
    "uk": "підписуйтесь на; підписуйтеся на; підпишіться на; підписатися на; підписатись на; стежте за; слідкуйте за; приєднуйтесь; "
    "приєднуйтеся; завантажте; долучайтесь; долучайтеся; "
    "читайте нас; ми в; наш канал; підтримайте; оформіть; дізнавайтеся; дізнавайтесь; отримуйте; вступайте; будьте в курсі",
    "bg": "абонирайте се; последвайте ни; следвайте ни; изтеглете; запишете се",
    "sr": "pratite nas; prijavite se; preuzmite; pretplatite se; пратите нас; пријавите се; преузмите",
    "hr": "pratite nas; prijavite se; preuzmite; pretplatite se",
    "ca": "subscriu-te; segueix-nos; seguiu-nos; rep; apunta't; apunta’t; descarrega",
    "ar": "اشترك; اشترك في; اشتركوا; تابعنا; تابعونا; تابعوا; حمل; حمّل; سجل; سجّل; انضم; انضموا; للاشتراك; لمتابعة; يمكنكم متابعة; تابعوا آخر; "
    "لمزيد من الأخبار; تابع قناتنا",
    "he": "הירשמו; הצטרפו; עקבו אחרינו; הורידו; לקבלת; הרשמו; עקבו",
    "fa": "عضو شوید; ما را دنبال کنید; در خبرنامه; به کانال",
    "ur": "ہمیں فالو; سبسکرائب; ہمارا چینل",
    "hi": "सब्सक्राइब; हमें फॉलो; हमें फ़ॉलो; डाउनलोड करें; जुड़ें; हमारे साथ; हमसे जुड़ें; हमारे व्हाट्सएप; हमारे न्यूज़लेटर; ताजा खबरों के लिए; ताज़ा ख़बरों के लिए; लेटेस्ट न्यूज़",
    "bn": "সাবস্ক্রাইব; আমাদের ফলো; অনুসরণ করুন; আমাদের সঙ্গে; সর্বশেষ খবর পেতে",
    "th": "ติดตาม; สมัครรับ; สมัครสมาชิก; ดาวน์โหลด; ติดตามข่าวสาร; กดติดตาม",
    "id": "ikuti; ikuti kami; berlangganan; daftar; dapatkan; unduh; gabung; bergabung; dapatkan update; ikuti berita; cek berita; "
    "dapatkan berita; langganan",
    "ms": "ikuti kami; langgan; muat turun; daftar; dapatkan; sertai",
    "vi": "đăng ký; theo dõi; tải ứng dụng; tham gia; nhận tin; mời bạn theo dõi",
    "zh": "订阅; 关注我们; 关注; 下载; 扫码; 扫一扫; 欢迎关注; 点击关注; 扫描二维码; 訂閱; 追蹤我們; 追蹤; 下載; 加入; 立即訂閱; 立即订阅; "
    "按讚; 歡迎加入; 請關注; 长按二维码; 歡迎訂閱; 点击订阅",
    "ja": "ニュースレターに登録; メルマガ登録; フォローする; ニュースレターを購読; 会員登録; アプリをダウンロード; 無料会員登録; "
    "メールマガジン; フォローして; ニュースレターの登録; 購読; lineで; 公式line; 友だち追加; 最新情報を",
    "ko": "뉴스레터 구독; 구독하기; 구독 신청; 네이버에서; 카카오톡에서; 앱 다운로드; 팔로우; 채널 구독; 카카오톡 채널; 구독하고; 뉴스레터를; "
    "네이버 채널; 유튜브 구독",
}

# What such a line offers, or where: one of them stands in it.
OFFERED = (
    "newsletter; newsletters; briefing; briefings; digest; alerts; inbox; e-mail; email; mailing list; app; apps; podcast; channel; "
    "facebook; twitter; instagram; telegram; "
    "whatsapp; youtube; tiktok; linkedin; "
    "unlimited access; full access; all our articles; all articles; every article; alle artikel; alle artikelen; tous nos articles; "
    "tous les articles; todos los artículos; tutti gli articoli; todos os artigos; все материалы; всі матеріали; جميع المقالات; لجميع المقالات; "
    "application; applicazione; aplicação; застосунок; "
    "bluesky; threads; viber; google news; discord; messenger; rss; alerts; notifications; subscription; subscriber; "
    "kanal; kanalımıza; abo; abonnement; push-nachrichten; nachrichten; benachrichtigungen; probeabo; boîte mail; boite mail; infolettre; "
    "lettre d'information; lettre d’information; notre chaîne; nos alertes; "
    "boletín; boletines; correo; canal; notificaciones; redes sociales; newsletter gratuita; redes; aplicación; notizie; canale; notifiche; "
    "posta; boletim; aplicativo; e-mails; "
    "notícias; grupo; whats; nieuwsbrief; nieuwsbrieven; mailbox; nyhetsbrev; nyhetsbrevet; nyhedsbrev; nyhedsbrevet; uutiskirje; "
    "uutiskirjeemme; uutiskirjeen; newslettera; kanał; powiadomienia; "
    "newsletteru; odběr; hírlevél; hírlevelünkre; hírlevélre; csatornánkat; csatornánkra; newsletterul; canalul; newsletter-ul; bülten; "
    "bültenimize; e-bülten; uygulamamızı; uygulamamızı indirin; "
    "ενημερωτικό δελτίο; newsletter μας; κανάλι; канал; канале; каналы; телеграм; телеграме; telegram-канал; рассылку; рассылка; соцсетях; "
    "социальных сетях; дзен; дзене; вконтакте; одноклассниках; приложение; "
    "вайбер; viber; каналі; розсилку; телеграмі; соцмережах; додаток; сторінку; страницу; бюлетин; бюлетина; bilten; билтен; butlletí; "
    "النشرة; نشرتنا; النشرة البريدية; بريدك; قناتنا; القناة; قناة; واتساب; تليغرام; تلغرام; فيسبوك; تويتر; يوتيوب; إنستغرام; تطبيق; تطبيقنا; "
    "الإخبارية; صفحتنا; غوغل نيوز; "
    "לניוזלטר; ניוזלטר; ערוץ; טלגרם; ווטסאפ; פייסבוק; אפליקציה; کانال; خبرنامه; تلگرام; چینل; نیوز لیٹر; "
    "न्यूज़लेटर; न्यूजलेटर; चैनल; व्हाट्सएप; ऐप; फेसबुक; टेलीग्राम; यूट्यूब; ট্যুইটার; চ্যানেল; ফেসবুক; নিউজলেটার; จดหมายข่าว; เฟซบุ๊ก; ไลน์; "
    "ยูทูบ; แอป; "
    "kanal whatsapp; saluran; grup; aplikasi; bản tin; kênh; fanpage; ứng dụng; zalo"
)

# The same in scripts without spaces.
OFFERED_UNSPACED = (
    "全部文章; 所有文章; "
    "微信; 公众号; 公眾號; 客户端; 微博; 电子报; 電子報; 粉絲專頁; 粉丝; 频道; 頻道; 二维码; 新闻app; ニュースレター; メルマガ; メールマガジン; "
    "アプリ; チャンネル; フォロー; 公式アカウント; line; "
    "뉴스레터; 구독; 채널; 카카오톡; 네이버; 유튜브; จดหมายข่าว; เฟซบุ๊ก; ไลน์; ยูทูบ"
)
