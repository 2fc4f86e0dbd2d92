"""The content codings of answers (RFC 9110), undone as the bytes come: gzip and deflate, which are what is asked for."""

from __future__ import annotations

import zlib
from typing import Any

from copydesk.shared.web.answers import FetchError

ASKED = "gzip, deflate"
GZIP = b"\x1f\x8b"
UNASKED = frozenset(["br", "zstd", "compress", "x-compress"])
HEAD = 2  # bytes that tell whether it is packed, and how


class Decoder:
    """Undoes one answer's coding. Bytes that are not packed though their server says so stay as they are, and what stands behind the end of
    the packed ones is left out: browsers do both.
    """

    def __init__(self, coding: str) -> None:
        """Raises FetchError for a coding that was not asked for; a word that names none is none."""
        self._coding = coding.strip().lower()
        if self._coding in UNASKED:
            raise FetchError("broken_answer", f"it is packed as {self._coding}, and {ASKED} were asked for", lasting=True)
        self._held = b""
        self._unpacker: Any = None
        self._is_plain = self._coding not in ("gzip", "x-gzip", "deflate")

    def decoded(self, piece: bytes, most: int) -> bytes:
        """The next bytes, at most so many: who gets as many has enough. Raises FetchError for what cannot be unpacked."""
        if self._is_plain:
            return piece
        piece, self._held = self._held + piece, b""
        if self._unpacker is None and len(piece) < HEAD:
            self._held = piece
            return b""
        if self._unpacker is None:
            self._begin(piece)
        if self._is_plain:
            return piece
        try:
            return self._unpacked(piece, most)
        except zlib.error as error:
            raise FetchError("broken_answer", f"what is said to be {self._coding} cannot be unpacked ({error})") from error

    def end(self) -> bytes:
        """What is left when all has come. Raises FetchError where something is missing."""
        if self._unpacker is not None and not self._unpacker.eof:
            raise FetchError("broken_answer", f"it is packed as {self._coding}, and cut off")
        return self._held if self._unpacker is None else b""

    def _begin(self, head: bytes) -> None:
        if self._coding == "deflate":
            is_zlib = head[0] & 0x0F == zlib.DEFLATED and (head[0] << 8 | head[1]) % 31 == 0  # RFC 1950; many send it bare
            self._unpacker = zlib.decompressobj(zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS)
        elif head.startswith(GZIP):
            self._unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
        else:
            self._is_plain = True

    def _unpacked(self, piece: bytes, most: int) -> bytes:
        found = b""
        while piece and len(found) < most and not (self._unpacker.eof and not piece.startswith(GZIP)):
            if self._unpacker.eof:  # gzip may have several members
                self._unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
            found += self._unpacker.decompress(piece, most - len(found))
            piece = self._unpacker.unused_data
        if self._unpacker.eof and piece == GZIP[:1]:
            self._held = piece
        return found
