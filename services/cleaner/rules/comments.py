"""Where readers comment."""

from __future__ import annotations

import re

from copydesk.services.cleaner.rules.rule import Rule

LONGEST_STAMP = 110
_STAMP = re.compile(  # with a date: times alone are a live blog's
    r".{0,80}\b(?:19|20)\d\d\b.{0,12}\b\d{1,2}[:.]\d\d(?:\s?[ap]\.?m)?\b | .{1,40}\b(?:says|wrote|writes|commented|replied)\s?:", re.I | re.X
)


def stamps_comment(text: str) -> bool:
    """Whether a line says who commented, or on which day at what time."""
    return len(text) <= LONGEST_STAMP and _STAMP.match(text) is not None


COMMENTS = (
    Rule(
        "comment_form",
        "comment_form",
        "A form in which readers comment.",
        "LEAVE A REPLY",
        r"""leave\sa\s(?:reply|comment) | (?:post|write|add|submit)\s(?:a|your)\s(?:comment|reply) | cancel\sreply
        | please\senter\syour\s(?:comment|name|email) | you\shave\sentered\san\sincorrect\semail | your\semail\saddress\swill\snot\sbe\spublished
        | save\smy\sname,\semail | notify\sme\sof\s(?:new|follow-?up)
        | (?:log|sign)\sin\sto\s(?:leave|post|write)?\s?(?:a\s)?(?:comment|reply) | you\smust\sbe\slogged\sin | required\sfields\sare\smarked
        | join\sthe\s(?:conversation|discussion)\W*$ | comments?\sare\s(?:closed|moderated|disabled|subject\sto)
        | deja\s(?:un\scomentario|una\srespuesta) | schreibe?\seinen\skommentar | kommentar\s(?:verfassen|schreiben) | laisser\sun\scommentaire
        | deixe?\sum\scomentário | lascia\sun\scommento | plaats\seen\sreactie | skriv\sen\skommentar | kommentera\sartikeln
        | (?:napisz|dodaj)\skomentarz | přidat\skomentář | yorum\syap(?:ın)?\b | yorum\syaz\b
        | (?:оставить|оставьте|написать|добавить)\sкомментарий | (?:залишити|залиште|додати)\sкоментар
        | (?:أضف|اترك)\sتعليق | (?:发表|發表)评论 | 發表評論 | コメントを(?:書く|残す|投稿) | 댓글\s?(?:쓰기|달기|작성|남기기)""",
        200,
        certain=True,
    ),
    Rule(
        "comment_count",
        "comment_form",
        "Counts the comments.",
        "12 Comments",
        r"(?:view|see|show|read|hide|load)?\s?(?:all\s|more\s)?\(?\d{0,6}\)?\s?(?:comments?|replies|responses|kommentare?|commentaires?|comentarios?|comentários?|commenti|commento|reacties?|kommentarer?|kommentit|komentarze?|komentarzy|komentářů?|komentáře|yorum|комментари(?:й|я|ев|и)|коментар(?:і|ів|ь)?|تعليق(?:ات|ا)?)\s?\(?\d{0,6}\)?\W*$"
        r"| \(?\d{1,6}\)?\s?[条條則则]?\s?(?:评论|評論|留言)\W*$ | (?:コメント|댓글|评论|評論|留言)\s?[(（]?\d{1,6}[)）]?\s?[件개]?\W*$"
        r"| \d{1,6}\s(?:comments?|replies|responses|thoughts)\s(?:on|to)\s | discussion\sabout\sthis\spost\W*$",
        120,
        certain=True,
    ),
    Rule(
        "comment_control",
        "comment",
        "Buttons under a comment.",
        "Reply",
        r"(?:reply|report|upvote|flag|permalink|log\sin\sto\sreply|antworten|répondre|responder|rispondi|reageer|beantwoorden|svara|svar|odpowiedz|odpovědět|yanıtla|ответить|відповісти|返信|回复|回覆|답글|رد)(?:\s(?:delete|to\sthis|share|report|permalink))*$",
        30,
        certain=True,
    ),
)
