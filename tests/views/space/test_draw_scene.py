"""What is drawn of a scene: shapes, colors and glyphs, order, names, at any size."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from tui_nn.render import slots
from tui_nn.render.color import luminance, rgb
from tui_nn.render.palette import PALETTES, palette_for
from tui_nn.views.space.draw_links import strengths
from tui_nn.views.space.draw_scene import space
from tui_nn.views.space.draw_sheets import Bundle, Scene, Sheet, unit_grid
from tui_nn.views.space.draw_stage import frame, stage
from tui_nn.views.space.draw_units import Units, draw_units
from tui_nn.views.space.draw_viewpoint import FIRST_VIEW, Viewpoint

EVERY_PALETTE = [*PALETTES.values(), palette_for("256", ascii_only=True)]
TRUECOLOR, MONO, ASCII = PALETTES["truecolor"], PALETTES["mono"], PALETTES["ascii"]
every_palette = pytest.mark.parametrize("palette", EVERY_PALETTE, ids=lambda palette: palette.name)


def sheet(shape, values=None, label="layer", **options):
    n = int(np.prod(shape))
    values = np.full(n, 0.8) if values is None else np.asarray(values, dtype=float)
    return Sheet(label, label[:1], unit_grid(shape), np.arange(n), values, **options)


def no_links():
    return Bundle(np.zeros(0, int), np.zeros(0, int), np.zeros(0))


def scene_of(*shapes, seed=0, links=True):
    rng = np.random.default_rng(seed)
    sheets = tuple(
        sheet(shape, rng.uniform(-1, 1, int(np.prod(shape))), f"layer {i}") for i, shape in enumerate(shapes)
    )
    bundles = []
    for below, above in pairwise(shapes):
        n_below, n_above, m = int(np.prod(below)), int(np.prod(above)), 40
        bundle = Bundle(rng.integers(n_below, size=m), rng.integers(n_above, size=m), rng.normal(size=m))
        bundles.append(bundle if links else no_links())
    return Scene(sheets, tuple(bundles))


SMALL, LARGE = scene_of((2,), (8,), (8,), (1,)), scene_of((1, 28, 28), (128,), (10,))


def grids(scene):
    return tuple(each.grid for each in scene.sheets)


def sign_of(slot):
    levels = slots.GLOW_LEVELS
    return next(
        (s for s in (-1, 0, 1) if slots.glow_slot(s, 0) <= slot < slots.glow_slot(s, 0) + levels), None
    )


def shown(cells):
    """Return the slots of both halves of each cell, where half-blocks are."""
    is_block = np.isin(cells.glyphs, ["▀", "▄"]) | (cells.background >= 0)
    return np.concatenate([cells.foreground[is_block], cells.background[is_block]])


@every_palette
@pytest.mark.parametrize(
    "size", [(0, 0), (0, 10), (10, 0), (1, 1), (2, 7), (3, 80), (24, 3), (20, 60), (54, 196)]
)
def test_any_size_is_filled(palette, size):
    for scene in (SMALL, LARGE):
        cells = space(scene, palette, *size)
        assert cells.glyphs.shape == size
        assert cells.foreground.max(initial=-1) < slots.N_SLOTS


@every_palette
@pytest.mark.parametrize("yaw", range(0, 360, 45))
def test_it_can_be_seen_from_everywhere(palette, yaw):
    for pitch in (-85, 0, 30, 85):
        for zoom in (0.5, 8.0):
            cells = space(SMALL, palette, 20, 60, Viewpoint(yaw, pitch, zoom))
            assert (cells.glyphs != " ").any() or zoom > 1


@pytest.mark.parametrize("depth", ["truecolor", "256", "16", "mono"])
@pytest.mark.parametrize("scene", [SMALL, LARGE])
def test_ascii_draws_only_ascii(depth, scene):
    text = "\n".join(space(scene, palette_for(depth, ascii_only=True), 30, 116).lines())

    assert text.isascii()
    assert text.strip()


@pytest.mark.parametrize("scene", [SMALL, LARGE, scene_of((3,)), scene_of((2,), *[(8,)] * 5, (1,))])
@pytest.mark.parametrize("size", [(18, 76), (30, 116), (54, 196)])
def test_the_scene_fits_all_the_way_around(scene, size):
    fitted = stage(grids(scene), *size)

    for yaw in range(0, 360, 7):
        for i, each in enumerate(scene.sheets):
            corners = fitted.seen(i, frame(each.grid), Viewpoint(yaw, FIRST_VIEW.pitch))
            assert corners.x.min() >= -1
            assert corners.x.max() <= size[1] * 2 + 1
            assert corners.y.min() >= -1
            assert corners.y.max() <= size[0] * 4 + 1


def test_layers_go_from_left_to_right_at_first():
    fitted = stage(grids(SMALL), 30, 116)
    middles = [fitted.seen(i, frame(each.grid), FIRST_VIEW).x.mean() for i, each in enumerate(SMALL.sheets)]

    assert middles == sorted(middles)


def lone(value, palette, view=FIRST_VIEW):
    return space(Scene((sheet((1,), [value]),), ()), palette, 20, 40, view)


@pytest.mark.parametrize(("value", "sign"), [(-1.0, -1), (-0.3, -1), (0.0, 0), (0.3, 1), (1.0, 1)])
def test_a_unit_has_the_color_of_its_sign(value, sign):
    units = [slot for slot in shown(lone(value, TRUECOLOR)) if slot >= 0]

    assert units
    assert {sign_of(slot) for slot in units} == {sign}


def light_of(cells):
    return max(luminance(rgb(TRUECOLOR.colors[slot])) for slot in shown(cells) if slot >= 0)


def test_a_unit_grows_and_brightens_with_its_value():
    pictures = [lone(value, TRUECOLOR) for value in (0.1, 0.5, 1.0)]
    sizes = [int((shown(cells) >= 0).sum()) for cells in pictures]

    assert sizes[0] < sizes[1] < sizes[2]
    assert light_of(pictures[0]) < light_of(pictures[1]) < light_of(pictures[2])


@pytest.mark.parametrize("palette", [PALETTES["16"], MONO], ids=lambda p: p.name)
def test_with_few_colors_a_ball_above_zero_is_filled_and_one_below_a_ring(palette):
    filled, ring = (lone(value, palette) for value in (1.0, -1.0))
    row, column = np.argwhere(filled.glyphs == "\u28ff").mean(axis=0).round().astype(int)

    assert filled.glyphs[row, column] == "\u28ff"
    assert ring.glyphs[row, column] == " "
    assert (ring.glyphs != " ").any()


def test_in_ascii_the_two_signs_have_their_own_glyphs():
    above, below = ("".join(lone(value, ASCII).lines()) for value in (1.0, -1.0))

    assert "#" in above
    assert "o" not in above.replace("layer", "")
    assert "o" in below
    assert "#" not in below


@pytest.mark.parametrize("yaw", [90, 270])
def test_what_is_near_covers_what_is_far(yaw):
    """Seen along the layers, the two units lie behind each other."""
    both = Scene((sheet((1,), [-1.0]), sheet((1,), [1.0])), (no_links(),))
    cells = space(both, TRUECOLOR, 40, 80, Viewpoint(yaw, 0))
    height, width = cells.glyphs.shape

    fitted = stage(grids(both), height, width)
    near = int(np.argmin([fitted.seen(i, np.zeros((1, 2)), Viewpoint(yaw, 0)).depth[0] for i in (0, 1)]))
    at = fitted.seen(near, np.zeros((1, 2)), Viewpoint(yaw, 0))
    row, column = int(at.y[0] // 4), int(at.x[0] // 2)
    assert near == (0 if yaw == 90 else 1)
    covering = [s for s in (cells.foreground[row, column], cells.background[row, column]) if s >= 0]
    assert {sign_of(slot) for slot in covering} == {-1 if near == 0 else 1}


def test_the_far_is_dimmer():
    both = Scene((sheet((1,), [1.0]), sheet((1,), [1.0])), (no_links(),))
    cells = space(both, TRUECOLOR, 30, 116, FIRST_VIEW)
    middle = cells.width // 2
    halves = [
        np.maximum(cells.foreground, cells.background)[:, part]
        for part in (slice(middle), slice(middle, None))
    ]

    near, far = (max(slot for slot in half.ravel() if sign_of(slot) == 1) for half in halves)
    assert near > far


def links_only(values, palette, height=30, width=116):
    m = len(values)
    sheets = (sheet((m,), np.zeros(m)), sheet((m,), np.zeros(m)))
    numbers = np.arange(m)
    return space(
        Scene(sheets, (Bundle(numbers, numbers, np.asarray(values, float)),)), palette, height, width
    )


def test_links_have_the_color_of_their_sign():
    for value in (-2.0, 2.0):
        cells = links_only([value], TRUECOLOR)
        is_dotted = (cells.glyphs >= "\u2801") & (cells.glyphs <= "\u28ff")
        assert {sign_of(slot) for slot in cells.foreground[is_dotted]} == {int(np.sign(value)), 0}


def test_strong_links_are_brighter_and_denser():
    cells = links_only([1.0, 0.02], TRUECOLOR)
    dots = np.vectorize(lambda glyph: bin(ord(glyph) - 0x2800).count("1") if glyph >= "\u2801" else 0)(
        cells.glyphs
    )
    level = np.where(
        np.vectorize(sign_of)(cells.foreground) == 1, cells.foreground - slots.glow_slot(1, 0), -1
    )

    upper, lower = (
        (level >= 0) & (np.arange(cells.height)[:, None] < cells.height // 2) == side
        for side in (True, False)
    )
    top, bottom = upper & (level >= 0), lower & (level >= 0)
    assert level[top].max() > level[bottom].max()
    assert dots[top].sum() > 2 * dots[bottom].sum()


def test_without_colors_negative_links_are_dashed():
    plus, minus = (links_only([value], MONO) for value in (1.0, -1.0))
    n_plus, n_minus = ((cells.glyphs != " ").sum() for cells in (plus, minus))

    assert n_minus < n_plus


def test_in_ascii_positive_links_are_strokes_and_negative_ones_dots():
    plus, minus = ("".join(links_only([value], ASCII).lines()) for value in (1.0, -1.0))

    assert set("-/\\|") & set(plus)
    assert not set("-/\\|") & set(minus)
    assert set(".:") & set(minus)


def test_the_strongest_link_has_strength_one_whatever_the_scale():
    for scale in (1e-20, 1.0, 1e20):
        found = strengths(scale * np.array([0.5, -2.0, 1.0]))
        assert found.argmax() == 1
        assert found[1] == pytest.approx(1.0)
        assert (found >= 0).all()
    assert strengths(np.zeros(3)).tolist() == [0, 0, 0]
    assert strengths(np.zeros(0)).size == 0


@every_palette
def test_numbers_that_are_none_are_drawn_somehow(palette):
    bad = np.array([np.nan, np.inf, -np.inf, 1e300])
    scene = Scene((sheet((4,), bad), sheet((4,), bad)), (Bundle(np.arange(4), np.arange(4), bad),))

    assert space(scene, palette, 24, 80).glyphs.shape == (24, 80)


@every_palette
def test_each_layer_is_named_at_first(palette):
    for size in ((18, 76), (30, 116), (54, 196)):
        text = "\n".join(space(SMALL, palette, *size).lines())
        for i in range(4):
            assert f"layer {i}" in text


def test_names_of_units_stand_beside_them_and_the_marked_one_stands_out():
    outputs = Sheet(
        "output",
        "out",
        unit_grid((4,), True),
        np.arange(4),
        np.array([0, 0, 1.0, 0]),
        tuple("WXYZ"),
        marked=2,
    )
    scene = Scene((sheet((2,)), outputs), (no_links(),))
    cells = space(scene, TRUECOLOR, 30, 116)

    places = {name: np.argwhere(cells.glyphs == name) for name in "WXYZ"}
    rows = [places[name][-1][0] for name in "WXYZ"]
    assert rows == sorted(set(rows))
    assert cells.foreground[tuple(places["Y"][-1])] == slots.TITLE
    assert cells.foreground[tuple(places["X"][-1])] == slots.DIM


def test_the_same_scene_gives_the_same_picture():
    one, other = (space(LARGE, TRUECOLOR, 30, 116) for _ in range(2))

    assert (one.glyphs == other.glyphs).all()
    assert (one.foreground == other.foreground).all()
    assert (one.background == other.background).all()


def test_no_layers_are_an_empty_picture():
    assert (space(Scene((), ()), TRUECOLOR, 5, 5).glyphs == " ").all()


def test_links_do_not_cover_the_units_they_join():
    """Seen along the layers, a hundred links arrive in front of the far sheet."""
    far = sheet((8,), np.full(8, 1.0))
    near = sheet((100,), np.zeros(100))
    numbers = np.arange(100)
    bundle = Bundle(numbers, numbers % 8, np.full(100, -1.0))
    with_links, without = (
        space(Scene((near, far), (links,)), TRUECOLOR, 40, 120, Viewpoint(50, 30))
        for links in (bundle, no_links())
    )

    is_unit = without.background >= 0
    assert is_unit.any()
    assert (with_links.background[is_unit] == without.background[is_unit]).all()
    assert (with_links.glyphs[is_unit] == without.glyphs[is_unit]).all()


def test_links_cover_units_of_sheets_behind_the_ones_they_join():
    sheets = (sheet((8,), np.zeros(8)), sheet((8,), np.zeros(8)), sheet((8,), np.ones(8)))
    numbers = np.arange(8)
    bundle = Bundle(np.repeat(numbers, 8), np.tile(numbers, 8), np.full(64, -1.0))
    cells = space(Scene(sheets, (bundle, no_links())), TRUECOLOR, 40, 120, Viewpoint(80, 10))

    is_dotted = (cells.glyphs >= "\u2801") & (cells.glyphs <= "\u28ff")
    on_units = is_dotted & (cells.background >= 0)
    assert on_units.any()
    assert {sign_of(slot) for slot in cells.foreground[on_units]} <= {-1, 0}


def test_a_near_ball_ends_in_a_dark_edge():
    """The far ball looks out behind the near one; between them nothing is drawn."""
    both = Scene((sheet((1,), [1.0]), sheet((1,), [1.0])), (no_links(),))
    view = Viewpoint(80, 0)
    cells = space(both, TRUECOLOR, 40, 80, view)
    middle = stage(grids(both), 40, 80).seen(0, np.zeros((1, 2)), view)
    is_highlighted = cells.background[int(middle.y[0] // 4)] >= 0

    begins = np.count_nonzero(np.diff(is_highlighted.astype(int)) == 1)
    assert begins == 2


def has_frame(shape, palette, names=()):
    """Return whether anything is drawn where no unit is, of a sheet that is named nowhere."""
    n = int(np.prod(shape))
    lone_sheet = Sheet("", "", unit_grid(shape), np.arange(n), np.full(n, 0.8), names)
    seen = stage((lone_sheet.grid,), 30, 60).seen(0, lone_sheet.grid.places(lone_sheet.numbers), FIRST_VIEW)
    drawn = draw_units([Units(lone_sheet, seen, 0.0)], palette, 30, 60, 1.0)
    return bool((space(Scene((lone_sheet,), ()), palette, 30, 60).glyphs[np.isinf(drawn.rank)] != " ").any())


@pytest.mark.parametrize(
    ("palette", "few", "many"), [(TRUECOLOR, True, False), (MONO, False, True), (ASCII, False, True)]
)
def test_a_sheet_has_a_frame_where_its_units_alone_do_not_show_where_it_is(palette, few, many):
    """Balls of colored light show no sheet, squares of light do; of glyphs it is the other way around."""
    assert has_frame((4,), palette) == few
    assert has_frame((1, 28, 28), palette) == many


def test_units_with_names_need_no_frame_of_glyphs():
    assert not has_frame((1, 28, 28), MONO, ("",) * 784)
    assert has_frame((4,), TRUECOLOR, ("",) * 4)
