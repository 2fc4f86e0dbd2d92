"""The version of this package, from its one place: pyproject.toml, by way of what is installed."""

from __future__ import annotations

from importlib.metadata import version

VERSION = version("copydesk")
