"""From bytes to text: which charset, and who says so.

The order departs from what browsers do in one point: bytes that are valid UTF-8 and not plain ASCII are UTF-8, whatever is
declared, since the chance that text in another charset is valid UTF-8 is negligible and wrong declarations are common.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import webencodings
from charset_normalizer import from_bytes

from copydesk.services.cleaner.plausible import plausibility
from copydesk.shared.stage import Rejected

Origin = Literal["bom", "content", "http", "meta", "detected", "guessed"]

PRESCAN_BYTES = 4_096
SAMPLE_BYTES = 65_536
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
META = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{2,40})""", re.I)
MAGIC = {
    b"%PDF-": "a PDF",
    b"\x89PNG\r\n": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"RIFF": "a RIFF file (audio, video or WebP)",
    b"PK\x03\x04": "a ZIP archive",
    b"\x1f\x8b": "gzip data",
    b"\x28\xb5\x2f\xfd": "zstd data",
    b"\x00\x00\x00\x18ftyp": "an MP4 video",
    b"\x00\x00\x00\x20ftyp": "an MP4 video",
    b"\x7fELF": "a program",
    b"ID3": "an MP3 file",
    b"OggS": "an Ogg file",
}
# What undeclared bytes may be, the likeliest first.
CANDIDATES = (
    *("cp1252", "cp1251", "iso8859-2", "cp1250", "cp1254", "cp1257", "koi8-r", "koi8-u", "iso8859-5", "cp866", "mac-cyrillic", "cp1253", "iso8859-7"),
    *("cp1255", "cp1256", "iso8859-6", "cp932", "euc_jp", "gb18030", "big5", "cp949", "mac-roman"),
)
LEAST_PLAUSIBLE = 1.0  # of a reading that makes a language: letters of its alphabet, or the language without doubt
PLAUSIBLE_CHARS = 2_000
TAG = re.compile(r"<[^<>]{0,2000}>")
CONTROLS = bytes(set(range(9)) | set(range(14, 32)) - {27})
MAX_CONTROLS = 0.02  # share of control bytes above which bytes are no text in any charset that has them
# What Python has codecs for besides charsets. Some raise for text of any kind, and pages do say charset=undefined: a script's missing value.
NO_CHARSETS = frozenset(["undefined", "idna", "punycode", "charmap", "unicode-escape", "raw-unicode-escape"])


@dataclass(frozen=True, slots=True)
class DecodedText:
    """Text, the Python name of its charset, and what that name rests on. `replaced` counts undecodable bytes (U+FFFD)."""

    text: str
    charset: str
    origin: Origin
    replaced: int = 0


def decode_page(data: bytes, declared: str | None = None) -> DecodedText | Rejected:
    """Decode a page. `declared` is a charset name or a whole Content-Type header. Rejects binary data and never raises."""
    for bom, name in BOMS:
        if data.startswith(bom):
            return _with(data[len(bom) :] if name == "utf-8" else data, name, "bom")
    if binary := binary_kind(data):
        return Rejected("binary", f"the content is {binary}, not text; extract its text before it is sent")
    return _by_content(data) or _by_declaration(data, declared) or _by_detection(data)


def binary_kind(data: bytes) -> str | None:
    """What kind of file this is, when it is no text; None for text in any charset."""
    for magic, kind in MAGIC.items():
        if data.startswith(magic):
            return kind
    sample = data[:SAMPLE_BYTES]
    if _utf16_without_bom(sample):
        return None
    controls = len(sample) - len(sample.translate(None, CONTROLS))
    return "binary data" if sample and controls / len(sample) > MAX_CONTROLS else None


def _by_content(data: bytes) -> DecodedText | None:
    if name := _utf16_without_bom(data[:SAMPLE_BYTES]):
        return _with(data, name, "content")
    try:
        return None if data.isascii() else DecodedText(data.decode("utf-8"), "utf-8", "content")
    except UnicodeDecodeError:
        return None


def _utf16_without_bom(sample: bytes) -> str | None:
    """Markup in UTF-16 has a zero in every other byte."""
    if len(sample) < 4:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) / 2
    if odd > 0.7 * half and even < 0.05 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 * half and odd < 0.05 * half else None


def _by_declaration(data: bytes, declared: str | None) -> DecodedText | None:
    """The header, then the page's own word, each only if the bytes are valid in it."""
    meta = META.search(data[:PRESCAN_BYTES])
    stated: tuple[tuple[str | None, Origin], ...] = (
        (_charset_of(declared), "http"),
        ((meta[1] or meta[2]).decode("ascii") if meta else None, "meta"),
    )
    for label, origin in stated:
        name = _codec(label)
        if name and (decoded := _with(data, name, origin)).replaced <= len(data) // 2_000:
            return decoded
    return DecodedText(data.decode("ascii"), "ascii", "content") if data.isascii() else None


def _charset_of(declared: str | None) -> str | None:
    """The charset in "text/html; charset=x", or the name itself."""
    if not declared:
        return None
    match = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", declared, re.I)
    return match[1] if match else None if "/" in declared else declared


@lru_cache(1_000)
def _codec(label: str | None) -> str | None:
    """Python's name for what a label means on the web: "latin1" → cp1252, "x-sjis" → cp932, "gb2312" → gb18030."""
    name = _python_name(label)
    for known in (label, name, name and name.replace("_", "-")):
        if known and (encoding := webencodings.lookup(known)):
            name = {"gbk": "gb18030"}.get(encoding.codec_info.name, encoding.codec_info.name)
            break
    # A page that could be scanned for a declaration is no UTF-16; hex and zlib, x-user-defined and replacement are no charsets of text.
    name = _python_name(name)
    if name is None or name in NO_CHARSETS or name.startswith(("utf-16", "utf-32")):
        return None
    return name if codecs.lookup(name)._is_text_encoding else None


def _python_name(label: str | None) -> str | None:
    try:
        return codecs.lookup(label).name if label else None
    except (LookupError, ValueError):
        return None


def _by_detection(data: bytes) -> DecodedText:
    """The reading whose letters are of the alphabet of the language that it makes; guessed where no reading makes a language."""
    sample = data[:SAMPLE_BYTES]
    best = from_bytes(sample).best()
    proposed = _codec(best.encoding) if best else None
    readings = {name: reading for name in dict.fromkeys([*([proposed] if proposed else []), *CANDIDATES]) if (reading := _reading(sample, name))}
    ranked = sorted(readings, key=lambda name: (-round(readings[name], 2), name not in CANDIDATES, name != proposed))
    for name in ranked:
        if readings[name] >= LEAST_PLAUSIBLE and (decoded := _with(data, name, "detected")).replaced <= len(data) // 2_000:
            return decoded
    candidates = [_with(data, name, "guessed") for name in ("utf-8", *([proposed] if proposed else []), "cp1252")]
    return min(candidates, key=lambda decoded: decoded.replaced)


def _reading(sample: bytes, name: str) -> float | None:
    """How plausible the bytes are as text in a charset; None where they are none."""
    text = sample.decode(name, "replace")
    if text.count("\ufffd") > len(sample) // 2_000 + (len(sample) == SAMPLE_BYTES):
        return None
    return plausibility(TAG.sub(" ", text)[:PLAUSIBLE_CHARS])


def _with(data: bytes, name: str, origin: Origin) -> DecodedText:
    text = data.decode(name, "replace")
    return DecodedText(text, name, origin, text.count("\ufffd"))
