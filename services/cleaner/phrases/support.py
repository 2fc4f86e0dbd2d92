"""How a paper asks its readers for money, and how it keeps an author's views apart from its own. Keys are languages; lower case."""

# What readers are to pay for, in the paper's own words: "if you value our work", "reporting like this".
OURS = {
    "en": "our work; our journalism; our reporting; our stories; our newsroom; independent journalism; local journalism; reporting like this; "
    "journalism like this; stories like this; stories like these; articles like this; this kind of reporting; this kind of journalism; "
    "this site free; our site free",
    "de": "unsere arbeit; unser journalismus; unseren journalismus; unserer arbeit; unsere berichterstattung; unsere redaktion; "
    "unabhängigen journalismus; unabhängiger journalismus; solche recherchen; artikel wie diesen; texte wie diesen",
    "fr": "notre travail; notre journalisme; notre rédaction; notre média; journalisme indépendant; presse indépendante; articles comme celui-ci; "
    "enquêtes comme celle-ci; notre indépendance",
    "es": "nuestro trabajo; nuestro periodismo; nuestra redacción; periodismo independiente; periodismo local; artículos como este; "
    "reportajes como este; nuestra independencia",
    "it": "il nostro lavoro; nostro giornalismo; nostra redazione; giornalismo indipendente; informazione indipendente; articoli come questo; "
    "inchieste come questa; nostra indipendenza",
    "pt": "nosso trabalho; nosso jornalismo; nossa redação; jornalismo independente; jornalismo local; reportagens como esta; "
    "artigos como este; nossa independência",
    "nl": "ons werk; onze journalistiek; onze redactie; onafhankelijke journalistiek; artikelen zoals dit; verhalen zoals dit",
    "ru": "нашу работу; наша работа; нашу редакцию; независимую журналистику; независимая журналистика; такие тексты; наших журналистов",
    "uk": "нашу роботу; наша робота; нашу редакцію; незалежну журналістику; незалежна журналістика; такі тексти; наших журналістів",
    "pl": "naszą pracę; nasza praca; nasze dziennikarstwo; naszą redakcję; niezależne dziennikarstwo; teksty takie jak ten",
    "sv": "vårt arbete; vår journalistik; vår redaktion; oberoende journalistik; artiklar som denna",
    "ar": "عملنا; صحافتنا; الصحافة المستقلة; غرفة أخبارنا",
    "zh": "我们的工作; 我们的报道; 独立新闻; 独立报道; 我們的報導; 獨立新聞",
    "ja": "私たちの取材; 私たちの活動; 独立した報道; 当メディアの取材",
}

# With which they are asked for it; beginnings of words.
GIVE = {
    "en": "donat; make a gift; making a gift; your gift; your support; support us; supporting us; chip in; contribut; become a member; "
    "becoming a member; pitch in; pitching in; become a supporter; support our; supporting our",
    "de": "spende; unterstützen sie; unterstütze uns; unterstützt uns; ihre unterstützung; deine unterstützung; mitglied werden; werden sie mitglied",
    "fr": "faire un don; faites un don; un don; vos dons; soutenez; soutenir; votre soutien; devenez membre",
    "es": "donación; donar; dona ; haz una donación; tu apoyo; su apoyo; apóyanos; apoya ; hazte socio; hazte socia; colabora",
    "it": "donazione; dona ora; sostieni; sostenerci; sostienici; il tuo sostegno; il tuo contributo; diventa socio",
    "pt": "doação; doe ; doar; apoie; apoia; seu apoio; teu apoio; contribua; torne-se membro",
    "nl": "doneer; donatie; steun ons; steun onze; uw steun; jouw steun; je steun; word lid; gift",
    "ru": "пожертв; поддержите; поддержать; поддержи ; вашей поддержк; ваша поддержка; донат",
    "uk": "пожертв; підтримайте; підтримати; підтримай ; вашій підтримц; ваша підтримка; донат",
    "pl": "darowizn; wesprzyj; wspieraj; wspomóż; twoje wsparcie; wpłać",
    "sv": "donera; gåva; stöd oss; stötta oss; ditt stöd; bli medlem",
    "ar": "تبرع; ادعم; دعمك; دعمكم; ساهم",
    "zh": "捐款; 捐助; 支持我们; 赞助; 支持我們; 贊助",
    "ja": "寄付; ご支援; 支援をお願い; サポートをお願い",
}

# What a paper says of the views in an article.
VIEWS = {
    "en": "(?:the\\s)?(?:views|opinions)(?:\\s(?:and|or|&)\\s(?:views|opinions))?\\s(?:expressed|stated|presented)\\b.{0,120}"
    "(?:author|writer|own|not\\s(?:necessarily\\s)?(?:reflect|represent))",
    "de": "(?:die|der)\\s(?:in\\s(?:diesem|diesen|dieser)\\s\\S+\\s)?(?:geäußerten?|vertretenen?|dargestellten?|wiedergegebenen?)\\s"
    "(?:meinung(?:en)?|ansicht(?:en)?|standpunkte?)\\b.{0,120}(?:autor|verfasser|redaktion|spiegel)",
    "fr": "les\\s(?:opinions|points\\sde\\svue|propos)\\s(?:exprimée?s|émis(?:es)?|tenus)\\b.{0,120}(?:auteur|engagent|reflètent|rédaction)",
    "es": "las\\s(?:opiniones|ideas)\\s(?:expresadas|vertidas|expuestas)\\b.{0,120}(?:autor|responsabilidad|reflejan|representan)",
    "it": "le\\s(?:opinioni|idee)\\s(?:espresse|contenute)\\b.{0,120}(?:autor|riflettono|rispecchiano|redazione)",
    "pt": "as\\s(?:opiniões|ideias)\\s(?:expressas|emitidas|contidas)\\b.{0,120}(?:autor|responsabilidade|refletem|representam)",
    "nl": "de\\s(?:meningen|standpunten|opvattingen)\\s(?:in\\sdit|die\\sin\\sdit|uitgedrukt|geuit)\\b.{0,120}(?:auteur|redactie|weerspiegelen)",
    "ru": "(?:мнени[ея]\\s(?:автор\\S*|редакции)|точка\\sзрения\\sавтора)\\b.{0,60}(?:совпада|отража)",
    "uk": "(?:думка|погляд[и]?|позиція)\\s(?:автор\\S*|редакції)\\b.{0,60}(?:збіга|відобража|співпада)",
    "pl": "(?:opinie|poglądy)\\s(?:wyrażone|przedstawione)\\b.{0,120}(?:autor|redakcj|odzwierciedla)",
    "ar": "(?:الآراء|المقالات)\\s(?:الواردة|المنشورة)\\b.{0,120}(?:الكاتب|كاتبها|صاحبها|أصحابها|لا\\sتعبر|تعبر)",
    "zh": "本文(?:内容)?(?:仅|只|僅)?代表作者|(?:以上|文中)(?:内容|观点|觀點)(?:仅|僅|只)?代表作者|(?:文章|本文)?(?:观点|觀點|立场|立場)不代表本",
    "ja": "(?:本記事|この記事|本稿)の(?:内容|見解|意見)は.{0,20}(?:筆者|著者|執筆者)(?:個人)?の",
}
