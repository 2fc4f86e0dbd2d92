"""Keys of the gateway. A key is shown once, when it is made; what is kept is a hash, with its name, its scopes and its limits.

A key has 256 random bits, so a plain SHA-256 of it tells nothing: there is no word list to try.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import orjson
from pydantic import TypeAdapter

from copydesk.services.gateway.settings import SCOPES, Scope
from copydesk.shared.errors import CopydeskError
from copydesk.shared.records.base import timestamp

PREFIX = "cdk_"  # so that a key is known as one wherever it turns up


@dataclass(frozen=True, slots=True)
class Key:
    """A key by its name. `rate` (requests a second) and `size` (bytes of a body) stand in for the settings' where they are given."""

    name: str
    digest: str
    scopes: tuple[Scope, ...]
    created: str
    rate: float | None = None
    size: int | None = None


KEYS = TypeAdapter(list[Key])


class Keyring:
    """The keys in a file; it is read again when it has changed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read: tuple[int, int] | None = None
        self._keys: dict[str, Key] = {}

    def all(self) -> list[Key]:
        """All keys, by name. Raises CopydeskError for a file that cannot be read as one of keys."""
        try:
            stat = self.path.stat()
        except FileNotFoundError:
            self._keys, self._read = {}, None
            return []
        if (stat.st_mtime_ns, stat.st_ino) != self._read:
            self._keys = {key.digest: key for key in self._parsed()}
            self._read = (stat.st_mtime_ns, stat.st_ino)
        return sorted(self._keys.values(), key=lambda key: key.name)

    def find(self, secret: str) -> Key | None:
        """The key with that secret."""
        self.all()
        digest = _digest(secret)
        found = self._keys.get(digest)
        return found if found is not None and hmac.compare_digest(found.digest, digest) else None

    def create(self, name: str, scopes: Sequence[str], rate: float | None = None, size: int | None = None) -> str:
        """Make a key; what comes back is the only time it can be seen. Raises CopydeskError for a name that is taken, or no scope."""
        if unknown := sorted(set(scopes) - set(SCOPES)):
            raise CopydeskError(f"there is no scope {unknown[0]}", f"name some of {', '.join(SCOPES)}")
        if not scopes or not name.strip():
            raise CopydeskError("a key needs a name and a scope", "copydesk keys create NAME --scope read")
        known = self.all()
        if any(key.name == name for key in known):
            raise CopydeskError(f"there is a key {name} already", f"choose another name, or `copydesk keys revoke {name}` first")
        secret = PREFIX + secrets.token_urlsafe(32)
        given = tuple(scope for scope in SCOPES if scope in scopes)
        self._write([*known, Key(name, _digest(secret), given, timestamp(datetime.now(UTC)), rate, size)])
        return secret

    def revoke(self, name: str) -> None:
        """Forget a key: it is refused from the next request on. Raises CopydeskError where there is none of that name."""
        left = [key for key in self.all() if key.name != name]
        if len(left) == len(self._keys):
            raise CopydeskError(f"there is no key {name}", "`copydesk keys list` shows them")
        self._write(left)

    def _write(self, keys: Sequence[Key]) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.path.with_name(f"{self.path.name}.new")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            out.write(orjson.dumps([asdict(key) for key in keys], option=orjson.OPT_INDENT_2))
        fresh.replace(self.path)

    def _parsed(self) -> list[Key]:
        try:
            return KEYS.validate_json(self.path.read_bytes())
        except (OSError, ValueError) as error:
            raise CopydeskError(f"{self.path}: cannot be read as the gateway's keys ({error})", "mend it, or delete it and make keys anew") from error


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
