from __future__ import annotations

import pytest

from tui_nn.render.color import from_hex, luminance, rgb, shortest


@pytest.mark.parametrize(
    ("number", "components"),
    [(16, (0, 0, 0)), (231, (255, 255, 255)), (208, (255, 135, 0)), (233, (18, 18, 18))],
)
def test_numbers_have_the_components_of_xterm(number, components):
    assert rgb(number) == components
    assert shortest(components) == number


def test_a_color_without_a_number_stays_as_it_is():
    assert shortest((1, 2, 3)) == (1, 2, 3)
    assert shortest(7) == 7
    assert shortest(None) is None


def test_hex_codes_are_read_in_order():
    assert from_hex("#0a0b0c #ff0001") == ((10, 11, 12), (255, 0, 1))


def test_luminance_runs_from_black_to_white():
    assert luminance((0, 0, 0)) == 0
    assert luminance((255, 255, 255)) == pytest.approx(1)
    assert luminance((0, 255, 0)) > luminance((255, 0, 0)) > luminance((0, 0, 255))
