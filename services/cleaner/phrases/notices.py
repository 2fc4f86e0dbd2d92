"""What a site tells its visitors about itself: cookies, scripts, players, access. Keys are languages; phrases in lower case.

With each of the first lists a line begins; of `SCRIPT` and `SCRIPT_STATE` one each stands in the line.
"""

COOKIES = {
    "en": "we use cookies; we and our partners use; we and our partners store; this site uses cookies; this website uses cookies; "
    "our site uses cookies; our website uses cookies; cookies help us deliver; by continuing to use this site; by using this site, you; "
    "by using our site, you; we value your privacy; we care about your privacy; your privacy is important to us",
    "de": "wir verwenden cookies; wir nutzen cookies; wir setzen cookies; wir und unsere partner verwenden; wir und unsere partner nutzen; "
    "wir und unsere partner speichern; diese website verwendet cookies; diese website nutzt cookies; diese webseite verwendet cookies; "
    "diese seite verwendet cookies; unsere website verwendet cookies; cookies erleichtern",
    "fr": "nous utilisons des cookies; nous utilisons les cookies; nous et nos partenaires utilisons; nous et nos partenaires stockons; "
    "ce site utilise des cookies; ce site utilise les cookies; notre site utilise des cookies; en poursuivant votre navigation; "
    "en continuant à naviguer",
    "es": "utilizamos cookies; usamos cookies; nosotros y nuestros socios utilizamos; nosotros y nuestros socios almacenamos; "
    "este sitio utiliza cookies; este sitio usa cookies; este sitio web utiliza cookies; esta web utiliza cookies; "
    "esta página utiliza cookies; nuestro sitio utiliza cookies; al continuar navegando; si continúa navegando",
    "it": "utilizziamo i cookie; utilizziamo cookie; usiamo i cookie; noi e i nostri partner utilizziamo; noi e i nostri partner archiviamo; "
    "questo sito utilizza cookie; questo sito utilizza i cookie; questo sito usa cookie; questo sito usa i cookie; "
    "il nostro sito utilizza cookie; continuando la navigazione; proseguendo la navigazione",
    "pt": "utilizamos cookies; usamos cookies; nós e os nossos parceiros utilizamos; nós e nossos parceiros usamos; este site utiliza cookies; "
    "este site usa cookies; este website utiliza cookies; o nosso site utiliza cookies; ao continuar a navegar; ao continuar navegando",
    "nl": "wij gebruiken cookies; we gebruiken cookies; wij en onze partners gebruiken; wij en onze partners slaan; "
    "deze site gebruikt cookies; deze website gebruikt cookies; onze site gebruikt cookies; onze website gebruikt cookies; "
    "door verder te gaan op deze site",
    "ru": "мы используем cookie; мы используем файлы cookie; мы используем куки; сайт использует cookie; сайт использует файлы cookie; "
    "этот сайт использует cookie; этот сайт использует файлы cookie; наш сайт использует cookie; наш сайт использует файлы cookie; "
    "на сайте используются cookie; на сайте используются файлы cookie; продолжая использовать сайт",
    "uk": "ми використовуємо cookie; ми використовуємо файли cookie; сайт використовує cookie; сайт використовує файли cookie; "
    "цей сайт використовує файли cookie; наш сайт використовує файли cookie; на сайті використовуються файли cookie; "
    "продовжуючи користуватися сайтом",
    "ar": "نستخدم ملفات تعريف الارتباط; نحن نستخدم ملفات تعريف الارتباط; يستخدم هذا الموقع ملفات; يستخدم موقعنا ملفات; "
    "باستمرارك في استخدام هذا الموقع",
    "zh": "我们使用cookie; 本网站使用cookie; 本站使用cookie; 我們使用cookie; 本網站使用cookie; 继续使用本网站即表示; 繼續使用本網站即表示",
    "pl": "używamy plików cookie; używamy ciasteczek; korzystamy z plików cookie; wykorzystujemy pliki cookie; ta strona używa; ta strona korzysta z "
    "plików cookie; ta strona wykorzystuje pliki; strona używa plików cookie; strona korzysta z plików cookie; serwis używa plików cookie; "
    "serwis korzysta z plików cookie; nasza strona używa; my i nasi partnerzy; dbamy o twoją prywatność; szanujemy twoją prywatność; "
    "kontynuując korzystanie z",
    "sv": "vi använder kakor; vi använder cookies; den här webbplatsen använder; denna webbplats använder; vår webbplats använder; "
    "den här sidan använder kakor; den här sajten använder; vi och våra partner; vi värnar om din integritet; genom att fortsätta använda",
    "da": "vi bruger cookies; vi anvender cookies; vi og vores partnere; dette website bruger cookies; denne hjemmeside bruger cookies; "
    "denne side bruger cookies; vores hjemmeside bruger cookies",
    "no": "vi bruker cookies; vi bruker informasjonskapsler; vi og våre partnere; dette nettstedet bruker; denne siden bruker; våre nettsider bruker",
    "fi": "käytämme evästeitä; tämä sivusto käyttää evästeitä; sivustomme käyttää evästeitä; me ja kumppanimme",
    "cs": "používáme soubory cookie; používáme cookies; tento web používá; tyto stránky používají; náš web používá; my a naši partneři",
    "tr": "çerez kullanıyoruz; çerezler kullanıyoruz; çerezleri kullanıyoruz; bu site çerez; bu sitede çerez; bu web sitesi çerez; "
    "bu internet sitesinde çerez; sitemizde çerez; web sitemizde çerez; sitemiz çerez; internet sitemizde çerez; biz ve iş ortaklarımız; "
    "gizliliğinize önem veriyoruz",
    "ko": "이 사이트는 쿠키를; 이 웹사이트는 쿠키를; 본 사이트는 쿠키를; 본 웹사이트는 쿠키를; 당사는 쿠키를; 저희는 쿠키를; 저희 사이트는 쿠키를; "
    "이 사이트를 계속 이용하면",
    "ja": "当サイトではcookie; 当サイトではクッキー; 当サイトは、cookie; 本サイトではcookie; 本サイトはcookie; このサイトではcookie; "
    "このサイトはcookie; 当社はcookie; 当社では、cookie",
}

