"""The public names, their doctests, and that they cost nothing until they are used."""

from __future__ import annotations

import doctest
import subprocess
import sys
from importlib import import_module

import pytest

import copydesk


def test_every_public_name_is_there_with_a_docstring() -> None:
    for name in copydesk.__all__:
        assert getattr(copydesk, name) is not None
        assert name == "__version__" or getattr(copydesk, name).__doc__
    assert set(copydesk.__all__) == set(dir(copydesk))


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'desks'"):
        _ = copydesk.desks


@pytest.mark.parametrize("name", ["article", "tables"])
def test_examples_in_docstrings_are_true(name: str) -> None:
    ran = doctest.testmod(import_module(f"copydesk.{name}"))
    assert (ran.attempted > 0, ran.failed) == (True, 0)


def test_importing_it_loads_no_library() -> None:
    script = "import sys; import copydesk; print([name for name in ('spacy', 'aiokafka', 'pydantic', 'pandas', 'numpy') if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "[]\n"
