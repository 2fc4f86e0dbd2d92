"""Pictures: captions and credits. A line model cannot tell them from sentences, their credits can."""

from __future__ import annotations

import re

from copydesk.services.cleaner.leads import fold
from copydesk.services.cleaner.phrases import either
from copydesk.services.cleaner.phrases.papers import PICTURE
from copydesk.services.cleaner.rules.rule import BlockInPage, Rule

LONGEST_CAPTION = 700
REACH = 140  # characters at a caption's end that may be its credit
AGENCIES = (
    r"AP|AFP|UPI|EPA(?:-EFE)?|Reuters|Getty(?:\sImages)?|Shutterstock|Bloomberg|Xinhua|ANI|PTI|dpa|TASS|Alamy|iStock|Unsplash|Pexels|Yonhap|Kyodo"
)
_NAMES = r"[^.!?()\[\]]"
_PERSON = r"[A-ZÀ-Þ][\w.'’-]+(?:\s(?:[A-ZÀ-Þ][\w.'’-]*|de|van|von|der|la|al|bin|el)){1,3}"
# Only forms in which no sentence of an article ends.
_FOREIGN = (
    "bild|foto|fotos|fot\\.|фото|світлина|fotografie|zdjęcie|crédits?(?:\\sphotos?)?|photographie|kuva|fotó|fotoğraf|φωτό|φωτογραφία|"
    "صورة|تصوير|הצילום|צילום|写真|撮影|图片?|圖|사진"
)
CREDIT_AT_END = re.compile(
    rf"""(?:[.!?”"’)\]。！？」』]\s*|\s[|–—-]\s|^|\s(?=[(\[])|(?=[（＝]))
    (?P<credit>
      \(?\[?(?:Credit|(?<=\s)(?:Photograph|Photo|Picture|Image|Illustration))(?:\s|\s?(?:\.\.\.|…)\s?)
      {_PERSON}(?:\s?(?:for|/|,|via)\s?{_NAMES}{{2,50}})?\)?\]?\.?
    | \(?\[?(?i:{_FOREIGN})\s?[:：=＝／/]\s?[^.!?。]{{2,90}}\)?\]?\.?
    | \((?i:foto|fotos|photos?|bild|kuva|zdj\.)\s(?:di\s|de\s|von\s|av\s|par\s)?[^\W\d_a-zß-öø-ÿ][^.!?()]{{2,80}}\)\.?
    | [（(](?:图片?来源|圖片來源|图源|图片?由|供图|摄影|攝影|来源)\s?[:：]?[^）)。]{{1,40}}[）)]。?
    | ＝(?:[^。＝]{{0,20}}(?:撮影|提供)|(?:撮影|写真|提供)[・：:][^。＝]{{1,30}})
    | \(?[Ff]ot\.\s[^.!?]{{2,90}}\)?
    | \(?\[?(?:file\s|courtesy\s|handout\s)?(?i:photo(?:graph)?s?|image|picture|pic|credit|foto|illustration)s?(?i:\scredit|\scourtesy)?\s?
      (?:[Bb]y\s(?=[A-Z])|:|/|©|[Cc]ourtesy\sof\s)\s?[^.!?]{{2,90}}\)?\]?\.?
    | \(?(?:AP|File|Courtesy|Reuters|AFP|UPI|Getty)\s(?:[Pp]hoto|[Ii]mages?|[Ff]ile)\b[^.!?]{{0,80}}\)?\.?
    | \(?©\s?[^.!?]{{2,80}}\)?
    | \[?\(?{_NAMES}{{2,60}}\s?/\s?(?:{AGENCIES})(?:\s\|\sLicense\sPhoto)?(?:\svia\s{_NAMES}{{2,40}})?\)?\]?
    | \(?(?:{AGENCIES})\s?(?:\svia\s|/)\s?{_NAMES}{{2,60}}\)?
    | \[?\(?(?:via\s|[A-ZÀ-Þ]{_NAMES}{{2,60}}\svia\s)(?:{AGENCIES}|Wikimedia(?:\sCommons)?|Flickr)\)?\]?
    )\s*$""",
    re.X,
)
CUES = (
    *("photo", "image", "pic", "credit", "foto", "illustration", "©", "/", " via ", "courtesy", "file", "bild", "fot", "фот", "світлина"),
    *("zdjęcie", "crédit", "kuva", "φωτ", "صور", "تصوير", "צילום", "写真", "撮影", "提供", "摄影", "攝影", "图", "圖", "사진"),
)


def credit_of(text: str) -> re.Match[str] | None:
    """The credit at the end of a caption, as group `credit`; its positions count from `len(text) - REACH` in longer texts."""
    if len(text) > LONGEST_CAPTION:
        return None
    tail = text[-REACH:]
    lower = tail.lower()
    for cue in CUES:  # a loop: this is asked of every line, and any() with a generator takes twice as long
        if cue in lower:
            return CREDIT_AT_END.search(tail)
    return None


def _has_credit(place: BlockInPage) -> bool:
    return credit_of(place.text) is not None


PICTURES = (
    Rule(
        "caption_with_credit",
        "caption",
        "Ends in the credit of a picture.",
        "The two leaders in Phnom Penh. Photo by Japanese PM Press Office / UPI",
        test=_has_credit,
        certain=True,
        needed=tuple(map(fold, CUES)),
        longest=LONGEST_CAPTION,
    ),
    Rule(
        "credit",
        "credit",
        "Only the credit of a picture.",
        "Getty Images",
        rf"(?:(?:photo|image|picture|foto)s?(?:\scredit|\scourtesy|\ssource)?|video\s(?:credit|courtesy|source))\s?(?::|by\s(?-i:[A-Z])|©)\s?[^.]{{2,80}}$"
        rf"| (?-i:{AGENCIES})\)?$",
        110,
        certain=True,
    ),
    Rule(
        "caption_named",
        "caption",
        "Says itself that it is a caption, or whose the picture is.",
        "Image caption, The leaders met in Phnom Penh",
        r"(?:image|media|video)\s(?:caption|source),\s\S",
        400,
        certain=True,
    ),
    Rule(
        "picture_counter",
        "pager",
        "Counts the pictures of a gallery.",
        "Image 1 of 5",
        rf"""(?:{either([PICTURE])}|slide|folie|diapositiva|diapositive|слайд)\s?(?:n[.°º]\s?)?\d{{1,3}}\s?(?:[/／]|\s(?:of|de|di|da|von|aus|sur|van|av|af|z|ze|från|из|з|із|من)\s)\s?\d{{1,3}}\W*$
        | 第?\d{{1,3}}\s?(?:张|張|枚目?)\s?[/／]\s?(?:共|全)?\s?\d{{1,3}}\s?[张張枚]?\W*$""",
        30,
        certain=True,
    ),
    Rule(
        "picture_address",
        "furniture",
        "Only the address of a picture.",
        "https://cdn.example.com/1200x630/bridge.jpg",
        r"https?://\S+\.(?:jpe?g|png|gif|webp|svg|avif)(?:[?\#]\S*)?$",
        400,
        certain=True,
    ),
    Rule(
        "picture_control",
        "navigation",
        "Controls of a picture or a player.",
        "Enlarge this image",
        r"(?:enlarge|open|expand|view|hide|show|toggle)\s(?:this\s|the\s)?(?:image|photo|picture|caption|gallery|slideshow)\b[^.]*$"
        r"|image\ssource|image\scaption|play\svideo|watch\snow$",
        60,
        certain=True,
    ),
)
