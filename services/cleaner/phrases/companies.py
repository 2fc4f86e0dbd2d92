"""What a press release prints about its sender below its text. Keys are languages; phrases in lower case."""

# A heading before the sender's name: "About Northwind Ltd".
ABOUT = {
    "en": "about", "de": "über", "fr": "à propos de; à propos d'; à propos d’; a propos de", "es": "acerca de; sobre",
    "it": "informazioni su; a proposito di; chi è",    "pt": "sobre a; sobre o; sobre; acerca da; acerca do", "nl": "over",
    "ru": "о компании; о группе; об", "uk": "про компанію; про групу", "ar": "نبذة عن; حول; عن شركة",
    "zh": "关于; 關於",
}  # fmt: skip

# The same behind the name.
ABOUT_BEHIND = "について; 会社概要; 概要"

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
}  # fmt: skip

# With which the line begins that tells whom the press may call.
CONTACT = (
    "media contact; media contacts; press contact; press contacts; media enquiries; media inquiries; press enquiries; press inquiries; "
    "for media enquiries; for media inquiries; pressekontakt; medienkontakt; kontakt für medien; presseanfragen; contact presse; "
    "contacts presse; contact média; relations presse; contacto de prensa; contacto para prensa; contacto para medios; contatti stampa; "
    "contatto stampa; ufficio stampa; contacto de imprensa; contato para imprensa; assessoria de imprensa; perscontact; contact voor pers; "
    "noot voor de redactie; контакты для прессы; контакты для сми; пресс-служба; контакти для преси; контакти для змі; прес-служба; "
    "للتواصل الإعلامي; للاستفسارات الإعلامية; 媒体联系人; 媒体联系; 媒體聯絡; 报道联系; 報道関係のお問い合わせ; 報道関係者のお問い合わせ; "
    "本件に関するお問い合わせ; 本リリースに関するお問い合わせ"
)
