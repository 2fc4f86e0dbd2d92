"""Pictures: captions and credits. A line model cannot tell them from sentences, their credits can."""

from __future__ import annotations

import re

from services.cleaner.rules.rule import Rule, matches

AGENCIES = (
    r"AP|AFP|UPI|EPA(?:-EFE)?|Reuters|Getty(?:\sImages)?|Shutterstock|Bloomberg|Xinhua|ANI|PTI|dpa|TASS|Alamy|iStock|Unsplash|Pexels|Yonhap|Kyodo"
)
# A credit at the end of a caption: group "credit". Only forms that no sentence of an article ends in.
CREDIT_AT_END = re.compile(
    rf"""(?:[.!?”"’)\]]\s*|\s[|–—-]\s|^)\s*
    (?P<credit>
      \(?\[?(?:file\s|courtesy\s|handout\s)?(?:photo(?:graph)?s?|image|picture|pic|credit|foto|illustration)s?(?:\scredit|\scourtesy)?\s?(?:by|:|/|©|of)\s?[^.!?]{{2,90}}\)?\]?\.?
    | \(?(?:AP|File|Courtesy|Reuters|AFP|UPI|Getty)\s(?:Photo|Images?|File)\b[^.!?]{{0,80}}\)?\.?
    | \(?©\s?[^.!?]{{2,80}}\)?
    | \[?\(?[^.!?()\[\]]{{2,60}}\s?/\s?(?:{AGENCIES})(?:\s\|\sLicense\sPhoto)?(?:\svia\s[^.!?()]{{2,40}})?\)?\]?
    | \(?(?:{AGENCIES})\s(?:via|/)\s[^.!?()]{{2,60}}\)?
    )\s*$""",
    re.X,
)

PICTURES = (
    Rule(
        "caption_with_credit",
        "caption",
        "Ends in the credit of a picture.",
        "The two leaders in Phnom Penh. Photo by Japanese PM Press Office / UPI",
        lambda place: len(place.text) <= 700 and CREDIT_AT_END.search(place.text) is not None,
        True,
    ),
    Rule(
        "credit",
        "credit",
        "Only the credit of a picture.",
        "Getty Images",
        matches(rf"^\(?(?:(?:photo|image|picture|video|foto)s?(?:\scredit|\scourtesy|\ssource)?\s?(?::|by|©)\s.{{2,80}} | (?:{AGENCIES}))\)?$", 110),
        True,
    ),
    Rule(
        "picture_control",
        "navigation",
        "Controls of a picture or a player.",
        "Enlarge this image",
        matches(
            r"^(?:(?:enlarge|open|expand|view|hide|show|toggle)\s(?:this\s|the\s)?(?:image|photo|picture|caption|gallery|slideshow)\b"
            r"|image\ssource|image\scaption|play\svideo|watch\snow|getty)",
            60,
        ),
        True,
    ),
)
