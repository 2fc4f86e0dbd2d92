"""Every dependency's licence is one that somebody has looked at."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location

import pytest

from tests.data import ROOT

SPEC = spec_from_file_location("release", ROOT / "deploy" / "release.py")
assert SPEC is not None
assert SPEC.loader is not None
RELEASE = module_from_spec(SPEC)
SPEC.loader.exec_module(RELEASE)


def test_every_locked_package_may_be_used_and_given_on() -> None:
    found = list(RELEASE.verdicts())
    assert len(found) > 100
    assert [row for row in found if not row[2]] == []


def test_reasons_are_of_packages_that_are_locked() -> None:
    assert RELEASE.REASONS.keys() <= set(RELEASE.locked())


@pytest.mark.parametrize(
    ("licence", "good"),
    [
        ("MIT", True),
        ("MPL-2.0 AND (Apache-2.0 OR MIT)", True),
        ("MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later", True),
        ("MIT AND GPL-3.0-only", False),
        ("AGPL-3.0-only", False),
        ("unknown", False),
    ],
)
def test_each_part_of_a_licence_has_to_be_accepted(licence: str, good: bool) -> None:
    assert RELEASE.accepted(licence) is good
