"""How the Python is laid out: small modules, and reads that are scoped by construction."""

import ast
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGES = ("bcf", "plans", "metrics", "schemes", "governance")
LONGEST = 400
MODULES = sorted(
    path.relative_to(ROOT)
    for package in PACKAGES
    for path in (ROOT / package).rglob("*.py")
    if "migrations" not in path.parts
)
# What a person sees: these start from `queries` and call `actions`.
SHOWN = [
    path
    for path in MODULES
    if path.name
    in ("views.py", "api.py", "plan_tables.py", "documents.py", "context_processors.py")
    or "views" in path.parts[:-1]
    or "api" in path.parts[:-1]
]
MANAGERS = {"objects", "_base_manager", "_default_manager"}
# Reads that name no plan of anybody: everybody signed in may list the boards, and rows that are
# given to a scoping query at once.
SCOPED_BY = {"rows_visible_to", "find_boards", "standing_on"}
# The plan's own parts and boards, of a plan that was read through `plan_for`.
FAMILY = {"_rows_page"}


def tree_of(path: Path) -> ast.Module:
    return ast.parse((ROOT / path).read_text(encoding="utf-8"))


def test_the_walk_finds_the_modules() -> None:
    found = {str(path) for path in MODULES}
    assert {"bcf/money.py", "plans/actions.py", "schemes/models/scheme.py"} <= found
    assert {str(path) for path in SHOWN} >= {"bcf/reporting/views.py", "plans/views.py"}


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_a_module_is_no_longer_than_can_be_read(path: Path) -> None:
    lines = len((ROOT / path).read_text(encoding="utf-8").splitlines())
    assert lines < LONGEST


def unscoped(tree: ast.Module) -> list[str]:
    """`Model.objects` used outside a scoping call, as `line: expression`."""
    found: list[str] = []

    def visit(node: ast.AST, function: str, scoped: bool) -> None:
        if isinstance(node, ast.FunctionDef):
            function = node.name
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in SCOPED_BY:
            scoped = True
        reads = isinstance(node, ast.Attribute) and node.attr in MANAGERS
        if reads and not scoped and function not in FAMILY:
            found.append(f"{node.lineno}: {ast.unparse(node)}")
        for child in ast.iter_child_nodes(node):
            visit(child, function, scoped)

    visit(tree, "", False)
    return found


@pytest.mark.parametrize("path", SHOWN, ids=str)
def test_what_is_shown_is_read_through_queries(path: Path) -> None:
    assert unscoped(tree_of(path)) == []


def test_an_unscoped_read_is_found() -> None:
    code = "def page(request):\n    rows = Plan.objects.all()\n    return rows"
    assert unscoped(ast.parse(code)) == ["2: Plan.objects"]
    scoped = "def page(request):\n    return rows_visible_to(request.user, Plan.objects.all())"
    assert unscoped(ast.parse(scoped)) == []


def imports_inside_functions(tree: ast.Module) -> list[int]:
    return [
        inner.lineno
        for node in ast.walk(tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        for inner in ast.walk(node)
        if isinstance(inner, (ast.Import, ast.ImportFrom))
    ]


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_no_import_hides_inside_a_function(path: Path) -> None:
    assert imports_inside_functions(tree_of(path)) == []


def test_a_hidden_import_is_found() -> None:
    assert imports_inside_functions(ast.parse("def f():\n    import os")) == [2]


def float_calls(tree: ast.Module) -> list[int]:
    return [
        node.lineno
        for node in ast.walk(tree)
        if (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "float")
        or (isinstance(node, ast.Constant) and isinstance(node.value, float))
    ]


@pytest.mark.parametrize(
    "path",
    [p for p in MODULES if p.parts[:2] in (("bcf", "money.py"), ("bcf", "assurance"))],
    ids=str,
)
def test_no_total_goes_through_a_float(path: Path) -> None:
    assert float_calls(tree_of(path)) == []
