"""Codings of answers: what servers get wrong and browsers read comes, what is cut off does not pass for a page."""

from __future__ import annotations

import gzip
import zlib

import pytest

from copydesk.shared.web.answers import FetchError, WebAnswer
from copydesk.shared.web.coding import Decoder

PAGE = b"<html><p>Rain fell on the harbour town for three days.</p></html>" * 20
ZLIB = zlib.compress(PAGE)


def decoded(coding: str, data: bytes, size: int = 7, most: int = 100_000) -> bytes:
    decoder, found = Decoder(coding), b""
    for start in range(0, len(data), size):
        found += decoder.decoded(data[start : start + size], most - len(found))
        if len(found) >= most:
            return found
    return found + decoder.end()


@pytest.mark.parametrize("size", [1, 7, 100_000])
@pytest.mark.parametrize(
    ("coding", "data"),
    [
        ("gzip", gzip.compress(PAGE)), (" X-GZIP ", gzip.compress(PAGE)), ("gzip", gzip.compress(PAGE[:500]) + gzip.compress(PAGE[500:])),
        ("gzip", gzip.compress(PAGE) + b"junk"), ("gzip", PAGE),
        ("deflate", ZLIB), ("deflate", ZLIB[2:-4]), ("", PAGE), ("none", PAGE), ("utf-8", PAGE),
    ],
)  # fmt: skip
def test_a_page_is_the_page_however_it_is_packed(coding: str, data: bytes, size: int) -> None:
    assert decoded(coding, data, size) == PAGE


@pytest.mark.parametrize("data", [b"", b"x"])
def test_hardly_anything_is_what_it_is(data: bytes) -> None:
    assert decoded("gzip", data) == data


@pytest.mark.parametrize(
    ("coding", "data"), [("gzip", gzip.compress(PAGE)[:-9]), ("deflate", ZLIB[:-5]), ("gzip", b"\x1f\x8b\x08broken"), ("deflate", PAGE)]
)
def test_what_is_cut_off_or_broken_is_no_page(coding: str, data: bytes) -> None:
    with pytest.raises(FetchError, match="broken_answer") as raised:
        decoded(coding, data)
    assert not raised.value.lasting


def test_a_coding_that_was_not_asked_for_is_named() -> None:
    with pytest.raises(FetchError, match="packed as br") as raised:
        Decoder("br")
    assert raised.value.lasting


def test_no_more_is_unpacked_than_is_wanted() -> None:
    assert len(decoded("gzip", gzip.compress(bytes(50_000_000)), 100_000, 1_000)) == 1_000


def test_a_type_that_is_told_twice_is_one() -> None:
    assert WebAnswer("", 200, {"content-type": "Text/HTML; charset=x, text/html"}).media_type == "text/html"
    assert WebAnswer("", 200, {"content-type": "text/html, text/html"}).media_type == "text/html"
