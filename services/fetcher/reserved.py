"""Reservations of text and data mining: the TDM Reservation Protocol (W3C Community Group, 2024) in a site's /.well-known/tdmrep.json, in headers
and in meta elements, and `noai` among the words for robots.

Of the protocol's three places the one nearest to the page counts: a meta element says more than a header, a header more than the file.
"""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

import orjson

META = re.compile(rb"<meta\s[^>]{0,600}>", re.IGNORECASE)
ATTRIBUTE = re.compile(rb"""(name|content)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
WORDS = re.compile(r"[\s,;:]+")
HEAD_BYTES = 100_000
ROBOTS = {"robots"}
PROTOCOL = "tdm-reservation"
FILE = "tdmrep.json"
SAID = {"0": False, "1": True}
MOST_RULES = 1_000
ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
UNRESERVED = frozenset(string.ascii_letters + string.digits + "-._~")


@dataclass(frozen=True, slots=True)
class MiningRules:
    """What a site's tdmrep.json says: patterns of paths, each with whether mining is reserved there. The first that matches counts."""

    rules: tuple[tuple[str, bool], ...] = ()

    def reserved(self, url: str) -> bool | None:
        """Whether a page is reserved; None where the file says nothing of it."""
        parts = urlsplit(url)
        path = _plain((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
        return next((reserved for pattern, reserved in self.rules if _matches(pattern, path)), None)


def mining_rules(text: str) -> MiningRules:
    """The rules in a tdmrep.json. What is no rule is left out, and what is no list of them has none."""
    try:
        data = orjson.loads(text)
    except orjson.JSONDecodeError:
        return MiningRules()
    rules = data[:MOST_RULES] if isinstance(data, list) else []
    return MiningRules(tuple(found for rule in rules if isinstance(rule, dict) and (found := _rule(rule)) is not None))


def _rule(rule: Mapping[str, Any]) -> tuple[str, bool] | None:
    pattern, said = rule.get("location"), SAID.get(str(rule.get(PROTOCOL)))
    return (_plain(pattern), said) if isinstance(pattern, str) and pattern.startswith(("/", "*")) and said is not None else None


def _matches(pattern: str, path: str) -> bool:
    """As in robots.txt: `*` stands for any characters, `$` for the end. `/news/*.html$` → `/news/a/b.html`."""
    first, *others = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    ends = others.pop() if others and pattern.endswith("$") else None
    for part in others:
        if (found := path.find(part, at)) < 0:
            return False
        at = found + len(part)
    if not pattern.endswith("$"):
        return True
    return at == len(path) if ends is None else path.endswith(ends) and len(path) - len(ends) >= at


def _plain(path: str) -> str:
    """Percent-encoded where it has to be and nowhere else, so that two ways to write a path are one."""
    decoded = ESCAPE.sub(lambda match: one if (one := chr(int(match[1], 16))) in UNRESERVED else match[0].upper(), path)
    return quote(decoded, safe="%/:?#[]@!$&'()*+,;=~", errors="replace")


def reservation(headers: Mapping[str, str], body: bytes, agent: str, by_file: bool | None = None) -> list[str]:
    """Who says that the page's text is reserved: `tdmrep.json`, `header tdm-reservation`, `meta robots noai`, …; empty where nobody does.

    `by_file`: what the site's tdmrep.json says of it.
    """
    said = [("header", PROTOCOL, headers.get(PROTOCOL, "")), ("header", "robots", headers.get("x-robots-tag", ""))]
    said += [("meta", name, content) for name, content in _metas(body[:HEAD_BYTES])]
    declared = [(FILE, by_file)] if by_file is not None else []
    declared += [(f"{where} {name}", SAID[content.strip()]) for where, name, content in said if name == PROTOCOL and content.strip() in SAID]
    nearest = [where for where, reserved in declared[-1:] if reserved]
    robots = ROBOTS | {agent.lower()}
    return nearest + [f"{where} {name} noai" for where, name, content in said if name in robots and "noai" in WORDS.split(content.lower())]


def _metas(head: bytes) -> list[tuple[str, str]]:
    found = []
    for tag in META.findall(head):
        attributes = {name.lower(): (one or two or bare).decode("utf-8", "replace") for name, one, two, bare in ATTRIBUTE.findall(tag)}
        found.append((attributes.get(b"name", "").lower(), attributes.get(b"content", "")))
    return found
