"""A file imports only from its own floor or below: the table, and what really gets loaded."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import tui_nn
from tui_nn.cli import COMMANDS

PACKAGE = Path(tui_nn.__file__).parent


@dataclass(frozen=True)
class Floor:
    """What the modules of one floor may import, beside the standard library."""

    own: frozenset[str]
    """Modules and packages of tui_nn, without the `tui_nn.`; a package stands for all that is in it."""
    outside: frozenset[str] = frozenset()
    """Other distributions' modules; a package stands for all that is in it."""


def _floor(own: str = "", outside: str = "") -> Floor:
    return Floor(frozenset(own.split()), frozenset(outside.split()))


VALUES = (
    "config kinds moments datasets data render pictures training.snapshot training.commands training.images "
    "training.details"
)
"""What a widget is given to show, and what it can ask for."""

FLOORS = {
    "engine": _floor("engine", "numpy"),
    "data": _floor("data", "numpy"),
    "kinds": _floor(),
    "moments": _floor(),
    "assets": _floor(),
    "presets": _floor("assets"),
    "config": _floor("kinds moments datasets engine data"),
    "flags": _floor("config kinds presets data datasets"),
    "training": _floor("training config moments datasets engine data places kinds", "numpy"),
    "commands": _floor(
        "commands training config datasets places flags kinds presets assets engine data "
        "render pictures terminal",
        "numpy rich platformdirs",
    ),
    "render": _floor("render", "numpy plotext rich textual.strip textual.color textual.geometry"),
    "pictures": _floor(
        "pictures render config moments datasets data training.snapshot training.details", "numpy"
    ),
    "actions": _floor("", "textual.binding"),
    "themes": _floor("", "textual.theme textual.color"),
    "terminal": _floor(),
    "loading": _floor(),
    "pacing": _floor(),
    "widgets": _floor(
        f"widgets actions training.images {VALUES}", "numpy rich textual textual_plotext plotext"
    ),
    "screens": _floor(
        f"screens widgets actions presets places training.images training.thumbnails {VALUES}",
        "numpy rich textual",
    ),
    "edits": _floor("config training.commands"),
    "wording": _floor("config kinds"),
    "client": _floor("config training"),
    "palette_commands": _floor("actions config kinds presets", "textual"),
    "run": _floor(f"client edits wording engine training.saved_run {VALUES}"),
    "shipped": _floor("assets config engine presets training.commands training.saved_run"),
    "sketchbook": _floor("data training.commands", "numpy"),
    "app": _floor(
        "screens widgets actions client run pacing palette_commands places presets shipped sketchbook themes "
        f"training.link wording {VALUES}",
        "rich textual",
    ),
    "driver": _floor("", "textual"),
    "places": _floor("", "platformdirs"),
    "datasets": _floor("data kinds places", "numpy"),
    "opening": _floor(
        "commands config flags shipped training.commands training.saved_run",
    ),
    "launch": _floor(
        "terminal loading client driver flags config data opening commands training.link "
        "training.commands app"
    ),
    "own": _floor("launch config data", "numpy"),
    "cli": _floor("flags loading"),
    "__main__": _floor("cli"),
    "__init__": _floor("own"),
}
"""The first part of a module's name -> its floor."""

PLOTEXT = {"plotext", "textual_plotext"}


def _modules() -> Iterator[tuple[str, Path]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield ".".join(path.relative_to(PACKAGE).with_suffix("").parts), path


def _imports(path: Path) -> Iterator[str]:
    """Yield the full names of modules that a file imports, wherever in the file it does."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            for alias in node.names:
                yield f"{node.module}.{alias.name}"


def _is_within(name: str, packages: frozenset[str]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def _is_registry(inside: str) -> bool:
    """Return whether this is a table of names from the lowest floors, which any menu may read."""
    return inside.startswith(("engine.", "data.")) and inside.rpartition(".")[2].isupper()


def _is_allowed(name: str, floor: Floor) -> bool:
    first = name.partition(".")[0]
    if first == "tui_nn":
        inside = name.removeprefix("tui_nn.")
        is_above = "config" in floor.own
        return inside == "__version__" or _is_within(inside, floor.own) or (is_above and _is_registry(inside))
    return first in sys.stdlib_module_names or _is_within(name, floor.outside)


MODULES = dict(_modules())


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_from_its_own_floor_or_below(module: str) -> None:
    floor = FLOORS.get(module.partition(".")[0])

    assert floor is not None, f"{module} stands on no floor: give it a place in FLOORS"
    assert [name for name in _imports(MODULES[module]) if not _is_allowed(name, floor)] == []


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
    assert not _loaded_after("import tui_nn.training.__main__") & {"textual", "rich", *PLOTEXT}


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

    assert users <= {"render", "widgets"}
