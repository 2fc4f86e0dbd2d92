"""One meaning a name in the whole house: what a class or a decision is called, nothing else is."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[3]
FOLDERS = ("services", "shared", "copydesk")


def classes() -> dict[str, set[str]]:
    """The files that define each class, also one within another class or a function."""
    found = defaultdict(set)
    for path in {path.resolve() for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")}:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                found[node.name].add(str(path.relative_to(ROOT)))
    return found


def test_no_class_name_is_defined_in_two_files() -> None:
    found = classes()
    assert {"Stage", "CleanedPart", "TrainableNetwork"} <= set(found)
    assert {name: sorted(files) for name, files in found.items() if len(files) > 1} == {}


def test_every_decision_has_a_number_of_its_own_and_says_it() -> None:
    records = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    numbers = [int(path.name[:4]) for path in records]
    assert len(numbers) == len(set(numbers))
    assert [path.read_text(encoding="utf-8").split(".")[0] for path in records] == [f"# {number}" for number in numbers]