PLAYER = {
    "en": "this video can not be played; this video cannot be played; this video is not available; this content is not available in your; "
    "your browser does not support; your browser doesn't support; your browser doesn’t support; your browser is out of date; "
    "your browser is not supported; to play this video you need; to view this content, you; to view this content you; "
    "to see this content, you; to show you this content; this content is hosted by; this content is provided by; allow cookies and continue; "
    "media is not supported",
    "de": "ihr browser unterstützt; dein browser unterstützt; ihr browser ist veraltet; an dieser stelle befindet sich; "
    "an dieser stelle finden sie externe; an dieser stelle finden sie einen externen; externer inhalt; empfohlener redaktioneller inhalt; "
    "empfohlener externer inhalt; um diesen inhalt anzuzeigen; um diesen inhalt zu sehen; zum anzeigen dieses inhalts; "
    "dieses video ist nicht verfügbar; wir benötigen ihre zustimmung",
    "fr": "votre navigateur ne; votre navigateur est obsolète; ce contenu est bloqué; ce contenu n'est pas visible; pour afficher ce contenu; "
    "pour voir ce contenu; cette vidéo n'est pas disponible; cette vidéo n’est pas disponible; contenu non disponible",
    "es": "tu navegador no; su navegador no; tu navegador está desactualizado; para ver este contenido; este contenido está bloqueado; "
    "este vídeo no está disponible; este video no está disponible; para poder ver este contenido",
    "it": "il tuo browser non; il browser non supporta; per visualizzare questo contenuto; per vedere questo contenuto; "
    "questo contenuto è bloccato; questo video non è disponibile; contenuto bloccato",
    "pt": "o seu navegador não; seu navegador não; o seu browser não; para ver este conteúdo; para visualizar este conteúdo; "
    "este conteúdo está bloqueado; este vídeo não está disponível; conteúdo bloqueado",
    "nl": "je browser ondersteunt; uw browser ondersteunt; uw browser is verouderd; om deze inhoud te bekijken; om deze content te zien; "
    "deze inhoud is geblokkeerd; deze video is niet beschikbaar; hier staat ingevoegde content",
    "ru": "ваш браузер не; ваш браузер устарел; чтобы просмотреть это содержание; этот контент недоступен; видео недоступно; это видео недоступно",
    "uk": "ваш браузер не; ваш браузер застарів; щоб переглянути цей вміст; цей вміст недоступний; відео недоступне; це відео недоступне",
    "ar": "متصفحك لا يدعم; المتصفح لا يدعم; لعرض هذا المحتوى; هذا الفيديو غير متاح; هذا المحتوى غير متاح",
    "zh": "您的浏览器不支持; 你的浏览器不支持; 您的瀏覽器不支援; 您的浏览器版本过低; 此视频无法播放; 该视频无法播放; 要查看此内容; 此内容不可用",
    "pl": "twoja przeglądarka nie; ta przeglądarka nie; twoja przeglądarka jest nieaktualna; aby obejrzeć film, włącz; aby wyświetlić tę treść; "
    "aby zobaczyć tę treść; ten film jest niedostępny; materiał wideo jest niedostępny; ta treść jest zablokowana; ta treść jest niedostępna",
    "sv": "din webbläsare stöder inte; din webbläsare stödjer inte; din webbläsare är för gammal; för att se detta innehåll; "
    "för att se det här innehållet; den här videon är inte tillgänglig; videon är inte tillgänglig; det här innehållet är blockerat",
    "da": "din browser understøtter ikke; din browser er forældet; for at se dette indhold; denne video er ikke tilgængelig; "
    "dette indhold er blokeret",
    "no": "nettleseren din støtter ikke; din nettleser støtter ikke; for å se dette innholdet; denne videoen er ikke tilgjengelig",
    "fi": "selaimesi ei tue; tämä video ei ole saatavilla; nähdäksesi tämän sisällön",
    "cs": "váš prohlížeč nepodporuje; vaš prohlížeč je zastaralý; pro zobrazení tohoto obsahu; toto video není dostupné; video není k dispozici",
    "tr": "tarayıcınız desteklemiyor; tarayıcınız bu; tarayıcınız video; tarayıcınız html5; bu içeriği görüntülemek için; bu içeriği görmek için; "
    "bu video kullanılamıyor; bu video oynatılamıyor; bu içerik kullanılamıyor",
    "ko": "사용 중인 브라우저; 사용하시는 브라우저; 브라우저가 지원하지; 이 콘텐츠를 보려면; 이 동영상은 재생할 수; 이 동영상을 재생할 수; "
    "동영상을 재생할 수 없",
    "ja": "お使いのブラウザ; ご利用のブラウザ; この動画は再生できません; この動画は視聴できません; このコンテンツを表示するには; "
    "この動画はご覧いただけません",
}

