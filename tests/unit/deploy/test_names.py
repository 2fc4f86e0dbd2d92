"""One meaning a name in the whole house: what a class, a function, a type or a decision is called, nothing else is."""

from __future__ import annotations

import ast
import functools
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[3]
FOLDERS = ("services", "shared", "copydesk")


# Names that say a part and not a thing: every service has its `main` and its `make`, every stage its `create`, every module its logger.
PARTS = {"main", "make", "create", "log", "app", "T"}


@functools.cache
def modules() -> Sequence[tuple[str, ast.Module]]:
    paths = {path.resolve() for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")}
    return [(str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))) for path in paths]


def classes(module: ast.Module) -> Iterator[str]:
    """Also one within another class or a function."""
    return (node.name for node in ast.walk(module) if isinstance(node, ast.ClassDef))


def functions(module: ast.Module) -> Iterator[str]:
    return (node.name for node in module.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"))


def named_types(module: ast.Module) -> Iterator[str]:
    """`Form = Literal[…]`: names in capitals and small letters that are assigned."""
    for node in module.body:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        yield from (target.id for target in targets if isinstance(target, ast.Name) and target.id[0].isupper() and not target.id.isupper())


def defined(names: Callable[[str, ast.Module], Iterable[str]]) -> dict[str, set[str]]:
    """The files that define each name."""
    found = defaultdict(set)
    for path, module in modules():
        for name in names(path, module):
            found[name].add(path)
    return found


def is_one_part_of_several(files: set[str]) -> bool:
    """Both databases have their schema.py, behind one port: files of one name are the same part of several things."""
    return len({Path(file).name for file in files}) == 1


def doubled(found: dict[str, set[str]]) -> dict[str, set[str]]:
    return {name: files for name, files in found.items() if len(files) > 1 and name not in PARTS and not is_one_part_of_several(files)}


def test_a_class_or_type_is_defined_once() -> None:
    found = defined(lambda path, module: [*classes(module), *named_types(module)])
    assert {"Stage", "CleanedPart", "TrainableNetwork", "Partition"} <= set(found)
    assert doubled(found) == {}


def test_a_function_of_shared_itself_is_defined_once() -> None:
    found = defined(lambda path, module: functions(module) if Path(path).parent == Path("shared") else ())
    assert {"create_topics", "group_of"} <= set(found)
    assert doubled(found) == {}


def test_every_decision_has_a_number_of_its_own_and_says_it() -> None:
    records = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    numbers = [int(path.name[:4]) for path in records]
    assert len(numbers) == len(set(numbers))
    assert [path.read_text(encoding="utf-8").split(".")[0] for path in records] == [f"# {number}" for number in numbers]
