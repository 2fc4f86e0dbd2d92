"""Speech in Chinese and Japanese, which part no words, and in Korean: told by what stands right before and behind the marks.

市长李明说：“我们没有计划。”    “我们需要时间，”发言人王芳表示    「備えはない」と市長の佐藤健は述べた    "계획이 없다"고 시장이 말했다
"""

from __future__ import annotations

import re

from copydesk.services.tagger.entities.quotations import Quotation

LANGUAGES = frozenset({"zh", "ja", "ko"})
REACH = 12  # characters before the marks that are looked at
CHINESE = (
    r"(?:说|說|称|稱|表示|指出|强调|強調|认为|認為|写道|寫道|回应|回應|透露|坦言|直言|补充|補充|解释|解釋|警告|呼吁|呼籲|提到|"
    r"回答|问道|問道|告诉[^，。]{0,6}|告訴[^，。]{0,6})"
)
JAPANESE = r"(?:述べ|話し|話す|語っ|語る|語り|言っ|言う|言い|説明|強調|指摘|批判|コメント|明らかに|答え|訴え|呼びかけ|主張|反論|振り返|書い|つぶやい)"
KOREAN = r"(?:말했|밝혔|전했|강조했|덧붙였|설명했|지적했|주장했|언급했|비판했|답했|썼다|적었)"
BEFORE = re.compile(rf"(?:[：:]|{CHINESE}[，,]?)\s*$")
BEHIND = re.compile(
    rf"[，,]?[^。！？“”「」『』\n]{{0,24}}?{CHINESE}|(?:など)?と(?!題|呼ば|名付|称)[^。「」\n]{{0,40}}?{JAPANESE}|"
    rf"(?:이?라)?[고며] [^.\n]{{0,40}}?{KOREAN}"
)
WHOLE = re.compile(r"[^“”「」]{3,}[。！？，…]$")  # a sentence, or one that goes on behind the marks


def is_said(body: str, quotation: Quotation) -> bool:
    """Whether a verb of saying or a colon stands beside the marks, or a whole sentence within them."""
    before = body[max(0, quotation.outer_start - REACH) : quotation.outer_start]
    return bool(BEFORE.search(before) or BEHIND.match(body, quotation.outer_end) or WHOLE.match(body[quotation.start : quotation.end]))
