"""Other articles: their headings, their headlines, links into them."""

from __future__ import annotations

import re
from functools import lru_cache

from copydesk.services.cleaner.rules.rule import Place, Rule

NEAR = 8  # blocks that a heading of related articles reaches
LONGEST_HEADING = 80
REMEMBERED = 20_000  # lines
HEADING = r"""(?:
      (?:related|latest|recent|popular|trending|top|more|other|similar|recommended|featured|most\sread|also\sread|must[\s-]reads?)
        (?:\s(?:top|related|popular|recent|latest|local|great|world))?
        \s(?:news|stories|story|articles?|posts?|reads?|reading|coverage|topics|content|links|headlines|videos?|items)
        (?:\s(?:from|on|in|by)\s.{1,40})?
    | (?:you|readers)\s(?:(?:may|might|will)\s)?(?:also\s)?(?:like|love|enjoy|be\sinterested\sin)(?:\sthese)?
    | (?:read|see|watch|explore|check|keep)\s(?:also|next|more|this\snext|reading)(?:\s(?:news|stories|articles?))?(?:\s(?:about|on|from)\s.{1,30})?
    | up\snext | what\sto\sread\snext | most\s(?:read|popular|viewed|shared) | trending(?:\snow)? | recommended(?:\sfor\syou)? | related
    | more\s(?:from|on)\s.{2,40}
    | editor['’]?s['’]?\spicks? | don['’]t\smiss | in\scase\syou\smissed\sit | from\sour\spartners | around\sthe\sweb
    | promoted\sstories | sponsored\scontent
    | noticias\srelacionadas | te\spuede\sinteresar | lee\stambién | más\snoticias | verwandte\sartikel | mehr\szum\sthema | auch\sinteressant
    | das\skönnte\s(?:sie|dich)\s.{0,30} | à\slire\s(?:aussi|également) | sur\sle\smême\s(?:sujet|thème) | articles\s(?:liés|similaires)
    | 相关(?:新闻|阅读|文章) | 關連新聞 | 関連記事 | اقرأ\sأيضا?ً?ا? | संबंधित\s(?:खबरें|ख़बरें|समाचार) | (?:ये|यह)\sभी\sपढ़ें
    )\s*[:»>›→…]*\s*$"""
_heading = re.compile(rf"\W*{HEADING}", re.I | re.X)


@lru_cache(REMEMBERED)
def _is_heading(text: str) -> bool:
    return len(text) <= LONGEST_HEADING and _heading.match(text) is not None


def _under_heading(place: Place) -> bool:
    """Not a sentence, and under a heading of related articles, or under such lines under one."""
    blocks, sentences = place.page.blocks, place.page.sentences
    for n in range(place.index, max(-1, place.index - NEAR - 1), -1):
        if sentences[n]:
            return False
        if n < place.index and _is_heading(blocks[n].text):
            return True
    return False


def _after_end(place: Place) -> bool:
    """No sentence stands from here to the end of the page: what is left are links."""
    return place.index > place.page.last_sentence >= 0


RELATED = (
    Rule("related_heading", "related", "Heads a list of other articles.", "Related news", HEADING, LONGEST_HEADING, certain=True),
    Rule(
        "related_link",
        "related",
        "Names itself a link to another article.",
        "Also read: Amazon to open first store in California",
        r"""(?:(?:also|see)\s(?:read|see|also)|read\s(?:also|next)|related(?:\s(?:article|story|news|link|content|post|coverage))?
            |lee\stambién|lesen\ssie\sauch|à\slire(?:\saussi)?)\s?[:|»–—]\s?\S""",
        200,
        certain=True,
    ),
    Rule(
        "read_more_link",
        "related",
        "Offers more to read, of this story or another.",
        "READ MORE: Amazon to open first store in California",
        r"(?:(?:read|see|watch|learn)\smore|more|recommended)\s?[:|»–—]\s?\S",
        200,
    ),
    Rule(
        "continue_reading",
        "related",
        "Opens another page.",
        "Read more",
        r"""(?:read|learn|see|view|show|load|find\sout)\s(?:more|all|full\s(?:article|story|bio|profile))(?:\W*|\s(?:news|stories|articles|posts))$
        | continue\sreading\W*$""",
        60,
        certain=True,
    ),
    Rule(
        "headline_under_heading",
        "related",
        "A headline under a heading of related articles.",
        "Related news\n>Amazon to open first store in California",
        test=_under_heading,
    ),
    Rule(
        "headline_after_end",
        "related",
        "A headline after the last sentence of the page.",
        "The next review of the agreement is due in October, and both sides said that they welcomed it.\n>Amazon to open first store in California",
        test=_after_end,
    ),
)
