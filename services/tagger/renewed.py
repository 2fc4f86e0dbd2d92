"""spaCy's vocabulary, kept small in a process that does not end.

A memory zone frees the words it has seen, but their slots in the vocabulary's hash tables stay taken, and the tables double
(spaCy 3.8; github.com/explosion/spaCy/issues/13882): about 20 bytes for each new word of each zone, without end.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

CHARACTERS = 10_000_000  # making the default pipeline anew takes less than a thousandth of the time that they take to tag

Made = TypeVar("Made")


class Renewed(Generic[Made]):
    """What is bound to a vocabulary, made anew after so many characters. Not for several threads at once."""

    def __init__(self, make: Callable[[], Made], characters: int = CHARACTERS) -> None:
        self._make, self._characters = make, characters
        self._read = 0
        self.current = make()

    def read(self, characters: int) -> None:
        """Say that `current` has read so many characters. Call it outside of a memory zone."""
        self._read += characters
        if self._read >= self._characters:
            self.current, self._read = self._make(), 0
