"""What a press release prints about its sender below its text. Keys are languages; phrases in lower case."""

# A heading before the sender's name: "About Northwind Ltd".
ABOUT = {
    "en": "about", "de": "über", "fr": "à propos de; à propos d'; à propos d’; a propos de", "es": "acerca de; sobre",
    "it": "informazioni su; a proposito di; chi è",    "pt": "sobre a; sobre o; sobre; acerca da; acerca do", "nl": "over",
    "ru": "о компании; о группе; об", "uk": "про компанію; про групу", "ar": "نبذة عن; حول; عن شركة",
    "zh": "关于; 關於", "pl": "o firmie; o spółce; o grupie; o fundacji; o", "sv": "om", "da": "om", "no": "om", "cs": "o společnosti; o firmě; o",
    "fi": "tietoja yrityksestä", "ro": "despre",
}  # fmt: skip

# The same behind the name.
ABOUT_BEHIND = "について; 会社概要; 概要; hakkında; kimdir; 소개; 회사 소개; 에 대하여; 에 대해"

# A heading that names nobody.
ABOUT_SENDER = {
    "en": "about the company; about us; company profile; about the group; boilerplate",
    "de": "über das unternehmen; über uns; unternehmensprofil; firmenprofil; zum unternehmen",
    "fr": "à propos de l'entreprise; à propos de l’entreprise; à propos de la société; à propos de nous; à propos du groupe",
    "es": "acerca de la empresa; sobre la empresa; acerca de la compañía; sobre la compañía; sobre nosotros; acerca de nosotros",
    "it": "informazioni sull'azienda; informazioni sull’azienda; l'azienda; l’azienda; chi siamo; profilo aziendale",
    "pt": "sobre a empresa; sobre nós; acerca da empresa; sobre a companhia",
    "nl": "over het bedrijf; over ons; bedrijfsprofiel; over de onderneming",
    "ru": "о компании; о нас; справка о компании; о группе компаний",
    "uk": "про компанію; про нас; довідка про компанію",
    "ar": "نبذة عن الشركة; عن الشركة; حول الشركة; من نحن",
    "zh": "关于我们; 公司简介; 关于公司; 關於我們",
    "ja": "会社概要; 当社について; 企業概要",
    "pl": "o firmie; o spółce; o nas; o grupie; informacje o firmie; profil firmy", "sv": "om företaget; om oss; om bolaget; om koncernen",
    "da": "om virksomheden; om os; om selskabet", "no": "om selskapet; om oss; om bedriften", "cs": "o společnosti; o nás; o firmě",
    "tr": "şirket hakkında; hakkımızda; firma hakkında", "ko": "회사 소개; 기업 소개; 회사소개",
}  # fmt: skip

# What is said of a company, and seldom of anything else that an article may have a part about: beginnings of words.
COMPANY = {
    "en": "company; provider of; headquarter; founded in; founded by; employs; employees; a leading; manufacturer; nonprofit; "
    "non-profit; based in; is listed on; ltd; inc.; plc; llc",
    "de": "unternehmen; anbieter; gegründet; hauptsitz; mit sitz; mitarbeite; beschäftigt; führende; hersteller; konzern; gmbh; unternehmensgruppe",
    "fr": "entreprise; société fondée; société est; fondée; fondé en; siège social; basée; emploie; salariés; collaborateurs; leader mondial; "
    "leader européen; fabricant; fournisseur; filiale",
    "es": "empresa; compañía; fundada; con sede; líder en; líder mundial; emplea; empleados; fabricante; proveedor; filial",
    "it": "azienda; fondata; fondato nel; con sede; leader nel; leader mondiale; dipendenti; produttore; fornitore",
    "pt": "empresa; companhia; fundada; com sede; sediada; líder em; líder mundial; emprega; funcionários; colaboradores; fabricante; fornecedor",
    "nl": "bedrijf; onderneming; opgericht; gevestigd; hoofdkantoor; medewerkers; toonaangevend; fabrikant; leverancier",
    "ru": "компани; основан; штаб-квартир; производител; поставщик; предприяти; холдинг",
    "uk": "компані; засновано; заснована; штаб-квартир; виробник; постачальник; підприємств",
    "ar": "شركة; الشركة; تأسست; رائدة في",
    "pl": "firma; firmy; spółk; przedsiębiorstw; założon; siedzib; zatrudnia; pracownik; producent; dostawc; lider",
    "sv": "företag; bolag; koncern; grundad; huvudkontor; anställda; medarbetare; ledande; tillverkare; leverantör; aktiebolag",
    "da": "virksomhed; selskab; koncern; grundlagt; hovedkontor; ansatte; medarbejdere; førende; producent; leverandør",
    "no": "selskap; bedrift; konsern; grunnlagt; hovedkontor; ansatte; ledende; produsent; leverandør",
    "cs": "společnost; firma; založen; sídl; zaměstnan; výrobce; dodavatel",
    "tr": "şirket; firma; kurul; merkez; çalışan; lider; üretici; holding",
}  # fmt: skip
COMPANY_UNSPACED = (
    "회사; 기업; 설립; 본사; 직원; 임직원; 公司; 总部; 總部; 员工; 員工; 集团; 集團; 企业; 企業; 会社; 設立; 創業; 本社; 従業員; メーカー"
)

# With which the line begins that tells whom the press may call.
CONTACT = (
    "media contact; media contacts; press contact; press contacts; media enquiries; media inquiries; press enquiries; press inquiries; "
    "for media enquiries; for media inquiries; pressekontakt; medienkontakt; kontakt für medien; presseanfragen; contact presse; "
    "contacts presse; contact média; relations presse; contacto de prensa; contacto para prensa; contacto para medios; contatti stampa; "
    "contatto stampa; ufficio stampa; contacto de imprensa; contato para imprensa; assessoria de imprensa; perscontact; contact voor pers; "
    "noot voor de redactie; контакты для прессы; контакты для сми; пресс-служба; контакти для преси; контакти для змі; прес-служба; "
    "للتواصل الإعلامي; للاستفسارات الإعلامية; 媒体联系人; 媒体联系; 媒體聯絡; 报道联系; 報道関係のお問い合わせ; 報道関係者のお問い合わせ; "
    "本件に関するお問い合わせ; 本リリースに関するお問い合わせ; kontakt dla mediów; kontakt dla prasy; biuro prasowe; presskontakt; "
    "kontakt för media; pressekontakt; mediekontakt; kontakt pro média; tiskový kontakt; basın iletişim; medya iletişim; basın için iletişim; "
    "언론 문의; 보도 문의; 미디어 문의; 언론 담당"
)
