"""Which files the inputs stand for."""

from __future__ import annotations

from collections.abc import Iterable
from glob import glob, has_magic
from importlib import import_module
from pathlib import Path

from copydesk.shared.errors import CopydeskError
from copydesk.shared.inputs.items import Tell, warned
from copydesk.shared.inputs.names import PACKED, STORES, SUFFIXES, form_of, is_address, is_hidden, scheme_of
from copydesk.shared.inputs.passed_over import UNKNOWN, PassedOver, why_not_read
from copydesk.shared.unpacking import STDIN


def expand(inputs: Iterable[str], tell: Tell = warned) -> list[str]:
    """The files that the inputs stand for; folders give theirs that are of a known ending or form, sorted by path, without hidden ones.
    What of a folder is passed over is told.

    A name with `*`, `?` or `[` that is none stands for the files that it matches, `**` for any depth of folders. Addresses of the web
    stand for themselves, and those of stores (`s3://bucket/news/`, `s3://bucket/*.gz`) for what is there.

    Raises CopydeskError for an input that does not exist or matches nothing, and a folder that holds nothing to read.
    """
    return [file for given in inputs for file in ([given] if given == STDIN or is_address(given) else _files(given, tell))]


def _files(given: str, tell: Tell) -> list[str]:
    path = Path(given)
    if not path.exists():
        return _matched(given) or _stored(given, tell)
    if not path.is_dir():
        return [str(path)]
    found, passed = [], PassedOver(str(path))
    for name in sorted(str(file) for file in path.rglob("*") if file.is_file() and not is_hidden(file.relative_to(path))):
        if (why := why_not_read(name)) is None:
            found.append(name)
        else:
            passed.note(name, why)
    passed.tell(tell)
    if not found:
        raise CopydeskError(f"{path}: nothing to read", f"it needs files that end in {', '.join(SUFFIXES)}, or these with {' or '.join(PACKED)}")
    return found


def _matched(given: str) -> list[str]:
    return sorted(name for name in glob(given, recursive=True) if Path(name).is_file())  # noqa: PTH207 - Path.glob takes no absolute pattern


def _stored(given: str, tell: Tell) -> list[str]:
    """What a store has under an address. Raises CopydeskError for what is none, or is not there."""
    if scheme_of(given) is None:
        raise CopydeskError(f"{given}: no such file or folder", "check the path")
    try:
        system, path = import_module("fsspec.core").url_to_fs(given)
        names = system.glob(path) if has_magic(given) else system.find(path) if given.endswith("/") or system.isdir(path) else [path]
    except ImportError as error:
        raise CopydeskError(f"{given} is in a store that is read with an extra ({error})", STORES) from error
    except Exception as error:  # each store has errors of its own
        raise CopydeskError(f"{given}: the store does not answer ({type(error).__name__}: {error})", "check its name and your credentials") from error
    known = [name for name in names if has_magic(given) or len(names) == 1 or form_of(Path(name)) is not None]
    passed = PassedOver(given)
    for name in sorted(set(names) - set(known)):  # to look into each would be a request for each
        passed.note(system.unstrip_protocol(name), UNKNOWN)
    passed.tell(tell)
    found = sorted(system.unstrip_protocol(name) for name in known)
    if not found:
        raise CopydeskError(f"{given}: nothing to read", "check the address")
    return found
