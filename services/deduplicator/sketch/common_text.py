"""Common text: legal notes, sign-offs and other passages that articles share without being copies of each other.

A versioned set of shingle hashes that queries leave out. A small one is shipped (common.txt); a larger one is learned over the
log and followed on the topic dedup.common. The index stores all shingles, so a new version needs no new index.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np
import orjson

from copydesk.services.deduplicator.arrays import Hashes
from copydesk.services.deduplicator.sketch.sampling import SketchRule, sketch_all
from copydesk.services.deduplicator.text import alphabet
from copydesk.shared.errors import CopydeskError
from copydesk.shared.records.base import timestamp
from copydesk.shared.records.times import possible

KEY = "common"
SHIPPED_AT = "2026-11-27T00:00:00.000Z"  # when common.txt was last changed


@dataclass(frozen=True, slots=True)
class CommonText:
    """Sorted hashes of shingles, when they were put together, and the version that names them.

    A version is that time and a hash of the set and of how shingles are made: `v2026-11-27T21:00:00.000Z-0123456789abcdef`.
    As texts, versions stand in the order of their times. Those of sets without a time are a hash alone and stand before all others.
    """

    hashes: Hashes
    made_at: str
    version: str | None


def common_text(hashes: Iterable[int], rule: SketchRule, made_at: str = "") -> CommonText:
    """A set under the version that belongs to it. `made_at` as `copydesk.shared.records.base.timestamp` writes it."""
    array = np.unique(np.fromiter(hashes, np.uint64))
    if not len(array):
        return CommonText(array, made_at, None)
    how = f"{rule.words} {rule.characters} {rule.scale}".encode()
    name = hashlib.blake2b(how + array.tobytes(), digest_size=8).hexdigest()
    return CommonText(array, made_at, f"v{made_at}-{name}" if made_at else name)


def shipped_common_text(rule: SketchRule) -> CommonText:
    """The set that comes with the program."""
    text = files("copydesk.services.deduplicator.sketch").joinpath("common.txt").read_text("utf-8")
    return common_text((int(value) for sketch in sketch_all(text.splitlines(), rule) for value in sketch.hashes), rule, SHIPPED_AT)


def union(one: CommonText, other: CommonText, rule: SketchRule) -> CommonText:
    """What is in either set, as new as the newer one."""
    return common_text(np.concatenate((one.hashes, other.hashes)).tolist(), rule, max(one.made_at, other.made_at))


def withdrawn(made_at: str) -> CommonText:
    """The empty set as of that time: from then on what comes with the program counts alone."""
    return CommonText(np.empty(0, np.uint64), made_at, None)


def to_record(common: CommonText, rule: SketchRule) -> tuple[str, bytes]:
    """Key and value for the topic dedup.common."""
    value = {
        "version": common.version,
        "words": rule.words,
        "characters": rule.characters,
        "scale": rule.scale,
        "alphabet": alphabet.fingerprint(),
        "made_at": common.made_at,
        "hashes": base64.b64encode(common.hashes.astype("<u8").tobytes()).decode(),
    }
    return KEY, orjson.dumps(value)


def from_record(value: bytes, rule: SketchRule) -> CommonText:
    """Raises CopydeskError for what is no such set, and for one that was learned with other shingles than this deduplicator makes."""
    try:
        data = orjson.loads(value)
        learned_with = [data["words"], data["characters"], data["scale"], data.get("alphabet", alphabet.fingerprint())]
        made_at = _moment(data.get("made_at", ""))
        hashes = np.frombuffer(base64.b64decode(data["hashes"], validate=True), "<u8")
    except (ValueError, KeyError, TypeError) as error:
        raise CopydeskError("this is no common text", "write it anew with `copydesk common learn`") from error
    if learned_with != [rule.words, rule.characters, rule.scale, alphabet.fingerprint()]:
        raise CopydeskError("the common text was learned with other shingle settings", "learn it again with the present ones")
    return common_text(hashes.tolist(), rule, made_at)


def _moment(made_at: object) -> str:
    """When a set was put together; empty where it does not say. Raises ValueError: a time that lies ahead would be the newest for ever."""
    if made_at != "" and (not isinstance(made_at, str) or timestamp(possible(made_at)) != made_at):
        raise ValueError("made_at")
    return str(made_at)


def read_file(path: Path) -> bytes:
    """The value of a record of dedup.common from a file. Raises CopydeskError when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise CopydeskError(f"the common text {path} cannot be read ({error.strerror})", "correct COPYDESK_DEDUP_COMMON or unset it") from error
