"""Which charset bytes are in, and who says so."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.services.cleaner.html import DecodedText, decode_page
from copydesk.shared.stage import Rejected

RUSSIAN = "Сегодня в городе хорошая погода, и жители гуляют по набережной до самого вечера."


def _decoded(data: bytes, declared: str | None = None) -> DecodedText:
    found = decode_page(data, declared)
    assert isinstance(found, DecodedText), found
    return found


@pytest.mark.parametrize("bom,charset", [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")])
def test_a_byte_order_mark_decides_and_goes(bom: bytes, charset: str) -> None:
    found = _decoded(bom + "<p>Ärger</p>".encode(charset), "iso-8859-1")
    assert (found.text, found.origin) == ("<p>Ärger</p>", "bom")


def test_valid_utf8_is_utf8_whatever_is_declared() -> None:
    found = _decoded("<p>Ärger</p>".encode(), "text/html; charset=iso-8859-1")
    assert (found.text, found.charset, found.origin) == ("<p>Ärger</p>", "utf-8", "content")


def test_the_header_counts_before_the_page() -> None:
    found = _decoded(b"<meta charset='utf-8'>" + RUSSIAN.encode("cp1251"), "text/html; charset=windows-1251")
    assert (RUSSIAN in found.text, found.origin) == (True, "http")


def test_the_page_counts_where_the_header_says_nothing() -> None:
    found = _decoded("<meta http-equiv='Content-Type' content='text/html; charset=Shift_JIS'>日本語".encode("cp932"), "text/html")
    assert found.text.endswith("日本語")
    assert found.origin == "meta"


def test_latin1_means_windows_1252_as_in_browsers() -> None:
    assert _decoded("“Zitat”".encode("cp1252"), "iso-8859-1").text == "“Zitat”"


@pytest.mark.parametrize(
    ("label", "charset", "text"),
    [
        ("x-sjis", "cp932", "①日本語の記事"),
        ("x-gbk", "gb18030", "中文新闻报道"),
        ("windows-949", "cp949", "한국어 기사"),
        ("iso-8859-8-i", "iso8859-8", "כתבה בעברית"),
        ("koi8-ru", "koi8-u", "Українська стаття"),
        ("ISO88599", "cp1254", "“Türkçe haber”"),
        ("Big5", "big5hkscs", "香港啲新聞"),
    ],
)
def test_labels_mean_what_they_mean_on_the_web(label: str, charset: str, text: str) -> None:
    found = _decoded(f"<meta charset={label}>{text}".encode(charset))
    assert (found.text.endswith(text), found.origin, found.replaced) == (True, "meta", 0)


def test_without_any_word_the_charset_is_detected() -> None:
    found = _decoded((RUSSIAN * 3).encode("cp1251"))
    assert (found.text, found.origin) == (RUSSIAN * 3, "detected")


@pytest.mark.parametrize("declared", ["no-such-charset", "hex", "text/html; charset=", "utf-16", ""])
def test_a_senseless_declaration_is_passed_over(declared: str) -> None:
    assert _decoded(b"<p>plain</p>", declared).text == "<p>plain</p>"


@pytest.mark.parametrize(
    "declared", ["text/html; charset=undefined", "UNDEFINED", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "charmap"]
)
def test_a_codec_that_is_no_charset_is_passed_over(declared: str) -> None:
    page = rb"<p>in C:\x41, plain..</p>"
    assert _decoded(page, declared).text == page.decode()
    assert _decoded(b'<meta charset="%b">' % declared.rpartition("=")[2].encode() + page).text.endswith(page.decode())


@pytest.mark.parametrize("data", [b"%PDF-1.7 ...", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04", b"\x1f\x8b\x08\x00", bytes(range(32)) * 50])
def test_binary_data_is_rejected(data: bytes) -> None:
    found = decode_page(data)
    assert isinstance(found, Rejected)
    assert found.reason == "binary"


@given(st.binary(max_size=300), st.none() | st.text(max_size=40))
def test_no_bytes_raise(data: bytes, declared: str | None) -> None:
    assert isinstance(decode_page(data, declared), DecodedText | Rejected)
