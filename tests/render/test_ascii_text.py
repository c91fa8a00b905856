from __future__ import annotations

import pytest

from tui_nn.render.ansi import to_text
from tui_nn.render.ascii_text import ascii_only
from tui_nn.render.cells import text_line
from tui_nn.render.palette import PALETTES
from tui_nn.render.strips import row_strip


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("x²", "x2"),
        ("a ≈ b", "a ~ b"),
        ("naïve", "naive"),
        ("3 × 4", "3 x 4"),
        ("漢", "? "),
        ("π", "?"),
        ("a…", "a."),
    ],
)
def test_words_become_the_nearest_ascii(text, plain):
    assert ascii_only(text) == plain


def test_nothing_but_ascii_leaves_an_ascii_palette():
    cells = text_line("x² 漢 …", 10)
    assert to_text(cells, PALETTES["ascii"]).isascii()
    assert to_text(cells, PALETTES["ascii"], styled=False).isascii()
    strip = row_strip(cells, 0, PALETTES["ascii"])
    assert strip.text.isascii()
    assert len(strip.text) == strip.cell_length == 10
