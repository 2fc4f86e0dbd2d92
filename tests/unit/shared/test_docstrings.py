"""What is read outside its folder says what it is: whoever calls a function or builds on a class need not read its code."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest

import copydesk
from tests.data import ROOT

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
Place = tuple[str, str]  # module and name


def _trees() -> Iterator[tuple[Path, str, ast.Module]]:
    """Every module of the code: its folder, its name and what it says."""
    for top in ("copydesk", "services", "shared"):
        for path in sorted(ROOT.joinpath(top).glob("*.py" if top == "copydesk" else "**/*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            name = ".".join(parts if top == "copydesk" else ("copydesk", *parts)).removesuffix(".__init__")
            yield path.parent, name, ast.parse(path.read_bytes())


@pytest.fixture(scope="module")
def modules() -> list[tuple[Path, str, ast.Module]]:
    return list(_trees())


def test_what_another_folder_imports_has_a_docstring(modules: list[tuple[Path, str, ast.Module]]) -> None:
    defined: dict[Place, tuple[Path, Definition]] = {
        (name, node.name): (folder, node)
        for folder, name, tree in modules
        for node in tree.body
        if isinstance(node, Definition) and not node.name.startswith("_")
    }
    imported = {
        (folder, (node.module, alias.name))
        for folder, _, tree in modules
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
    }
    read_outside = {place for folder, place in imported if place in defined and defined[place][0] != folder}
    assert len(read_outside) > 400
    assert sorted(place for place in read_outside if not ast.get_docstring(defined[place][1])) == []


def test_the_python_face_has_docstrings() -> None:
    faces = [getattr(copydesk, name) for name in copydesk.__all__]
    assert [face for face in faces if callable(face) and not inspect.getdoc(face)] == []
    methods = [
        (face.__name__, name)
        for face in faces
        if inspect.isclass(face) and face.__module__.startswith("copydesk.")
        for name, method in vars(face).items()
        if not name.startswith("_") and (inspect.isfunction(method) or isinstance(method, property)) and not inspect.getdoc(method)
    ]
    assert methods == []
