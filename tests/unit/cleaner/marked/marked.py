"""Pages and texts in which each line is marked as an editor would mark it.

=== name                          a page begins
title: …   author: …              what is to come out; author and published are absent where nothing is told
published: 2024-03-05             a day; what comes out may be more exact
chrome: landmarks   lang: de      what stands around it (`chromes`), in which language; a text has no chrome
url: …
^ <meta …>                        a line of the page's <head>
+ <p>…</p>                        a line of the article
- <p>…</p>                        a line that is none
  <div>                           markup without text; in a text a blank line
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from string import Template

HERE = Path(__file__).parent
INLINE = re.compile(r"</?(?:a|b|strong|i|em|span|sup|sub|small|font|u|wbr|time|mark)\b[^>]*>")
WORDS = tomllib.loads((HERE / "chromes" / "words.toml").read_text())
APART = re.compile(r"⟦.*?⟧")
TAG = re.compile(r"<[^>]*>")


@dataclass(slots=True)
class Marked:
    name: str
    facts: dict[str, str] = field(default_factory=dict)
    lines: list[tuple[str, str]] = field(default_factory=list)  # mark, text

    @property
    def source(self) -> str:
        """The page's HTML, or the text."""
        article = "\n".join(text for mark, text in self.lines if mark != "^").replace("⟦", "").replace("⟧", "")
        if self.facts.get("chrome", "none") == "none":
            return article
        head = "".join(text for mark, text in self.lines if mark == "^")
        return _page(self.facts, head, article)

    @property
    def words(self) -> list[str]:
        """The words of the article, without the bars between cells."""
        kept = [text for mark, text in self.lines if mark == "+"]
        kept = [APART.sub("", line) for line in kept]
        return (plain("\n".join(kept)) if "chrome" in self.facts else "\n".join(kept)).split()


def plain(text: str) -> str:
    return unescape(TAG.sub(" ", INLINE.sub("", text)))


def read(pattern: str) -> Iterator[Marked]:
    """The pages of the files of this folder that fit a pattern."""
    for path in sorted(HERE.glob(pattern)):
        for part in re.split(r"^=== ", path.read_text(), flags=re.M)[1:]:
            yield _marked(part.splitlines())


def _page(facts: dict[str, str], head: str, article: str) -> str:
    """An article in one of the makes of site in `chromes`, whose menu, headlines and offers are in its language."""
    words = WORDS[facts["lang"]]
    links = [f'<a href="/s{n}">{line}</a>' for n, line in enumerate(words["headlines"])]
    return Template((HERE / "chromes" / f"{facts['chrome']}.html").read_text()).substitute(
        words,
        lang=facts["lang"],
        title=facts["title"],
        head=head,
        article=article,
        menu="".join(f'<li><a href="/m{n}">{word}</a></li>' for n, word in enumerate(words["menu"])),
        headlines="".join(f"<li>{link}</li>" for link in links),
        cards="".join(f'<div class="card"><img src="/c.jpg"><h4>{link}</h4></div>' for link in links),
    )


def _marked(lines: list[str]) -> Marked:
    found = Marked(lines[0].strip())
    for line in lines[1:]:
        if line[:2] in ("+ ", "- ", "^ ", "  ") or not line.strip():
            found.lines.append((line[:1], line[2:]))
        else:
            key, _, value = line.partition(": ")
            found.facts[key] = value.strip()
    return found
