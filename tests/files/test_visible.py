"""Controls in text are written out; nothing else changes."""

from __future__ import annotations

import ast
import unicodedata
from pathlib import Path

import pytest

import tui_nn
from tui_nn.files.visible import visible

PACKAGE = Path(tui_nn.__file__).parent
DOORS = {"files/visible.py"}
"""Modules that write to standard output and error."""


@pytest.mark.parametrize("text", ["moons", "Größe 3 × 4", "数字", "→ ▀ ⣿", "", "a  b", "R² 0.5"])
def test_text_without_controls_stays_as_it_is(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b]0;owned\x07", "\\x1b]0;owned\\x07"),
        ("a\x9b2Jb", "a\\x9b2Jb"),
        ("\x7f\x00\n\t", "\\x7f\\x00\\n\\t"),
        ("file\u202egnp.exe", "file\\u202egnp.exe"),
        ("broken \udcff name", "broken \\udcff name"),
    ],
)
def test_controls_are_written_as_escapes(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_no_control_mark_of_direction_or_half_character_of_unicode_is_left() -> None:
    kinds = ("Cc", "Cs", "Zl", "Zp")
    directed = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI", "BN"}
    unsafe = [
        c
        for c in map(chr, range(0x110000))
        if unicodedata.category(c) in kinds
        or (unicodedata.bidirectional(c) in directed and unicodedata.category(c) == "Cf")
    ]

    assert len(unsafe) > 2100
    assert all(visible(c).isascii() and visible(c).isprintable() for c in unsafe)


def test_words_reach_standard_output_and_error_through_one_door() -> None:
    writers = {
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and (
            (isinstance(node.func, ast.Name) and node.func.id == "print")
            or ast.unparse(node.func) in ("sys.stdout.write", "sys.stderr.write", "sys.stdout.buffer.write")
        )
    }

    assert writers == DOORS


def test_titles_of_panels_are_set_through_one_door_or_are_written_in_the_program() -> None:
    setters = {
        f"{path.relative_to(PACKAGE)}: {ast.unparse(node)}"
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Assign)
        and any("border_title" in ast.unparse(t) or "border_subtitle" in ast.unparse(t) for t in node.targets)
        and not isinstance(node.value, ast.Constant)
        and path.name != "cells_view.py"
    }

    assert setters <= {
        "screens/choose.py: box.border_title = self._title",
        "screens/course.py: box.border_title = visible(self._title)",
        "screens/moment.py: card.border_title = f'{capitalized(label)}, step {first.step:,}'",
        "screens/moment.py: card.border_subtitle = f'{goes_on}, f: walk a sample, T: no more'",
        "screens/sheet.py: page.border_title = self._fit(sheet.title)",
        "screens/sheet.py: page.border_subtitle = "
        "self._fit(self._what_keys_do(len(lines) > window.height - BORDER))",
    }
