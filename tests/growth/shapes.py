"""Hostile shapes of text and of HTML, in any length: what makes regular expressions, tokenizers and parsers quadratic."""

from __future__ import annotations

from collections.abc import Callable, Mapping

Shape = Callable[[int], str]


def _run(unit: str, head: str = "", tail: str = "") -> Shape:
    """So many characters of a unit that repeats."""
    return lambda size: head + (unit * (size // len(unit) + 1))[:size] + tail


def _nested(opening: str, closing: str) -> Shape:
    return lambda size: opening * (size // (len(opening) + len(closing))) + "word" + closing * (size // (len(opening) + len(closing)))


STORY = "The council met on Monday. “We will build the bridge,” said Mayor Hanna Brandt of Altenfeld. It costs 3.2 million euros. "

TEXTS: Mapping[str, Shape] = {
    "one letter": _run("a"),
    "one digit": _run("7"),
    "dashes": _run("-"),
    "long dashes": _run("—"),
    "dots": _run("."),
    "commas": _run(","),
    "opening brackets": _run("("),
    "closing brackets": _run(")"),
    "square brackets": _run("["),
    "quotes": _run('"'),
    "opening quotes": _run("“"),
    "apostrophes": _run("'"),
    "possessives": _run("'s"),
    "underscores": _run("_"),
    "slashes": _run("/"),
    "backslashes": _run("\\"),
    "percent signs": _run("%"),
    "at signs": _run("@"),
    "addresses without end": _run("a@"),
    "addresses with dots": _run("a.b@c."),
    "links without end": _run("http:"),
    "links": _run("http://"),
    "amounts": _run("$1,"),
    "amounts in words": _run("1 million "),
    "dates": _run("1 May "),
    "numbers in a row": _run("1 2 3 "),
    "times": _run("12:"),
    "combining marks": _run("\u0301", head="a"),
    "joiners": _run("\u200d", head="a"),
    "right-to-left marks": _run("\u202e"),
    "emoji joined": _run("👩\u200d"),
    "Han without a stop": _run("新"),
    "Thai without a space": _run("ก"),
    "capital letters": _run("A"),
    "initials": _run("A."),
    "names in a row": _run("Hanna Brandt "),
    "names with commas": _run("Hanna Brandt, "),
    "by-lines": _run("By Hanna Brandt "),
    "said": _run("said "),
    "spaces": _run(" ", head="a", tail="b"),
    "tabs": _run("\t", head="a", tail="b"),
    "no-break spaces": _run("\u00a0", head="a", tail="b"),
    "empty lines": _run("\n", head="a", tail="b"),
    "lines of one letter": _run("a\n"),
    "lines of one word": _run("Home\n"),
    "paragraphs of one word": _run("word.\n\n"),
    "bars": _run("a | "),
    "open tags": _run("<"),
    "tags": _run("<b>"),
    "entities": _run("&amp;"),
    "nested brackets": _nested("(", ")"),
    "nested quotes": _nested("“", "”"),
    "a story again and again": _run(STORY),
    "a story in one line": _run(STORY.replace(". ", ".")),
    "datelines": _run("ALTENFELD (AP) — "),
    "underlined": _run("a_"),
    "camels": _run("aB"),
    "hyphenated": _run("a-"),
    "mojibake": _run("Ã©"),
}

_PAGE = "<!doctype html><html><head><title>A page</title></head><body><article>{}</article></body></html>"


def _page(inner: Shape) -> Shape:
    return lambda size: _PAGE.format(inner(size))


PAGES: Mapping[str, Shape] = {
    "nested div": _page(_nested("<div>", "</div>")),
    "nested div and p": _page(_nested("<div><p>", "</p></div>")),
    "nested span": _page(_nested("<span>", "</span>")),
    "nested table": _page(_nested("<table><tr><td>", "</td></tr></table>")),
    "nested list": _page(_nested("<ul><li>", "</li></ul>")),
    "nested quote": _page(_nested("<blockquote>", "</blockquote>")),
    "open b": _page(_run("<b>")),
    "open a": _page(_run("<a href=x>")),
    "open i and p": _page(_run("<i><p>")),
    "tiny paragraphs": _page(_run("<p>a</p>")),
    "tiny paragraphs of words": _page(_run("<p>One word.</p>")),
    "line breaks": _page(_run("<br>")),
    "words and line breaks": _page(_run("word<br>")),
    "cells": _page(lambda size: "<table><tr>" + "<td>a</td>" * (size // 10) + "</tr></table>"),
    "rows": _page(lambda size: "<table>" + "<tr><td>a</td><td>b</td></tr>" * (size // 29) + "</table>"),
    "wide cell": _page(lambda size: "<table><tr><td colspan=9007199254740991>" + STORY * (size // len(STORY)) + "</td></tr></table>"),
    "links": _page(_run("<a href='/a'>Home</a> ")),
    "headings": _page(_run("<h2>Head</h2>")),
    "images": _page(_run("<figure><img src=a><figcaption>Cap</figcaption></figure>")),
    "captions": _page(
        lambda size: "".join(f"<figure><img src=a><figcaption>a{n} b{n} c{n} d{n} e{n}</figcaption></figure>" for n in range(size // 76))
    ),
    "comments": _page(_run("<!-- a -->")),
    "attributes": lambda size: _PAGE.format("<p " + "".join(f"a{number}=1 " for number in range(size // 9)) + ">word</p>"),
    "a long class": _page(lambda size: f"<p class='{'a ' * (size // 2)}'>word</p>"),
    "a script": _page(lambda size: f"<script>{'<' * size}</script>"),
    "json-ld nested": lambda size: _PAGE.format(f"<script type='application/ld+json'>{'[' * size}</script>"),
    "json-ld of many": lambda size: _PAGE.format(f"<script type='application/ld+json'>[{','.join(['{}'] * (size // 3))}]</script>"),
    "metas": lambda size: f"<html><head>{'<meta name=a content=b>' * (size // 23)}</head><body><p>{STORY}</p></body></html>",
    "a story": _page(lambda size: f"<p>{STORY}</p>" * (size // len(STORY))),
    "text in one paragraph": _page(lambda size: f"<p>{STORY * (size // len(STORY))}</p>"),
    "one word": _page(lambda size: f"<p>{'a' * size}</p>"),
    "unclosed": lambda size: "<div" * (size // 4),
    "only opening marks": _run("<"),
}
