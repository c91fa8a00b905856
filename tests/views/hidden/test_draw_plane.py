from __future__ import annotations

import itertools

import numpy as np
import pytest

from tui_nn.render import slots
from tui_nn.render.ascii_text import ascii_only
from tui_nn.render.palette import ASCII, COLORS_16, COLORS_256, MONO, PALETTES, TRUECOLOR
from tui_nn.render.plane import Plane
from tui_nn.views.hidden.draw_line import draw_number_line
from tui_nn.views.hidden.draw_plane import Samples, StraightLines, chord, draw_bent_plane
from tui_nn.views.map.draw_axes import named_area

SPAN = ((-1.0, 1.0), (-1.0, 1.0))
RNG = np.random.default_rng(2)
SAMPLES = Samples(RNG.uniform(-1.3, 1.3, (50, 2)), RNG.integers(0, 2, 50), RNG.random(50) < 0.5)
LATTICE = np.cumsum(RNG.normal(size=(6, 20, 2)), axis=1)
CUT = StraightLines(np.array([[1.0], [-1.0], [0.0]]))
MANY = StraightLines(RNG.normal(size=(3, 4)), names=("1", "2", "3", "4"))
LARGEST = StraightLines(RNG.normal(size=(3, 3)), takes_largest=True)


def draw(palette=COLORS_256, height: int = 20, width: int = 40, **shown):
    return draw_bent_plane(palette, height, width, span=SPAN, axes=("neuron 1", "neuron 2"), **shown)


def samples_at(*positions: tuple[float, float], labels: list[int]) -> Samples:
    n = len(positions)
    return Samples(np.array(positions), np.array(labels), np.zeros(n, dtype=bool))


@pytest.mark.parametrize("line", [(1, -2, 0.3), (0, 1, 0.5), (1, 0, -0.9), (-3, 1e-9, 1)])
def test_on_a_chord_the_line_is_zero(line: tuple[float, float, float]) -> None:
    a, b, c = line
    points = chord(np.array(line, dtype=float), Plane(*SPAN, 20, 40))

    assert points @ [a, b] + c == pytest.approx([0, 0], abs=1e-12)
    assert np.ptp(points, axis=0).max() >= 2, "it crosses the whole plane"


@pytest.mark.parametrize("line", [(1, 0, 9), (0, 0, 1), (np.nan, 1, 0), (1, 1, np.inf)])
def test_a_line_elsewhere_or_nowhere_has_no_chord(line: tuple[float, float, float]) -> None:
    assert chord(np.array(line, dtype=float), Plane(*SPAN, 20, 40)) is None


def test_the_cut_is_drawn_where_it_is_zero() -> None:
    # x = y: from the lower left to the upper right corner.
    cells, area = draw(lines=CUT), named_area(20, 40, SPAN)

    rows, columns = np.nonzero(cells.foreground == slots.ACCENT)
    plane = area.plane
    x = -1 + (columns - area.column + 0.5) / plane.columns * 2
    y = 1 - (rows - area.row + 0.5) / plane.rows * 2
    assert len(rows) >= plane.columns
    assert np.abs(x - y).max() <= 2 / plane.rows + 2 / plane.columns


