"""What newspapers print about themselves between and below the paragraphs of their pages. Keys are languages; phrases in lower case."""

# With which a line begins that tells of the printed paper.
PRINT_NOTE = {
    "en": "a version of this article appears in print; a version of this article appeared in print; a version of this story appears in print; "
    "a version of this story appeared in; "
    "this article appears in the print edition; this article appeared in the print edition; this article appeared in the print; "
    "this story appeared in the print; "
    "this story first appeared in the; this article first appeared in the; this article was published in the print edition; "
    ""
    "read the full story in the print; from the print edition; in print:; appeared in print on; printed in the; "
    "this column appeared in the print; "
    "this article was featured in the print edition; see this story in print",
    "de": "dieser artikel erschien in der gedruckten; dieser artikel ist in der gedruckten; dieser artikel erschien in der printausgabe; "
    "dieser text erschien in der printausgabe; "
    "dieser text erschien in der gedruckten; dieser artikel stammt aus der printausgabe; erschienen in der gedruckten ausgabe; "
    "erschienen in der printausgabe; erschienen in ausgabe; "
    "aus der gedruckten ausgabe; dieser beitrag erschien in der printausgabe; lesen sie den ganzen artikel in der gedruckten; "
    "mehr dazu in der printausgabe",
    "fr": "cet article est paru dans; cet article a été publié dans l'édition; cet article a été publié dans l’édition; paru dans l'édition; "
    "paru dans l’édition; retrouvez cet article dans; "
    "article paru dans; à retrouver dans l'édition papier; à retrouver dans l’édition papier; cet article est extrait; version papier",
    "es": "este artículo apareció en la edición impresa; este artículo se publicó en la edición impresa; "
    "esta nota se publicó en la edición impresa; una versión de este artículo apareció; "
    "publicado en la edición impresa; edición impresa; esta noticia apareció en la edición impresa; archivado en la edición impresa; "
    "este texto se publicó en la edición impresa; "
    "este artículo fue publicado en la edición impresa",
    "it": "questo articolo è apparso sull'edizione; questo articolo è apparso sull’edizione; questo articolo è stato pubblicato sull'edizione; "
    "questo articolo è stato pubblicato sull’edizione; "
    "articolo pubblicato sull'edizione; articolo pubblicato sull’edizione; questo articolo è uscito sull'edizione; "
    "questo articolo è uscito sull’edizione; dall'edizione cartacea; "
    "dall’edizione cartacea; articolo apparso sull'edizione cartacea; questo articolo è uscito sul numero",
    "pt": "este texto foi publicado na edição impressa; este artigo foi publicado na edição impressa; "
    "esta notícia foi publicada na edição impressa; publicado na edição impressa; "
    "uma versão deste texto foi publicada; leia a notícia completa na edição; notícia publicada na edição em papel; "
    "artigo publicado na edição impressa; matéria publicada na edição impressa",
    "nl": "dit artikel verscheen in de papieren; dit artikel verscheen eerder in de; een versie van dit artikel verscheen; "
    "dit artikel stond in de krant; "
    "dit artikel verscheen in de gedrukte; dit artikel is verschenen in de papieren; uit de papieren krant; "
    "een versie van dit artikel stond ook in",
    "sv": "artikeln publicerades i papperstidningen; artikeln var publicerad i papperstidningen; ur papperstidningen",
    "da": "artiklen blev bragt i den trykte avis; artiklen er bragt i den trykte avis",
    "pl": "artykuł ukazał się w papierowym; artykuł pochodzi z papierowego wydania; tekst ukazał się w drukowanym; "
    "artykuł ukazał się w wydaniu; tekst ukazał się w papierowym",
    "ru": "материал опубликован в печатной версии; статья опубликована в печатной; опубликовано в печатной версии; "
    "статья вышла в печатной версии; материал вышел в печатной; "
    "опубликовано в газете; материал из печатного номера; статья опубликована в газете",
    "uk": "матеріал опубліковано в друкованій версії; стаття опублікована в друкованій; опубліковано в друкованій версії; "
    "статтю опубліковано в друкованій; матеріал вийшов у друкованій; "
    "надруковано в газеті",
    "ar": "نشر هذا المقال في النسخة الورقية; نشر هذا الخبر في النسخة الورقية; نُشر هذا المقال في النسخة المطبوعة; نُشر هذا المقال في العدد; "
    "نشر المقال في النسخة المطبوعة",
    "zh": "本文刊登于; 本文刊於; 本报纸版; 本文载于纸质版; 本版编辑; 原载于; 本文刊载于; 刊登於",
    "ja": "この記事は紙面; 紙面掲載; この記事は朝刊; 朝刊掲載; この記事は夕刊",
}

# Alone on a line: announces a picture, or opens the page's other parts.
PICTURE = (
    "photo; photos; image; images; imagen; imágenes; imagens; afbeelding; imagine; picture; pictures; slideshow; slide show; gallery; "
    "photo gallery; video; graphic; interactive; foto; fotos; "
    "bild; bilder; bildergalerie; fotostrecke; "
    "galerie; vidéo; galería; fotogalería; galleria; imagem; galeria; fotogalerij; bildspel; billede; kuva; kuvat; zdjęcie; zdjęcia; "
    "fotogalerie; fotogaléria; galéria; fotoğraf; galeri; "
    "φωτογραφία; фото; видео; фотогалерея; відео; фотогалерея; снимка; صورة; صور; فيديو; תמונה; וידאו; तस्वीर; वीडियो; 图; 图片; 图集; 视频; 圖片; "
    "影片; 写真; 動画; 画像; 사진; 영상; 동영상; "
    "hình ảnh; ảnh; gambar; ภาพ; ภาพข่าว"
)
