"""A file imports only from its own floor or below: the house as a table, and what really gets loaded."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import tui_nn
from tui_nn.cli import COMMANDS

PACKAGE = Path(tui_nn.__file__).parent

FLOORS = {
    "engine": "numpy",
    "files": "numpy platformdirs PIL tomli",
    "data": "numpy polars pyarrow pandas sklearn",
    "settings": "numpy",
    "training": "numpy",
    "lessons": "numpy",
    "exports": "numpy",
    "sweeps": "numpy distributed optuna",
    "render": "numpy rich textual.strip textual.color textual.filter textual.geometry",
    "widgets": "numpy rich textual",
    "views": "numpy",
    "screens": "numpy rich textual",
    "commands": "numpy rich platformdirs",
    "app": "numpy rich textual",
    "cli": "",
    "__main__": "",
    "__init__": "",
}
"""What lies at the root of the package, the lowest first, and what each imports from outside."""

WITHIN_A_VIEW = {
    "values": "",
    "look": "",
    "draw": "plotext",
    "panel": "rich textual textual_plotext",
    "page": "rich textual",
}
"""Files of a view from the lowest to the highest (`draw_links.py` is a draw, any other name holds values)."""

NEVER = {"data": {"engine"}, "files": {"engine"}, "commands": {"screens", "widgets"}, "app": {"commands"}}
"""Lower floors that a floor must not know all the same."""

MOST_ENTRIES = 16
"""Floors, and capabilities such as lessons, each with its own floors inside."""
MOST_PAIRS = 70
MOST_LINES = 300
"""Of a module: a longer one holds several ideas."""
PLOTEXT = {"plotext", "textual_plotext"}


def _modules() -> Iterator[tuple[str, Path]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield ".".join(path.relative_to(PACKAGE).with_suffix("").parts), path


MODULES = dict(_modules())


def _imports(path: Path) -> Iterator[str]:
    """Yield the full names of modules that a file imports, wherever in the file it does."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            for alias in node.names:
                yield f"{node.module}.{alias.name}"


def _inside(path: Path) -> Iterator[str]:
    """Yield what a file imports of this package, without the `tui_nn.`."""
    for name in _imports(path):
        if name.startswith("tui_nn.") and name != "tui_nn.__version__":
            yield name.removeprefix("tui_nn.")


def _top(name: str) -> str:
    return name.partition(".")[0]


def _height(name: str) -> int:
    return list(FLOORS).index(_top(name))


def _kind(module: str) -> str | None:
    """Return which of WITHIN_A_VIEW a module of a view is; None for those that belong to no single view."""
    parts = module.split(".")
    if parts[0] != "views" or len(parts) < 3:
        return None
    stem = parts[2].partition("_")[0]
    return stem if stem in WITHIN_A_VIEW else "values"


def _is_within(name: str, packages: str) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages.split())


def _is_too_high(module: str, imported: str) -> bool:
    if _top(imported) in NEVER.get(_top(module), ()):
        return True
    if _height(imported) != _height(module):
        return _height(imported) > _height(module)
    kinds = list(WITHIN_A_VIEW)
    own, other = _kind(module), _kind(imported)
    if own is None or other is None:
        return False
    return kinds.index(other) > kinds.index(own) or (own, other) == ("draw", "look")


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_from_its_own_floor_or_below(module: str) -> None:
    assert _top(module) in FLOORS, f"{module} stands on no floor: give it a place in FLOORS"

    assert [name for name in _inside(MODULES[module]) if _is_too_high(module, name)] == []


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_the_distributions_of_its_floor(module: str) -> None:
    kind = _kind(module)
    allowed = FLOORS[_top(module)] + (f" {WITHIN_A_VIEW[kind]}" if kind else "")
    if _top(module) == "views" and kind is None:
        allowed += f" {WITHIN_A_VIEW['page']}"

    strangers = [
        name
        for name in _imports(MODULES[module])
        if _top(name) != "tui_nn"
        and _top(name) not in sys.stdlib_module_names
        and not _is_within(name, allowed)
    ]

    assert strangers == []


def _pairs() -> set[tuple[str, str]]:
    """Return which entries at the root of the package import which others."""
    pairs = {(_top(module), _top(name)) for module, path in MODULES.items() for name in _inside(path)}
    return {(a, b) for a, b in pairs if a != b and not {a, b} & {"__init__", "__main__"}}


def test_the_house_has_few_entries_and_few_arrows() -> None:
    entries = {_top(module) for module in MODULES} - {"__init__", "__main__"}

    assert len(entries) <= MOST_ENTRIES
    assert len(_pairs()) <= MOST_PAIRS


def _view(name: str) -> str:
    """Return which view a module belongs to; "" for those that belong to none."""
    parts = name.split(".")
    return parts[1] if parts[0] == "views" and len(parts) > 2 else ""


def test_no_two_views_import_each_other() -> None:
    pairs = {(_view(module), _view(name)) for module, path in MODULES.items() for name in _inside(path)}

    assert {(a, b) for a, b in pairs if a and b and a != b and (b, a) in pairs} == set()


@pytest.mark.parametrize("module", MODULES)
def test_no_module_is_longer_than_one_idea_takes(module: str) -> None:
    n_lines = len(MODULES[module].read_text(encoding="utf-8").splitlines())

    assert n_lines <= MOST_LINES, f"{module}: cut it along what it does"


def test_no_folder_is_a_kind_of_file() -> None:
    kinds_of_file = {"utils", "common", "helpers", "manager", "managers", "misc", "core"}

    assert not {part for module in MODULES for part in module.split(".")} & kinds_of_file


def _loaded_after(statement: str) -> set[str]:
    """Return the names of all modules in a fresh interpreter after a statement."""
    script = f"import sys\n{statement}\nprint(*sys.modules, file=sys.__stderr__)"
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(ended.stderr.split())


@pytest.mark.parametrize("name", COMMANDS)
def test_importing_a_headless_command_loads_neither_textual_nor_plotext(name: str) -> None:
    assert not _loaded_after(f"import tui_nn.commands.{name}") & {"textual", *PLOTEXT}


def test_the_trainer_process_loads_no_screen() -> None:
    assert not _loaded_after("import tui_nn.app.trainer_process") & {"textual", "rich", *PLOTEXT}


@pytest.mark.parametrize("flag", ["--version", "-V", "--help", "-h"])
def test_version_and_help_load_neither_numpy_nor_textual(flag: str) -> None:
    loaded = _loaded_after(f"from tui_nn.cli import main\nassert main(['{flag}']) == 0")

    assert not loaded & {"numpy", "textual", "rich", *PLOTEXT}


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command_loads_no_textual(name: str) -> None:
    loaded = _loaded_after(
        f"from tui_nn.cli import main\ntry:\n    main(['{name}', '--help'])\nexcept SystemExit:\n    pass"
    )

    assert not loaded & {"textual", *PLOTEXT}


def test_plotext_is_imported_only_where_curves_are_drawn() -> None:
    users = {
        module.partition(".")[0]
        for module, path in MODULES.items()
        if PLOTEXT & {name.partition(".")[0] for name in _imports(path)}
    }

    assert users <= {"views"}