def test_where_another_class_has_the_largest_sum_there_is_a_line() -> None:
    # The sums x, -x and a third that is never the largest: the border is x = 0.
    coefficients = np.array([[1.0, -1.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, -9.0]])
    cells = draw(lines=StraightLines(coefficients, takes_largest=True))

    area = named_area(20, 40, SPAN)
    columns = np.nonzero(cells.foreground == slots.ACCENT)[1]
    assert set(columns.tolist()) == {area.column + area.plane.columns // 2}


def test_each_line_of_many_has_its_name_once() -> None:
    text = "".join(draw(lines=MANY).lines()[1:-2])

    crossing = [c for c in MANY.coefficients.T if chord(c, named_area(20, 40, SPAN).plane) is not None]
    assert sum(text.count(name) for name in MANY.names) >= len(crossing) - 1


def test_axes_are_named() -> None:
    lines = draw(samples=SAMPLES).lines()

    assert "↑ neuron 2" in lines[0]
    assert lines[-1].rstrip().endswith("neuron 1 →")


def test_where_samples_share_a_cell_most_of_a_kind_win() -> None:
    shared = samples_at(*[(0.0, 0.0)] * 3, labels=[1, 0, 1])

    assert "○" in "".join(draw(samples=shared).lines())
    assert "●" not in "".join(draw(samples=shared).lines())


def test_classes_without_a_glyph_are_drawn_by_name() -> None:
    digits = Samples(np.array([(0.0, 0.0)]), np.array([7]), np.zeros(1, dtype=bool), marks="0123456789")

    assert "7" in "".join(draw(samples=digits).lines()[1:-3])


def test_the_example_is_marked() -> None:
    cells = draw(cursor=np.array([0.0, 0.0]))

    assert "╋" in "".join(cells.lines())
    assert "╋" not in "".join(draw(cursor=np.array([3.0, 0.0])).lines())


def test_in_ascii_everything_is_ascii_and_lines_follow_their_slope() -> None:
    shown = {"samples": SAMPLES, "lattice": LATTICE, "cursor": np.zeros(2)}
    for lines in (CUT, MANY, LARGEST):
        assert "?" not in ascii_only("".join(draw(ASCII, lines=lines, **shown).lines()))
    flat = StraightLines(np.array([[0.0], [1.0], [0.0]]), names=("n",))
    steep = StraightLines(np.array([[1.0], [0.0], [0.0]]), names=("n",))
    assert "-----" in "".join(draw(ASCII, lines=flat).lines())
    assert sum("|" in line for line in draw(ASCII, lines=steep).lines()) >= 10


@pytest.mark.parametrize("palette", [MONO, COLORS_16], ids=lambda p: p.name)
def test_without_colors_the_lattice_is_thinner_than_a_line(palette) -> None:
    across = np.array([[(-1.0, 0.0), (1.0, 0.0)]])
    flat = StraightLines(np.array([[0.0], [1.0], [0.0]]), names=("n",))

    def dots(cells) -> int:
        return sum(
            bin(ord(g) - 0x2800).count("1") for g in "".join(cells.lines()) if 0x2800 < ord(g) < 0x2900
        )

    assert 0 < 2 * dots(draw(palette, lattice=across)) < dots(draw(palette, lines=flat))


@pytest.mark.parametrize(
    ("height", "width", "name"), list(itertools.product([0, 1, 3, 6, 40], [0, 1, 7, 21, 90], PALETTES))
)
def test_any_size_will_do(height: int, width: int, name: str) -> None:
    for lines in (CUT, MANY, LARGEST):
        cells = draw(PALETTES[name], height, width, samples=SAMPLES, lattice=LATTICE, lines=lines)
        assert cells.glyphs.shape == (height, width)
    one = Samples(SAMPLES.positions[:, :1], SAMPLES.labels, SAMPLES.is_test)
    cuts = np.array([[1.0, 0.0], [0.2, 1.0]])
    line = draw_number_line(one, PALETTES[name], height, width, (-1.0, 1.0), "neuron 1", cuts, ("a", "b"))
    assert line.glyphs.shape == (height, width)


def test_histograms_stand_over_their_numbers_with_the_cut_between() -> None:
    positions = np.array([[0.1]] * 8 + [[0.9]] * 4)
    samples = Samples(positions, np.repeat([0, 1], [8, 4]), np.zeros(12, dtype=bool))
    cells = draw_number_line(
        samples, TRUECOLOR, 14, 40, (0.0, 1.0), "output 1", np.array([[2.0], [-1.0]]), ("0", "1")
    )

    drawn = np.where(cells.background >= 0, cells.background, cells.foreground)
    assert set(np.nonzero(drawn == slots.class_slot(0))[1].tolist()) == {4}
    assert set(np.nonzero(drawn == slots.class_slot(1))[1].tolist()) == {36}
    assert set(np.nonzero(cells.foreground == slots.ACCENT)[1].tolist()) == {20}
    first, second = ((drawn == slots.class_slot(label)).sum() for label in (0, 1))
    assert first >= 2 * second - 1, "twice as many samples, twice as high"
