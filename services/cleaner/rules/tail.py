"""What follows an article, and what interrupts it: related headlines, comments, share bars, newsletters, legal notes."""

from __future__ import annotations

from services.cleaner.rules.rule import Place, Rule, is_sentence, matches

NEAR = 8  # blocks that a heading of related articles reaches


RELATED_HEADING = matches(
    r"""^[^\w]*(?:
      (?:related|latest|recent|popular|trending|top|more|other|similar|recommended|featured|most\sread|also\sread|must[\s-]reads?)
        (?:\s(?:top|related|popular|recent|latest|local|great|world))?
        \s(?:news|stories|story|articles?|posts?|reads?|reading|coverage|topics|content|links|headlines|videos?|items)(?:\s(?:from|on|in|by)\s.{1,40})?
    | (?:you|readers)\s(?:may|might|will)?\s?(?:also\s|like)(?:also\s)?(?:like|love|read|enjoy|be\sinterested\sin)?(?:\sthese)?
    | (?:read|see|watch|explore|check|keep)\s(?:also|next|more|this\snext|reading)(?:\s(?:news|stories|articles?))?(?:\s(?:about|on|from)\s.{1,30})?
    | (?:up\snext|what\sto\sread\snext|most\s(?:read|popular|viewed|shared)|trending(?:\snow)?|recommended(?:\sfor\syou)?|related|more\sfrom\s.{2,40}|more\son\s.{2,40}
        |editor['’]?s['’]?\spicks?|don['’]t\smiss|in\scase\syou\smissed\sit|from\sour\spartners|around\sthe\sweb|promoted\sstories|sponsored\scontent)
    | noticias\srelacionadas|te\spuede\sinteresar|lee\stambién|más\snoticias|verwandte\sartikel|mehr\szum\sthema|auch\sinteressant|das\skönnte\s(?:sie|dich)\s.{0,30}
    | à\slire\s(?:aussi|également)|sur\sle\smême\s(?:sujet|thème)|articles\s(?:liés|similaires)|關連新聞|相关(?:新闻|阅读|文章)|関連記事|اقرأ\sأيض[اًا]+|संबंधित\s(?:खबरें|ख़बरें|समाचार)|ये\sभी\sपढ़ें|यह\sभी\sपढ़ें
    )\s*[:»>›→]*$""",
    80,
)


def _headline_under_heading(place: Place) -> bool:
    """A line without the end of a sentence that follows a heading of related articles, or such lines under one."""
    if is_sentence(place.text):
        return False
    for index in range(place.index - 1, max(-1, place.index - 1 - NEAR), -1):
        above = Place(place.blocks, index)
        if RELATED_HEADING(above):
            return True
        if is_sentence(above.text):
            return False
    return False


def _headline_after_end(place: Place) -> bool:
    """No sentence stands from here to the end of the page: what is left are links."""
    return not any(is_sentence(block.text) for block in place.blocks[place.index :])


COMMENTS = (
    Rule(
        "comment_form",
        "comment_form",
        "A form in which readers comment.",
        "LEAVE A REPLY",
        matches(
            r"""^[^\w]*(?:leave\sa\s(?:reply|comment)|(?:post|write|add|submit)\s(?:a|your)\s(?:comment|reply)|please\senter\syour\s(?:comment|name|email)|cancel\sreply
            |you\shave\sentered\san\sincorrect\semail|your\semail\saddress\swill\snot\sbe\spublished|save\smy\sname,\semail|notify\sme\sof\s(?:new|follow-?up)
            |(?:log|sign)\sin\sto\s(?:leave|post|write)?\s?(?:a\s)?(?:comment|reply)|you\smust\sbe\slogged\sin|required\sfields\sare\smarked|join\sthe\s(?:conversation|discussion)
            |comments?\sare\s(?:closed|moderated|disabled|subject\sto)|deja\s(?:un\scomentario|una\srespuesta)|schreibe?\s(?:einen\skommentar|uns)|laisser\sun\scommentaire|kommentar\sverfassen)""",
            200,
        ),
        True,
    ),
    Rule(
        "comment_count",
        "comment_form",
        "Counts the comments.",
        "12 Comments",
        matches(
            r"^(?:(?:view|see|show|read|hide|load)?\s?(?:all\s|more\s)?\(?\d{0,6}\)?\s?(?:comments?|replies|responses|kommentare?|commentaires?|comentarios?)\s?\(?\d{0,6}\)?)$",
            50,
        ),
        True,
    ),
    Rule(
        "comment_control",
        "comment",
        "Buttons under a comment.",
        "Reply",
        matches(r"^(?:reply|report|like|upvote|flag|permalink|log\sin\sto\sreply|antworten|répondre|responder)$", 30),
        True,
    ),
)

