"""Exit codes of `copydesk`, as documented in docs/cli.md."""

from __future__ import annotations

FAILURE = 1
USAGE = 2
REFUSED = 3
DIFFERENT = 4
INTERRUPTED = 130