ACCESS = {
    "en": "to continue reading, subscribe; to continue reading, please; subscribe to continue reading; subscribe to read the full; sign in to"
    " continue reading; log in to continue reading; this is a premium article; this article is for premium; "
    "this article is for subscribers; this article is only for subscribers; this article is reserved for subscribers; "
    "this story is for subscribers; this content is for subscribers; this article is for members; this article is available to subscribers; "
    "this content is exclusive to subscribers; you have reached your limit of free articles; you've reached your limit of free articles; "
    "you’ve reached your limit of free articles; you have reached your article limit; you have read your last free article; "
    "our journalism depends on; our journalism is funded by; support our journalism; support independent journalism; "
    "support quality journalism; help us keep our journalism",
    "de": "den vollständigen artikel lesen sie mit; dies ist ein premium-artikel; "
    "dieser artikel ist nur für abonnenten; dieser artikel ist für abonnenten; dieser inhalt ist nur für abonnenten; "
    "dieser artikel ist kostenpflichtig; dieser inhalt ist exklusiv für abonnenten; dieser artikel ist exklusiv für; sie haben ihr limit; "
    "exklusiv für abonnenten; lesen sie diesen artikel mit; unterstützen sie unseren journalismus; unterstützen sie unabhängigen journalismus",
    "fr": "la suite est réservée aux abonnés; la suite de cet article est réservée; la suite de l’article est; déjà "
    "abonné ?; déjà abonné?; déjà abonné·e; "
    "cet article est réservé aux abonnés; cet article est réservé à nos abonnés; ce contenu est réservé aux abonnés; "
    "article réservé aux abonnés; contenu réservé aux abonnés; réservé aux abonnés; il vous reste 1 article; "
    "la lecture de ce contenu est réservée; soutenez le journalisme",
    "es": "suscríbete para seguir leyendo; suscríbase para seguir leyendo; ¿ya eres suscriptor; ¿ya es suscriptor; "
    "este contenido es exclusivo para; este artículo es exclusivo para; contenido exclusivo para suscriptores; "
    "contenido exclusivo para socios; artículo solo para suscriptores; esta noticia es exclusiva para; has alcanzado el límite de artículos; "
    "ha alcanzado el límite de artículos; apoya el periodismo",
    "it": "abbonati per continuare; sei già abbonato; hai già un abbonamento; il resto dell’articolo è riservato; "
    "questo contenuto è riservato agli abbonati; questo articolo è riservato agli abbonati; contenuto riservato agli abbonati; "
    "articolo riservato agli abbonati; hai raggiunto il limite di articoli; sostieni il giornalismo",
    "pt": "assine para continuar lendo; já é assinante; já é subscritor; já sou assinante; "
    "este artigo é exclusivo para; este conteúdo é exclusivo para; conteúdo exclusivo para assinantes; artigo exclusivo para assinantes; "
    "exclusivo para assinantes; atingiu o limite de artigos; você atingiu o limite; apoie o jornalismo",
    "nl": "verder lezen?; al abonnee?; ben je al abonnee; bent u al abonnee; lees verder met een abonnement; "
    "dit artikel is alleen voor abonnees; dit artikel is exclusief voor abonnees; dit artikel is voor abonnees; alleen voor abonnees; "
    "exclusief voor abonnees; u heeft het maximum aantal; je hebt het maximum aantal; steun onafhankelijke journalistiek; "
    "steun onze journalistiek",
    "ru": "читайте полностью по подписке; уже есть подписка?; оформите подписку, чтобы; "
    "материал доступен только подписчикам; материал доступен только по подписке; статья доступна только подписчикам; "
    "доступно только подписчикам; этот материал доступен; вы исчерпали лимит; поддержите независимую журналистику",
    "uk": "вже є передплата?; оформіть передплату, щоб; "
    "матеріал доступний лише передплатникам; матеріал доступний лише за передплатою; стаття доступна лише передплатникам; "
    "доступно лише передплатникам; ви вичерпали ліміт; підтримайте незалежну журналістику",
    "ar": "لقراءة المزيد اشترك; هل أنت مشترك بالفعل; "
    "هذا المقال متاح للمشتركين; هذا المحتوى متاح للمشتركين; هذا المقال مخصص للمشتركين; هذا المحتوى حصري للمشتركين; ادعم الصحافة المستقلة",
    "zh": "订阅后继续阅读; 訂閱後繼續閱讀; 登录后继续阅读; 登入後繼續閱讀; 剩余内容仅限; "
    "本文仅限订阅; 本文为付费; 本文仅供订阅者; 此内容仅限会员; 此文章僅供訂戶; 本文限訂戶閱讀; 会员专享; 訂戶限定",
    "pl": "artykuł dostępny tylko dla; artykuł tylko dla prenumeratorów; artykuł tylko dla subskrybentów; artykuł dla prenumeratorów; "
    "ten artykuł jest dostępny tylko; ten artykuł jest przeznaczony dla; ten tekst jest dostępny tylko; treść dostępna tylko dla; "
    "treść tylko dla prenumeratorów; dostęp tylko dla prenumeratorów; pozostało ci do przeczytania; wykorzystałeś limit; masz już prenumeratę?; "
    "masz już subskrypcję?; wykup dostęp; wspieraj niezależne dziennikarstwo",
    "sv": "den här artikeln är bara för; den här artikeln är endast för; denna artikel är endast för; denna artikel är för prenumeranter; "
    "artikeln är exklusiv för; artikeln är låst; innehållet är endast för; endast för prenumeranter; bara för prenumeranter; "
    "är du redan prenumerant; redan prenumerant?; du har läst alla dina; stöd oberoende journalistik; stöd vår journalistik",
    "da": "denne artikel er kun for; denne artikel er forbeholdt; kun for abonnenter; artiklen er forbeholdt; allerede abonnent?; "
    "er du allerede abonnent",
    "no": "denne saken er for abonnenter; denne artikkelen er kun for; kun for abonnenter; er du allerede abonnent; allerede abonnent?",
    "fi": "tämä artikkeli on vain tilaajille; vain tilaajille; oletko jo tilaaja; jatka lukemista tilaajana",
    "cs": "tento článek je pouze pro; tento článek je jen pro předplatitele; obsah pouze pro předplatitele; jen pro předplatitele; "
    "jste již předplatitel",
    "tr": "bu içerik yalnızca aboneler; bu içerik sadece aboneler; bu haber yalnızca aboneler; bu makale yalnızca aboneler; sadece abonelere özel; "
    "abonelere özel; okumaya devam etmek için abone; okumaya devam etmek için üye; zaten abone misiniz; bağımsız gazeteciliği destekle",
    "ko": "이 기사는 유료; 유료 회원 전용; 구독자 전용; 회원 전용 기사; 이 콘텐츠는 회원; 이 콘텐츠는 유료; 이 기사는 회원; 이 기사를 계속 읽으려면; "
    "로그인 후 이용",
    "ja": "この記事は有料会員; この記事は会員限定; この記事は有料記事; 有料会員限定; 会員限定記事; この記事の続きは有料",
}

