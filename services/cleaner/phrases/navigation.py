"""Links of a page that lead elsewhere, and what announces a live blog. Keys are languages; phrases in lower case."""

# With which a link begins that leads back.
BACK = {
    "en": "return to; back to; go back to; go back; go to; back to top; return to top; go to top; go home",
    "de": "zurück zu; zurück zum; zurück zur; zur startseite; zur übersicht; zum seitenanfang; nach oben; zurück",
    "fr": "retour à; retour à la; retour au; retour vers; revenir à; retour; haut de page; retour en haut",
    "es": "volver a; volver al; regresar a; regresar al; ir a; ir al; volver arriba; volver; subir",
    "it": "torna a; torna alla; torna al; torna all'; ritorna a; torna su; torna indietro",
    "pt": "voltar a; voltar ao; voltar à; voltar para; voltar ao topo; ir para; voltar; voltar ao início",
    "nl": "terug naar; ga naar; ga terug; naar boven; terug",
    "sv": "tillbaka till; gå till; till toppen",
    "da": "tilbage til; gå til; til toppen",
    "no": "tilbake til; gå til; til toppen",
    "pl": "powrót do; wróć do; wróć na; przejdź do; do góry; powrót",
    "cs": "zpět na; zpět do; přejít na; zpět nahoru",
    "tr": "geri dön; ana sayfaya dön; anasayfaya dön; başa dön",
    "ru": "вернуться к; вернуться на; вернуться в; назад к; на главную; перейти к; к списку; вернуться; наверх",
    "uk": "повернутися до; повернутися на; повернутись до; назад до; на головну; перейти до; до списку; повернутися; нагору",
    "ar": "العودة إلى; عودة إلى; الرجوع إلى; ارجع إلى; العودة; رجوع; الذهاب إلى",
    "id": "kembali ke; kembali",
    "zh": "返回; 回到; 返回首页; 回首页; 回到顶部; 返回顶部; 回首頁; 返回首頁",
    "ja": "戻る; トップへ戻る; ページトップへ; 一覧へ戻る; 一覧に戻る; トップページへ; 記事一覧へ",
    "ko": "목록으로; 홈으로; 맨 위로; 돌아가기",
}

# Marks a live blog: alone on a line above its headline, or within the headline.
LIVE = {
    "en": "live; live blog; liveblog; live updates; rolling updates; live coverage; as it happened; rolling coverage; latest updates; live reporting",
    "de": "live; liveblog; live-blog; liveticker; live-ticker; ticker; newsblog; news-ticker; im liveticker",
    "fr": "en direct; direct; live; suivez en direct; suivez notre direct; le direct",
    "es": "en vivo; en directo; directo; minuto a minuto; última hora; en vivo y en directo",
    "it": "in diretta; diretta; live; la diretta; aggiornamenti in diretta; in tempo reale",
    "pt": "ao vivo; em direto; em directo; direto; acompanhe ao vivo; ao minuto; minuto a minuto",
    "nl": "live; liveblog; live-blog; volg live",
    "sv": "live; direkt; senaste nytt; just nu",
    "pl": "na żywo; relacja na żywo; relacja live; live",
    "ru": "онлайн; прямой эфир; хроника; трансляция; онлайн-трансляция; текстовая трансляция; прямая трансляция; хроника событий",
    "uk": "онлайн; наживо; хроніка; трансляція; онлайн-трансляція; текстова трансляція; хроніка подій",
    "ar": "مباشر; بث مباشر; لحظة بلحظة; تغطية مباشرة; تغطية مستمرة; متابعة مباشرة",
    "tr": "canlı; canlı anlatım; canlı blog; son dakika",
    "zh": "直播; 实时更新; 即时更新; 實時更新; 即時更新; 文字直播; 滚动更新",
    "ja": "ライブ; 速報; 随時更新; 中継; タイムライン",
    "ko": "라이브; 실시간; 속보",
}
