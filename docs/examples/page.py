"""A page of what a script of cells says: `python docs/examples/page.py docs/examples/newsroom.py docs/newsroom.md`.

Cells begin with `# %%`, as editors and notebooks know them. A cell of text is text; one of code is shown with what it printed, and with
the value of its last expression: a table, or a figure, which lies beside the page.
"""

from __future__ import annotations

import ast
import contextlib
import io
import re
import sys
from pathlib import Path
from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.figure import Figure

CELL = re.compile(r"^# %%(?P<text> \[markdown\])?\n", re.MULTILINE)


def page(script: Path, target: Path) -> str:
    """The page in Markdown; its figures are written beside `target`."""
    parts = CELL.split(script.read_text("utf-8"))[1:]
    space: dict[str, Any] = {"__name__": "__main__"}
    cells = enumerate(zip(parts[::2], parts[1::2], strict=True), 1)
    shown = [_text(body) if kind else _code(body, space, target, number) for number, (kind, body) in cells]
    made = f"<!-- Made from a run of {script.name} by page.py: change that, not this page. -->"
    return "\n\n".join([made, *shown]) + "\n"


def _text(body: str) -> str:
    return re.sub(r"^# ?", "", body.strip(), flags=re.MULTILINE)


def _code(body: str, space: dict[str, Any], target: Path, number: int) -> str:
    tree = ast.parse(body)
    last = ast.Expression(tree.body.pop().value) if isinstance(tree.body[-1], ast.Expr) and not _is_print(tree.body[-1]) else None
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(compile(tree, f"cell {number}", "exec"), space)
        value = eval(compile(last, f"cell {number}", "eval"), space) if last else None
    printed = [f"```\n{said.getvalue().rstrip()}\n```"] if said.getvalue() else []
    return "\n\n".join(
        [f"```python\n{body.replace('  # noqa: B018', '').strip()}\n```", *printed, *([] if value is None else [_shown(value, target, number)])]
    )


def _is_print(statement: ast.Expr) -> bool:
    return isinstance(statement.value, ast.Call) and isinstance(statement.value.func, ast.Name) and statement.value.func.id == "print"


def _shown(value: Any, target: Path, number: int) -> str:
    if isinstance(value, Figure):
        path = target.with_name(f"{target.stem}-{number}.svg")
        value.savefig(path, metadata={"Date": None})
        return f"![{value.axes[0].get_title(loc='left')}]({path.name})"
    return f"```\n{value.to_string() if isinstance(value, pd.DataFrame) else value}\n```"


def main(script: Path, target: Path) -> None:
    mpl.use("agg")
    mpl.rcParams["svg.hashsalt"] = script.name  # the same ids in every run
    target.write_text(page(script, target), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