# What is to be done to read on; of a notice where `READ_ON_BY` stands behind it, or nearly nothing: "Pour lire la suite de la saga, …" is none.
READ_ON = {
    "de": "um weiterzulesen; weiterlesen mit; jetzt weiterlesen mit",
    "fr": "pour lire la suite",
    "es": "para seguir leyendo; para continuar leyendo",
    "it": "per continuare a leggere",
    "pt": "para continuar a ler; para continuar lendo",
    "nl": "om verder te lezen",
    "ru": "чтобы читать дальше; чтобы дочитать",
    "uk": "щоб читати далі; щоб дочитати",
    "ar": "لمتابعة القراءة",
    "ja": "続きを読むには; この続きをお読みいただくには",
}

# Beginnings of words, in the same language.
READ_ON_BY = {
    "de": "abo; probeabo; digitalabo; anmeld; melden sie sich; einlog; loggen; registrier; konto; premium; hier klicken; klicken sie",
    "fr": "abonn; connectez; connecter; identifiez; inscrivez; un compte; votre compte; cliqu",
    "es": "suscr; inicia sesión; inicie sesión; iniciar sesión; regístr; registrar; tu cuenta; su cuenta; haz clic; haga clic",
    "it": "abbon; accedi; registrati; registrarsi; account; clicca",
    "pt": "assin; subscrev; subscriç; login; inicie sessão; iniciar sessão; entre com; registe; cadastr; sua conta; uma conta; cliqu",
    "nl": "abonn; inlog; log in; account; registreer; klik",
    "ru": "подпис; войдите; авториз; зарегистр; оплат; нажм",
    "uk": "підпис; передпла; увійд; авториз; зареєстр; сплат; натис",
    "ar": "اشترك; سجل; الاشتراك; تسجيل",
    "ja": "登録; ログイン; 会員; 有料; 購読; プラン; クリック",
}

