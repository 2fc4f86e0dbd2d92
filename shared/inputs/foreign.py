"""Files that are no articles, known by their first bytes, each with what to do about it."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from copydesk.shared.inputs.items import UNSUPPORTED
from copydesk.shared.stage import Rejected

IMAGE = "name pages or texts"
UNPACK = "unpack it, and name the folder"
LINES = "export it as JSON lines: one object a line, with content, and url, title, published_at where they are known"


@dataclass(frozen=True, slots=True)
class Foreign:
    """A form that is not read: how it begins, what to call it, and the remedy."""

    signature: re.Pattern[bytes]
    name: str
    remedy: str

    @property
    def refused(self) -> Rejected:
        return _refused(self.name, self.remedy)


def _form(signature: bytes, name: str, remedy: str) -> Foreign:
    return Foreign(re.compile(signature, re.DOTALL), name, remedy)


OFFICE = rb"PK\x03\x04.{26}(?:\[Content_Types\]\.xml|_rels/|word/|xl/|ppt/|docProps/|mimetypeapplication/(?:epub|vnd\.oasis))"
HEADER = rb"(?>[A-Za-z][A-Za-z0-9-]*:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)"
FOREIGN = (
    _form(rb"%PDF-", "a PDF document", "take its text out first: pdftotext FILE.pdf FILE.txt"),
    _form(OFFICE, "an office document or e-book", "save it as HTML or text, a table as CSV"),
    _form(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an office document", "save it as HTML or text, a table as CSV"),
    _form(rb"\{\\rtf", "an RTF document", "save it as HTML or text"),
    _form(rb"7z\xbc\xaf\x27\x1c", "a 7z archive", UNPACK),
    _form(rb"Rar!\x1a\x07", "a RAR archive", UNPACK),
    _form(rb"(?:\x04\x22\x4d\x18|\x1f\x9d|LZIP\x01)", "packed in a way that is not read", "unpack it, or pack it with gzip"),
    _form(rb"(?:Obj\x01|ORC[\x00-\x1f]|\x89HDF\r\n\x1a\n|\x93NUMPY)", "a table of data", LINES),
    _form(rb"SQLite format 3\x00", "an SQLite database", LINES),
    _form(rb"\x80[\x02-\x05].{0,16}(?:c[a-z_]+\.|\x8c|\}|\])", "a Python pickle", LINES),
    _form(rb"version https://git-lfs\.github\.com/", "a pointer to a file that Git LFS keeps", "fetch the file itself: git lfs pull"),
    _form(rb"(?:\x89PNG\r\n|\xff\xd8\xff|GIF8[79]a|BM.{4}\x00{4}|II\*\x00|MM\x00\*|RIFF.{4}WEBP|\x00\x00\x01\x00|8BPS\x00)", "an image", IMAGE),
    _form(rb"(?:\x00{2}.{2}ftyp|\x1aE\xdf\xa3|RIFF.{4}(?:AVI |WAVE)|OggS\x00|fLaC\x00|ID3[\x02-\x04]|\x00\x00\x01\xba)", "a sound or film", IMAGE),
    _form(rb"(?:\x7fELF|MZ.{1,2}\x00|\xcf\xfa\xed\xfe|\xca\xfe\xba\xbe|wOF[F2]|\x00asm)", "a program or font", IMAGE),
    _form(rb"From \S+ [^\r\n]*\d\d:\d\d[^\r\n]*\d{4}[^\r\n]*\r?\n" + HEADER, "a mailbox", "save the messages as HTML or text"),
)  # fmt: skip

PACKED_TWICE = _form(rb"(?:\x1f\x8b\x08|BZh[1-9]1AY&SY|\xfd7zXZ\x00|\x28\xb5\x2f\xfd)", "packed more than once", "unpack it once")

XML_BEFORE_ROOT = rb"(?>\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\])?[^>]*>)*+"
ROOT = re.compile(XML_BEFORE_ROOT + rb"<([A-Za-z_][\w.:-]*)", re.DOTALL | re.IGNORECASE)
ROOTS = {
    b"opml": ("a list of feeds (OPML)", "`copydesk feeds import FILE` follows them"),
    b"svg": ("an image", IMAGE), b"mediawiki": ("a wiki's export", LINES),
    b"plist": ("a property list", LINES), b"nitf": ("a NITF document", LINES), b"newsml": ("a NewsML document", LINES),
    b"newsitem": ("a NewsML-G2 document", LINES), b"newsmessage": ("a NewsML-G2 document", LINES),
}  # fmt: skip
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
CONTROL = frozenset(range(0x20)) - frozenset(b"\t\n\r\f\x0b\x1b\x00")
JUDGED = 512  # bytes that are needed to tell noise from text
NOISE = 0.03  # share of control characters that no charset of text has
FEW = 12  # different values: the high bytes of UTF-16 in one alphabet


def foreign(head: bytes) -> Rejected | None:
    """Why a file that begins so is not read, and what to do; None for what may be an article or a list of them."""
    for form in FOREIGN:
        if form.signature.match(head):
            return form.refused
    name, remedy = ROOTS.get(root_of(head) or b"", ("", ""))
    return _refused(name, remedy) if name else None


def packed_twice(head: bytes) -> Rejected | None:
    """Why bytes that were unpacked, and are packed still, are not read. The records of a web archive are packed in it."""
    return PACKED_TWICE.refused if PACKED_TWICE.signature.match(head) else None


def root_of(head: bytes) -> bytes | None:
    """The name of the root element in small letters, where these bytes begin as XML or HTML."""
    plain = head.decode("utf-16", "replace").encode() if head.startswith(UTF_16) else head.removeprefix(codecs.BOM_UTF8)
    root = ROOT.match(plain)
    return root[1].lower() if root else None


def noise(head: bytes) -> Rejected | None:
    """Why bytes that are no text in any charset are not read."""
    return _refused("no text", IMAGE) if is_noise(head) else None


def _refused(name: str, remedy: str) -> Rejected:
    return Rejected(UNSUPPORTED, f"it is {name}: {remedy}")


def is_noise(head: bytes) -> bool:
    """Whether bytes are no text in any charset. UTF-16 and UTF-32 have bytes of control characters too, but few different high bytes."""
    if len(head) < JUDGED or head.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        return False
    noise = sum(byte in CONTROL for byte in head) / len(head)
    return noise > NOISE and min(len(set(head[0::2])), len(set(head[1::2]))) > FEW
