"""Modules that wait until something of them is asked for."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tui_nn.widgets.late import late


def test_a_module_is_executed_when_something_of_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "written_late.py").write_text("import sys\nsys.executed_late = True\nvalue = 7\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys, "executed_late", False, raising=False)
    monkeypatch.delitem(sys.modules, "written_late", raising=False)

    module = late("written_late")

    assert not sys.executed_late
    assert module.value == 7
    assert sys.executed_late
    assert late("written_late") is module
