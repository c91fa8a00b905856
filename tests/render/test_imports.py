from __future__ import annotations

import pkgutil
import subprocess
import sys

import pytest

import tui_nn.render

MODULES = sorted(module.name for module in pkgutil.iter_modules(tui_nn.render.__path__))


@pytest.mark.parametrize(
    ("package", "alone"),
    [("textual", "strips"), ("plotext", "curves"), ("rich", "strips"), ("tui_nn.engine", None)],
)
def test_heavy_packages_are_imported_by_one_module_alone(package, alone):
    names = [f"tui_nn.render.{name}" for name in MODULES if name != alone]
    code = f"import {', '.join(names)}, sys; print({package!r} in sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "False"