SCRIPT = "javascript; java script; جافا سكريبت; جافاسكريبت; джаваскрипт; ява-скрипт"

SCRIPT_STATE = (
    "enable; enabled; disabled; activate; turn on; turned off; aktivieren; aktiviere; aktiviert; deaktiviert; activer; activez; activé; "
    "désactivé; activa; active; activar; activado; desactivado; habilita; habilite; habilitar; deshabilitado; abilita; abilitare; attiva; "
    "attivare; attivato; "
    "disattivato; disabilitato; ative; ativar; desativado; schakel; ingeschakeld; uitgeschakeld; inschakelen; включите; включить; включен; "
    "отключен; отключён; увімкніть; увімкнути; вимкнено; تفعيل; معطل; بتفعيل; włącz; włączyć; włączenie; włączona; wyłączona; wyłączony; aktivera; "
    "aktiverat; avaktiverat; inaktiverat; slå på; aktivér; aktiver; slå til; ota käyttöön; käytöstä; povolte; zapněte; zakázán; etkinleştirin; "
    "etkinleştir; etkinleştirmeniz; etkin; devre dışı; açın"
)

SCRIPT_STATE_UNSPACED = "启用; 禁用; 开启; 啟用; 停用; 有効; 無効; オンに; 활성화; 허용; 켜"

SCRIPT_OF = (
    "browser; your; page; site; website; app; content; comments; seite; inhalt; ihrem; navigateur; votre; contenu; navegador; su; tu; página; "
    "sitio; pagina; sito; tuo; seu; conteúdo; браузере; браузер; страницу; сайт; сайта; браузері; сторінку; сайту; متصفحك; المتصفح; الصفحة; "
    "الموقع; video; videos; vídeo; vídeos; vidéo; vidéos; видео; відео; الفيديو; przeglądarce; przeglądarka; stronę; strony; strona; film; filmu; "
    "treść; webbläsare; sidan; videon; innehållet; webbplatsen; siden; videoen; indholdet; nettleseren; innholdet; selaimessa; sivusto; videota; "
    "prohlížeči; stránku; stránky; videa; tarayıcınızda; tarayıcınızın; sayfayı; siteyi; videoyu; içeriği"
)

SCRIPT_OF_UNSPACED = (
    "页面; 浏览器; 本页; 网站; 视频; 頁面; 瀏覽器; 影片; 內容; 内容; ページ; ブラウザ; サイト; 動画; コンテンツ; 브라우저; 사이트; 페이지; "
    "동영상; 콘텐츠; 영상"
)
