"""Polls among readers: the question and its answers above the button, with the word that heads them."""

from __future__ import annotations

from collections.abc import Sequence

from copydesk.services.cleaner.lines import Block, Label
from copydesk.services.cleaner.phrases import bare, phrases

HEADINGS = frozenset(
    phrases(
        "poll; reader poll; readers' poll; quick poll; online poll; today's poll; poll of the day; question of the day; vote; have your "
        "say; umfrage; leserumfrage; abstimmung; frage des tages; ihre meinung; encuesta; sondeo; pregunta del día; sondage; question du "
        "jour; votre avis; sondaggio; enquete; sondagem; peiling; stelling; poll van de dag; опрос; голосование; опитування; голосування; "
        "استطلاع; استطلاع رأي; 投票; アンケート; 调查; ankieta; sonda; anket"
    )
)
QUESTION = tuple("?？؟")
LONGEST_QUESTION, LONGEST_ANSWER = 160, 70  # characters
MOST_ANSWERS = 8
POLL = Label("call_to_action", "poll")


def without_polls(blocks: Sequence[Block], labels: list[Label]) -> list[Label]:
    """The labels, with the question and the answers above each button of a poll as its own."""
    labels = list(labels)
    for n, label in enumerate(labels):
        if label.reason == "poll_control" and (start := _question(blocks, n)) is not None:
            for at in range(start, n):
                labels[at] = POLL
    return labels


def _question(blocks: Sequence[Block], button: int) -> int | None:
    """Where the poll of a button begins: at the question above its answers, or at the word above that."""
    for n in range(button - 1, max(-1, button - MOST_ANSWERS - 2), -1):
        text = blocks[n].text
        if text.endswith(QUESTION) and len(text) <= LONGEST_QUESTION and n < button - 1:
            return n - 1 if n and bare(blocks[n - 1].text) in HEADINGS else n
        if len(text) > LONGEST_ANSWER or text.endswith((".", "。", ":", "”", "»")):
            return None
    return None