OFFERS = (
    Rule(
        "stay_tuned",
        "call_to_action",
        "Asks to come back or to follow.",
        "Stay tuned to BaaghiTV for latest news and Updates!",
        matches(
            r"""^[^\w]*(?:stay\s(?:tuned|connected|updated|informed)\b.{0,60}(?:news|update|more|with)|(?:follow|like|join|find|visit|connect\swith)\s(?:us|me|our)\s.{0,40}\b(?:on|at|channel|page|group)\b
            |(?:download|get)\s(?:the|our)\s.{0,30}\bapp\b|for\s(?:more|all\sthe|the)\s(?:latest\s)?(?:news|updates|stories|information)\b.{0,60}(?:follow|visit|subscribe|click|join|download)
            |click\shere\s(?:to|for)\b|(?:have|got)\sa\s(?:news\s)?(?:tip|story)\?|síguenos\s|folgen\ssie\suns|suivez-nous|abonnez-vous)""",
            220,
        ),
        True,
    ),
    Rule(
        "newsletter",
        "newsletter",
        "Offers a newsletter.",
        "Sign up for our daily newsletter",
        matches(
            r"""^[^\w]*(?:(?:sign\sup|subscribe|register)\s(?:now|here|today|(?:to|for)\s.{0,60}(?:newsletters?|e-?mails?|alerts?|updates|inbox))\b|(?:enter|your)\s(?:your\s)?e-?mail(?:\saddress)?\W*$
            |get\s.{3,60}\s(?:in|to)\syour\sinbox|.{0,40}newsletters?\W{0,2}$|by\s(?:signing\sup|subscribing|clicking|submitting)\b.{0,40}\b(?:agree|accept|consent))""",
            220,
        ),
    ),
    Rule(
        "subscription",
        "subscription",
        "Sells access to the page.",
        "Already a subscriber? Log in",
        matches(
            r"^(?:already\sa\s(?:subscriber|member)|subscribe(?:\snow|\stoday)?\W*$|to\s(?:continue|keep)\sreading|this\s(?:article|content|story)\sis\s(?:only\s|exclusively\s)?(?:for|available\sto)\s"
            r"(?:subscribers|members)|(?:log|sign)\s(?:in|up|out)$|create\s(?:a\s)?(?:free\s)?account|become\sa\s(?:member|subscriber)|unlock\sthis)",
            160,
        ),
    ),
    Rule(
        "advertisement",
        "advertisement",
        "Announces an advertisement.",
        "Advertisement",
        matches(
            r"^\W*(?:advertisement|advertising|sponsored|anzeige|publicité|publicidad|ad|ads|story\scontinues\sbelow.{0,20}|article\scontinues\sbelow.{0,20}|continue\sreading\sbelow|scroll\sto\scontinue.{0,30})\W*$",
            60,
        ),
        True,
    ),
    Rule(
        "share_bar",
        "share",
        "Passes the page on.",
        "Share on Facebook",
        matches(
            r"""^[^\w]*(?:(?:share|tweet|pin|post|send)(?:\s(?:this|it|on|via|by|to|the|article|story|page|post|link|full\sarticle))*(?:\s(?:facebook|twitter|x|linkedin|whatsapp|reddit|pinterest|email|e-mail|telegram|bluesky|flipboard|threads))?
            |(?:facebook|twitter|linkedin|whatsapp|reddit|pinterest|e-?mail|telegram|instagram|youtube|tumblr|flipboard|copy\slink|link\scopied!?|print(?:\sthis\spage)?|messenger|teilen|partager|compartir)
             (?:\W+(?:facebook|twitter|x|linkedin|whatsapp|reddit|pinterest|e-?mail|telegram|instagram|youtube|print|copy\slink))*)\W*$""",
            90,
        ),
    ),
)

LEGAL = (
    Rule(
        "legal",
        "legal",
        "Copyright, terms and cookies.",
        "© 2024 Example Media. All rights reserved.",
        matches(
            r"""^\W*(?:©|\(c\)\s|copyright\s(?:©|\(c\)|\d{4}))|\ball\srights\sreserved\b|^(?:terms\s(?:of|and|&)\s.{3,20}|privacy\s(?:policy|notice|statement)|cookies?\s(?:policy|settings|notice|preferences)
            |do\snot\ssell\s.{0,40}|accessibility(?:\sstatement)?|impressum|datenschutz(?:erklärung)?|mentions\slégales|aviso\slegal|manage\scookies)\W*$
            |^(?:we|this\s(?:site|website))\suses?\scookies|\bmay\snot\sbe\s(?:published|reproduced),?\s.{0,40}(?:broadcast|rewritten|redistributed|permission)""",
            400,
        ),
        True,
    ),
)

RELATED = (
    Rule("related_heading", "related", "Heads a list of other articles.", "Related news", RELATED_HEADING, True),
    Rule(
        "related_link",
        "related",
        "Names itself a link to another article.",
        "READ MORE: Amazon to open first store in California",
        matches(
            r"^\W*(?:(?:read|see|watch|also|learn)\s?(?:more|also|next|read)|related(?:\s(?:article|story|news|link|content))?|more|recommended|lee\stambién|lesen\ssie\sauch|à\slire)\s?[:|»–—]\s?\S",
            200,
        ),
        True,
    ),
    Rule(
        "continue_reading",
        "related",
        "Opens another page.",
        "Read more",
        matches(
            r"^(?:read|learn|see|view|show|load|find\sout)\s(?:more|all|full\s(?:article|story|bio|profile))(?:\W*|\s(?:news|stories|articles|posts))$|^continue\sreading\W*$",
            60,
        ),
        True,
    ),
    Rule(
        "headline_under_heading",
        "related",
        "A headline under a heading of related articles.",
        "Related news\n>Amazon to open first store in California",
        _headline_under_heading,
    ),
    Rule(
        "headline_after_end",
        "related",
        "A headline after the last sentence of the page.",
        "The review is due in October.\n>Amazon to open first brick and mortar store in California",
        _headline_after_end,
    ),
)

TAIL = (*COMMENTS, *OFFERS, *LEGAL, *RELATED)
