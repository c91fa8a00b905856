from __future__ import annotations

import dataclasses
import itertools
import math

import pytest

from tui_nn.render import glyphs, slots
from tui_nn.render.color import luminance, rgb
from tui_nn.render.palette import PALETTES, palette_for
from tui_nn.render.shades import glyph_table

COLORED = [PALETTES["truecolor"], PALETTES["256"]]


def contrast(a, b):
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_every_slot_has_a_color_entry(palette):
    assert len(palette.colors) == slots.N_SLOTS


@pytest.mark.parametrize("palette", COLORED, ids=lambda p: p.name)
def test_the_signed_steps_are_distinct_and_go_from_orange_to_blue(palette):
    steps = palette.colors[: slots.SIGNED_STEPS]
    assert len(set(steps)) == slots.SIGNED_STEPS
    for color in steps[: slots.ZERO - 1]:
        assert rgb(color)[0] > rgb(color)[2]
    for color in steps[slots.ZERO + 2 :]:
        assert rgb(color)[2] > rgb(color)[0]


def test_at_256_colors_the_steps_are_the_chosen_numbers():
    numbers = [25, 31, 67, 74, 110, 152, 195, 231, 255, 230, 223, 216, 215, 214, 208, 172, 130]
    assert list(PALETTES["256"].colors[: slots.SIGNED_STEPS]) == numbers[::-1]


@pytest.mark.parametrize("sign", [-1, 0, 1])
@pytest.mark.parametrize("palette", COLORED, ids=lambda p: p.name)
def test_things_in_space_get_brighter_from_level_to_level(palette, sign):
    light = [luminance(rgb(palette.colors[slots.glow_slot(sign, k)])) for k in range(slots.GLOW_LEVELS)]

    assert light == sorted(light)
    assert light[-1] > 2 * light[0]


@pytest.mark.parametrize("palette", COLORED, ids=lambda p: p.name)
def test_points_are_legible_on_every_step_of_the_map(palette):
    grounds = [*range(slots.SIGNED_STEPS)]
    grounds += [slots.class_slot(label, step) for label in range(10) for step in range(slots.CLASS_STEPS)]
    for ground in grounds:
        for label in range(slots.N_CLASSES):
            ink = slots.ink_slot(label, light=palette.is_dark[ground])
            assert contrast(rgb(palette.colors[ink]), rgb(palette.colors[ground])) >= 3


def lab(components):
    """CIE L*a*b* under D65, from the formulas of the CIE (1976)."""
    red, green, blue = (
        c / 255 / 12.92 if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in components
    )
    tristimulus = (
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089,
    )
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in tristimulus)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("palette", COLORED, ids=lambda p: p.name)
def test_the_colors_of_ten_classes_are_far_apart(palette):
    full = [lab(rgb(palette.colors[slots.class_slot(label)])) for label in range(slots.N_CLASSES)]

    assert min(math.dist(a, b) for a, b in itertools.combinations(full, 2)) > 20


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_no_two_of_ten_classes_share_color_and_mark(palette):
    shapes = palette.glyphs
    for marks in (shapes.train, shapes.test, shapes.classes):
        looks = {(palette.colors[slots.class_slot(label)], marks[label]) for label in range(slots.N_CLASSES)}
        assert len(looks) == slots.N_CLASSES


@pytest.mark.parametrize("shapes", [glyphs.UNICODE, glyphs.ASCII], ids=["unicode", "ascii"])
def test_ten_classes_have_ten_marks_and_fills(shapes):
    for marks in (shapes.train, shapes.test, shapes.classes):
        assert len(set(marks)) == len(marks) == 10


def test_the_regions_of_classes_that_share_a_color_differ_without_one():
    for palette in (PALETTES["mono"], PALETTES["ascii"]):
        table = glyph_table(palette)
        assert table[slots.class_slot(0)] != table[slots.class_slot(5)]


@pytest.mark.parametrize("shapes", [glyphs.UNICODE, glyphs.ASCII], ids=["unicode", "ascii"])
def test_the_two_signs_share_no_glyph(shapes):
    assert not set(shapes.negative) & set(shapes.positive)
    assert not set(shapes.bias_negative[1:]) & set(shapes.bias_positive[1:])
    assert shapes.zero not in shapes.negative + shapes.positive


@pytest.mark.parametrize("shapes", [glyphs.UNICODE, glyphs.ASCII], ids=["unicode", "ascii"])
def test_each_kind_of_point_has_its_own_glyph(shapes):
    marks = shapes.train + shapes.test + shapes.wrong_train + shapes.wrong_test
    assert len(set(marks)) == len(marks) == 2 * slots.N_CLASSES + 2


def test_ascii_glyphs_are_ascii():
    for value in dataclasses.astuple(glyphs.ASCII):
        assert value.isascii()


def test_slots_do_not_collide():
    named = [*range(slots.SIGNED_STEPS)]
    named += [
        slots.class_slot(label, step) for label in range(slots.N_CLASSES) for step in range(slots.CLASS_STEPS)
    ]
    named += [slots.ink_slot(label, light) for label in range(slots.N_CLASSES) for light in (False, True)]
    named += [slots.link_slot(sign, level) for sign in (False, True) for level in range(slots.LINK_LEVELS)]
    named += [slots.glow_slot(sign, level) for sign in (-1, 0, 1) for level in range(slots.GLOW_LEVELS)]
    named += [slots.TEXT, slots.DIM, slots.ACCENT, slots.AXIS, slots.WARNING, slots.TITLE, slots.SELECTION]
    named += [slots.SELECTED, slots.MISSING, slots.TRACK, slots.LINK_MUTED, slots.TRAIN, slots.TEST]
    assert sorted(named) == list(range(slots.N_SLOTS))


def test_ascii_can_be_asked_for_at_any_depth():
    assert palette_for("256", ascii_only=True).is_ascii
    assert palette_for("256", ascii_only=True).depth == "256"
    assert palette_for("mono", ascii_only=True) is PALETTES["ascii"]
    assert palette_for("truecolor") is PALETTES["truecolor"]
