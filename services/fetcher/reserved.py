"""Reservations of text and data mining: the TDM Reservation Protocol in headers and meta elements, and `noai` among the words for robots.

A site's /.well-known/tdmrep.json is not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

META = re.compile(rb"<meta\s[^>]{0,600}>", re.IGNORECASE)
ATTRIBUTE = re.compile(rb"""(name|content)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
WORDS = re.compile(r"[\s,;:]+")
HEAD_BYTES = 100_000
ROBOTS = {"robots"}


def reservation(headers: Mapping[str, str], body: bytes, agent: str) -> list[str]:
    """Who says that the page's text is reserved: `header tdm-reservation`, `meta robots noai`, …; empty where nobody does."""
    said = [("header", "tdm-reservation", headers.get("tdm-reservation", "")), ("header", "robots", headers.get("x-robots-tag", ""))]
    said += [("meta", name, content) for name, content in _metas(body[:HEAD_BYTES])]
    found = []
    for where, name, content in said:
        if name == "tdm-reservation" and content.strip() == "1":
            found.append(f"{where} tdm-reservation")
        elif name in ROBOTS | {agent.lower()} and "noai" in WORDS.split(content.lower()):
            found.append(f"{where} {name} noai")
    return found


def _metas(head: bytes) -> list[tuple[str, str]]:
    found = []
    for tag in META.findall(head):
        attributes = {name.lower(): (one or two or bare).decode("utf-8", "replace") for name, one, two, bare in ATTRIBUTE.findall(tag)}
        found.append((attributes.get(b"name", "").lower(), attributes.get(b"content", "")))
    return found
