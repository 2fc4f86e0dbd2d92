"""Words of buttons that pass a page on to a network. Keys are languages; phrases in lower case."""

SHARE = {
    "en": "share; share this; share it; post; post this; tweet this; send",
    "de": "teilen; artikel teilen; beitrag teilen",
    "fr": "partager; partagez; partager cet article",
    "es": "compartir; comparte; compartir esta noticia",
    "it": "condividi; condividere; condividi questo articolo",
    "pt": "partilhar; partilhe; compartilhar; compartilhe",
    "nl": "deel; delen; deel dit artikel",
    "sv": "dela; dela artikeln",
    "da": "del; del artiklen",
    "no": "del; del artikkelen; del saken",
    "fi": "jaa; jaa artikkeli",
    "pl": "udostępnij; podziel się; udostępnij artykuł",
    "cs": "sdílet; sdílejte",
    "ru": "поделиться; поделитесь; поделиться новостью",
    "uk": "поділитися; поділіться; поширити",
    "ar": "شارك; مشاركة; شارك المقال",
    "zh": "分享; 转发; 轉發",
}  # fmt: skip

# Between the asking and the network.
ON = {
    "en": "on; via",
    "de": "auf; bei; per",
    "fr": "sur; par",
    "es": "en; por",
    "it": "su; tramite",
    "pt": "no; na; pelo",
    "nl": "op; via",
    "sv": "på; via",
    "pl": "na; przez",
    "cs": "na",
    "ru": "в; во; через",
    "uk": "у; в; через",
    "ar": "على; عبر",
    "zh": "到; 至",
}

# Behind the network.
SHARE_BEHIND = "で共有; でシェア; でシェアする; に投稿; 공유; 공유하기; 에 공유; 로 공유; 에 공유하기; paylaş; paylaşın; teilen; 分享"

# Besides their Latin names.
NETWORKS = (
    "фейсбук; фейсбуке; вконтакте; одноклассники; телеграм; телеграме; فيسبوك; تويتر; واتساب; تلغرام; 微信; 微博; 朋友圈; 페이스북; 트위터; "
    "카카오톡; 카카오스토리; 라인; line; フェイスブック; ツイッター; はてな"
)
