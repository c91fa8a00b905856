"""Palettes: how each slot is drawn in truecolor, 256 colors, 16 colors, without color, and in ASCII.

Signed values run from orange (-) over a pale zero to blue (+). Class colors stay apart for red-green blind
eyes (smallest OKLab distance 0.13 in normal, deutan and protan vision). Few colors: glyphs carry the sign.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from tui_nn.render import glyphs, slots
from tui_nn.render.color import Color, from_hex, luminance, rgb
from tui_nn.render.glyphs import GlyphSet


@dataclass(frozen=True, eq=False)
class Palette:
    """The colors of one depth, by slot, and the glyphs that go with them."""

    name: str
    depth: str
    """truecolor, 256, 16 or mono."""
    colors: tuple[Color, ...]
    glyphs: GlyphSet = field(default=glyphs.UNICODE, repr=False)
    bold: frozenset[int] = frozenset({slots.TITLE, slots.WARNING})
    """Foreground slots that are written bold."""
    reverse: frozenset[int] = frozenset()
    """Background slots that are shown by reversing the cell."""

    @property
    def is_ascii(self) -> bool:
        """Whether only plain ASCII may be drawn."""
        return self.glyphs is glyphs.ASCII

    @property
    def has_blocks(self) -> bool:
        """Whether values are colored half-blocks (two samples a cell) or else glyphs (one a cell)."""
        return self.depth in ("truecolor", "256") and not self.is_ascii

    @property
    def samples_per_cell(self) -> int:
        """Samples that a cell shows above each other."""
        return 2 if self.has_blocks else 1

    @cached_property
    def is_dark(self) -> tuple[bool, ...]:
        """For each slot, whether text on it should be light (relative luminance below 0.22)."""
        return tuple(color is not None and luminance(rgb(color)) < 0.22 for color in self.colors)


def _arrange(
    signed: tuple[Color, ...],
    classes: tuple[tuple[Color, ...], ...],
    inks: tuple[Color, ...],
    links: tuple[Color, ...],
    glows: tuple[Color, ...],
    roles: Mapping[int, Color],
) -> tuple[Color, ...]:
    """Put the colors of a palette into the order of the slots; roles that are not named are default."""
    colors: list[Color] = [None] * slots.N_SLOTS
    colors[: slots.SIGNED_STEPS] = signed
    for label in range(slots.N_CLASSES):
        for step, color in enumerate(classes[label % len(classes)]):
            colors[slots.class_slot(label, step)] = color
        hue = label % slots.N_HUES
        colors[slots.ink_slot(label, light=False)] = inks[2 * hue]
        colors[slots.ink_slot(label, light=True)] = inks[2 * hue + 1]
    for level in range(slots.LINK_LEVELS):
        colors[slots.link_slot(False, level)] = links[level]
        colors[slots.link_slot(True, level)] = links[slots.LINK_LEVELS + level]
    for position, color in enumerate(glows):
        colors[slots.glow_slot(position // slots.GLOW_LEVELS - 1, position % slots.GLOW_LEVELS)] = color
    for slot, color in roles.items():
        colors[slot] = color
    return tuple(colors)


_INKS = (52, 230, 17, 195, 16, 194, 53, 225, 234, 230)
"""Dark and light ink of each class."""
_LINKS = (94, 172, 208, 24, 32, 75)
"""Negative, then positive links, weak to strong. Numbers in truecolor too: they take half the bytes."""
_ROLES = {
    slots.DIM: 246,
    slots.AXIS: 243,
    slots.ACCENT: 204,
    slots.SELECTION: 204,
    slots.SELECTED: 16,
    slots.TEST: 204,
    slots.TRAIN: 248,
    slots.WARNING: 221,
    slots.MISSING: 244,
    slots.TRACK: 238,
    slots.LINK_MUTED: 238,
}

TRUECOLOR = Palette(
    "truecolor",
    "truecolor",
    _arrange(
        signed=from_hex(
            "#a9510a #c26715 #dc7d1f #ef9339 #f3a961 #f5bd83 #f4cea5 #f0dcc6 #eceae6"
            " #cedde5 #b0cfe3 #91bfdf #6eabd5 #4896cb #2f81bb #1e6ca7 #0b5794"
        ),
        classes=(
            from_hex("#eccfb9 #eab48c #e6985c #e07b16"),
            from_hex("#bccedc #8cb1d1 #5b95c5 #1f78b8"),
            from_hex("#cee6d8 #aee1ca #8adcbd #5fd7af"),
            from_hex("#e3d4ea #dabded #d1a6f0 #c88ef1"),
            from_hex("#e9e3c0 #e7db98 #e5d26a #e3c91f"),
            from_hex("#ebbec6 #ea9cb1 #e97b9b #e8608a"),
            from_hex("#cfcbc7 #b7b4b2 #9f9e9d #8c8c8c"),
            from_hex("#abccc6 #75b7b1 #3fa29b #14918a"),
            from_hex("#d2d1a9 #bcc07c #a6ae4e #94a02a"),
            from_hex("#d8c1b2 #c7a28c #b68366 #a86a48"),
        ),
        inks=((85, 41, 0), *_INKS[1:]),
        links=_LINKS,
        glows=from_hex(
            "#33210f #573711 #885013 #b96b1b #e58e2e #fdb55f #ffdcae"
            " #1f1f1f #2a2a2a #373737 #484848 #5f5f5f #7b7b7b #9e9e9e"
            " #14273a #193f5f #1f6090 #3587c0 #58aee8 #93d0fa #d2edff"
        ),
        roles=_ROLES,
    ),
)

COLORS_256 = Palette(
    "256",
    "256",
    _arrange(
        signed=(130, 172, 208, 214, 215, 216, 223, 230, 255, 231, 195, 152, 110, 74, 67, 31, 25),
        classes=(
            (223, 216, 173, 172),
            (152, 110, 67, 31),
            (194, 151, 115, 79),
            (225, 189, 183, 176),
            (230, 229, 186, 184),
            (181, 175, 211, 168),
            (252, 249, 247, 245),
            (152, 73, 37, 30),
            (187, 143, 107, 100),
            (181, 180, 137, 173),
        ),
        inks=_INKS,
        links=_LINKS,
        glows=(
            *(58, 94, 130, 172, 208, 215, 223),
            *(234, 236, 238, 240, 242, 245, 248),
            *(23, 24, 25, 32, 75, 117, 195),
        ),
        roles=_ROLES,
    ),
)

_EMPHASIS = frozenset(
    {slots.TITLE, slots.WARNING, slots.ACCENT}
    | {slots.ink_slot(label, light) for label in range(slots.N_CLASSES) for light in (False, True)}
)

COLORS_16 = Palette(
    "16",
    "16",
    _arrange(
        signed=(3,) * slots.ZERO + (None,) + (12,) * slots.ZERO,
        classes=((3,) * 4, (12,) * 4, (2,) * 4, (5,) * 4, (6,) * 4),
        inks=(3, 3, 12, 12, 2, 2, 5, 5, 6, 6),
        links=(3, 3, 3, 12, 12, 12),
        glows=(*(3,) * slots.GLOW_LEVELS, *(8,) * slots.GLOW_LEVELS, *(12,) * slots.GLOW_LEVELS),
        roles={
            slots.ACCENT: 13,
            slots.SELECTION: 5,
            slots.SELECTED: 15,
            slots.TEST: 13,
            slots.WARNING: 9,
            slots.MISSING: 8,
            slots.TRACK: 8,
            slots.LINK_MUTED: 8,
        },
    ),
    bold=_EMPHASIS,
)

MONO = Palette(
    "mono",
    "mono",
    (None,) * slots.N_SLOTS,
    bold=_EMPHASIS,
    reverse=frozenset({slots.SELECTION}),
)

ASCII = replace(MONO, name="ascii", glyphs=glyphs.ASCII)

PALETTES = {palette.name: palette for palette in (TRUECOLOR, COLORS_256, COLORS_16, MONO, ASCII)}


def palette_for(depth: str, ascii_only: bool = False) -> Palette:
    """Return the palette of a depth (a key of PALETTES), its colors with ASCII glyphs if asked.

    Raises KeyError for another depth.
    """
    chosen = PALETTES[depth]
    if not ascii_only or chosen.is_ascii:
        return chosen
    return ASCII if depth == "mono" else replace(chosen, name=f"{depth}-ascii", glyphs=glyphs.ASCII)
