"""Articles for the page: with names behind emoji and combining marks, copied, revised, hostile, and one that is none."""

from __future__ import annotations

from typing import Any

from copydesk.shared.records.raw import article_id_of
from copydesk.shared.records.story import Role
from tests.data import ROOT

COPIES = ROOT / "docs" / "examples" / "copies"
HOSTILE = '<img src=x onerror="window.hacked=1"><script>window.hacked=2</script> “headline” & friends'

_MARKED = (
    "🎉👩‍👩‍👧 Fumio Kishida flew from Tokyo to London on Tuesday, where he met Joe Biden 🇬🇧 and spoke of a Cafe\u0301 in São Paulo. "
    "“We have agreed on everything 🤝 that matters,” Joe Biden said in London. Later that day the two went on to Berlin.\n\n"
    "In Zu\u0308rich 𝕳 the government of Switzerland said <b>nothing</b> about it. Fumio Kishida will be back in Tokyo on Friday, his office said, "
    "after a stop in Paris for talks with Emmanuel Macron 🥐 about the budget of the European Union."
)
_FERRY = (
    "The ferry between Elwick and Port Averil was late again on Monday, and the harbour board of Elwick said that it would look into the matter. "
    "Commuters waited for two hours in the rain. {0} Nobody was hurt, and the ferry sailed in the afternoon with all who had waited "
    "for it at the pier."
)


def id_of(record: dict[str, Any]) -> str:
    return article_id_of(record["url"], record["source"], record["content"])


def article(name: str, content: str, title: str, source: str = "desk.example", **more: str) -> dict[str, Any]:
    return {
        "content": content,
        "content_type": "text/plain",
        "url": f"https://{source}/{name}",
        "source": source,
        "title": title,
        "language": "en",
        **more,
    }


def later(number: int, source: str = "late.example") -> dict[str, Any]:
    """One that comes while somebody looks."""
    places = ("Cardiff", "Dublin", "Lisbon", "Madrid", "Oslo", "Prague", "Vienna", "Warsaw")
    place = places[number % len(places)]
    text = (
        f"The mayor of {place} opened bridge number {number} over the river on Sunday, {number * 7} days after it had been due, and thanked the "
        f"{number + 40} engineers who had built it. The people of {place} walked across it all afternoon, and a band of {number + 9} played "
        "on the far bank."
    )
    return article(f"late-{number}", text, f"Bridge {number} opens in {place}", source)


MARKED = article("marked", _MARKED, "🎉 Leaders meet in London")
REVISED = article("ferry", _FERRY.format("Their patience was admired by everybody who passed by."), "Ferry late again in Elwick")
ARTICLES = [
    article("agency", (COPIES / "agency.txt").read_text(), "Ferry between Elwick and Port Averil stops for six weeks", "agency.example"),
    article("morning-post", (COPIES / "morning-post.txt").read_text(), "Six weeks without a ferry for commuters of Elwick", "post.example"),
    MARKED,
    article("hostile", _MARKED.replace("Tuesday", "Wednesday").split("\n\n")[1] + " " + _FERRY.format("Some sang."), HOSTILE, "evil.example"),
    article("ferry", _FERRY.format("They were not amused by it."), "Ferry late in Elwick"),
]
STORY: tuple[tuple[int, Role], ...] = ((0, "opens"), (1, "joins"), (4, "follows"))  # places in ARTICLES; each of the others is nearest to the first
LETTER = {"content": "<html><body><nav><a href='/'>Home</a></nav></body></html>", "content_type": "text/html", "url": "https://desk.example/none"}
