"""Which schema every table has, found where the table is read: `rows("drugs", Drug)`.

So a new table needs no entry in a list, and one that nothing reads is noticed.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.resources import files
from types import ModuleType

from knowledge_base import catalogue
from knowledge_base.loader import Row, table_names

_PACKAGE = "knowledge_base"
_READER = "rows"


@cache
def schemas() -> dict[str, type[Row]]:
    """Table name to row schema; every checks_FAMILY table has that of the catalogue."""
    found: dict[str, type[Row]] = dict.fromkeys(catalogue.tables(), catalogue.CheckEntry)
    for file in sorted(files(_PACKAGE).iterdir(), key=lambda f: f.name):
        if file.name.endswith(".py"):
            name = file.name.removesuffix(".py")
            for table, schema in _read_in(file.read_text("utf-8")):
                found[table] = _resolved(import_module(f"{_PACKAGE}.{name}"), schema)
    return dict(sorted(found.items()))


def _read_in(source: str) -> Iterator[tuple[str, ast.expr]]:
    """Table and schema of each call of the reader whose table is named outright."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or len(node.args) != 2:
            continue
        called, (table, schema) = node.func, node.args
        name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
        if name == _READER and isinstance(table, ast.Constant) and isinstance(table.value, str):
            yield table.value, schema


def _resolved(module: ModuleType, schema: ast.expr) -> type[Row]:
    """The class that the words stand for in that module."""
    if isinstance(schema, ast.Attribute):
        module, name = _module(module, schema.value), schema.attr
    else:
        name = ast.unparse(schema)
    found = getattr(module, name)
    if not (isinstance(found, type) and issubclass(found, Row)):
        raise TypeError(f"{module.__name__}: {name} is no schema of a table")
    return found


def _module(module: ModuleType, name: ast.expr) -> ModuleType:
    found = getattr(module, ast.unparse(name))
    if not isinstance(found, ModuleType):
        raise TypeError(f"{module.__name__}: {ast.unparse(name)} is no module")
    return found


def unread() -> list[str]:
    """Tables in the folder that nothing in the package reads."""
    return [name for name in table_names() if name not in schemas()]
