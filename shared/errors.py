"""The errors that a person is meant to read."""

from __future__ import annotations


class CopydeskError(Exception):
    """Something a user can mend. `message` says what is wrong, `remedy` what to do about it.

    The command line prints both on one line and keeps the traceback for --debug.
    """

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} — {self.remedy}" if self.remedy else self.message


class UnavailableError(CopydeskError):
    """A dependency does not answer at present: a service waits for it, the command line says so and ends."""


class ContentGoneError(CopydeskError):
    """What an article was made of is not to be had any more: Kafka has forgotten it, or the article is taken back."""


class TooLargeError(CopydeskError):
    """A record is larger than its topic takes: it will not be smaller the next time."""
