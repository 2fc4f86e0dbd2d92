"""Pages for the tests, made of parts."""

from __future__ import annotations

PARAGRAPHS = (
    "The city council voted on Tuesday to rebuild the old harbour bridge, ending a dispute that has lasted for more than eleven years.",
    "Engineers warned last spring that the bridge, which opened in 1931, would have to be closed to lorries unless its bearings were replaced.",
    "“We have waited long enough,” said the mayor, Ana Ruiz, after the vote, which was carried by nineteen members against eight.",
    "Work is to begin in March and to take two years, during which ferries will carry pedestrians across the harbour free of charge.",
    "The cost, put at forty million, will be shared between the city, the port authority and the regional government.",
)
NAVIGATION = "<nav class='menu'><ul><li><a href='/'>Home</a></li><li><a href='/world'>World</a></li><li><a href='/sport'>Sport</a></li></ul></nav>"
RELATED = (
    "<aside class='related-posts'><h3>Related articles</h3><ul><li><a href='/a'>Ferry fares to rise again next year, company says</a></li>"
    "<li><a href='/b'>Port authority reports record year for containers</a></li></ul></aside>"
)
COMMENTS = (
    "<div id='comments'><h3>2 comments</h3><p>Finally! I hope that they also fix the cycle path this time.</p>"
    "<form><label>Leave a reply</label></form></div>"
)
FOOTER = "<footer><p>Copyright 2024 The Harbour Gazette. All rights reserved.</p><a href='/privacy'>Privacy policy</a></footer>"
TITLE = "Council votes to rebuild the harbour bridge"


def article(head: str = "", paragraphs: tuple[str, ...] = PARAGRAPHS, title: str = TITLE, after: str = "") -> str:
    """A news page with everything around its article."""
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    figure = "<figure><img src='/bridge.jpg'><figcaption>The harbour bridge in 1931. Photo: City Archive</figcaption></figure>"
    return (
        f"<!doctype html><html lang='en'><head><title>{title} - The Harbour Gazette</title>{head}</head><body><header>{NAVIGATION}</header>"
        f"<main><article><h1>{title}</h1><div class='byline'>By Jo Field</div><time datetime='2024-05-14T09:30:00Z'>May 14, 2024</time>{figure}"
        f"<div class='article-body'>{body}</div>{after}</article>{RELATED}{COMMENTS}</main>{FOOTER}</body></html>"
    )
