"""Parsed files and small questions about their syntax."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Module:
    """One parsed file; `path` is relative to the repository."""

    path: str
    tree: ast.Module

    @classmethod
    def of(cls, path: str, source: str) -> "Module":
        tree = ast.parse(source)
        for parent in ast.walk(tree):
            for child in ast.iter_child_nodes(parent):
                child.parent = parent
        return cls(path, tree)

    @classmethod
    def read(cls, root: Path, file: Path) -> "Module":
        return cls.of(file.relative_to(root).as_posix(), file.read_text())

    def calls(self, *names: str) -> Iterator[ast.Call]:
        """Calls of functions or methods with one of these last names."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call) and last_name(node.func) in names:
                yield node

    def is_in(self, *places: str) -> bool:
        return any(self.path == place or self.path.startswith(place + "/") for place in places)

    def imports(self) -> Iterator[tuple[ast.stmt, str]]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((node, name.name) for name in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield node, node.module
                yield from ((node, f"{node.module}.{name.name}") for name in node.names)

    def knows_streamlit(self) -> bool:
        return any(name.split(".")[0] == "streamlit" for _, name in self.imports())


def last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def root_name(node: ast.expr) -> str:
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def argument(call: ast.Call, place: int | None, *names: str) -> ast.expr | None:
    """The argument at a place or under one of the names."""
    named = [keyword.value for keyword in call.keywords if keyword.arg in names]
    if named:
        return named[0]
    return call.args[place] if place is not None and len(call.args) > place else None
