"""Glyph sets: the shapes that carry meaning beside or without color, in Unicode and in plain ASCII."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class GlyphSet:
    """One glyph for each meaning; the families of the two signs share no glyph."""

    negative: str
    """Values below zero, weak to strong."""
    positive: str
    """Values above zero, weak to strong."""
    zero: str
    missing: str
    """No number (NaN)."""
    classes: str
    """The fill of a region where a class is predicted, one glyph a class."""
    train: str
    """A training point, one glyph a class."""
    test: str
    """A test point, one glyph a class."""
    near_zero: str
    """A point of neither side, in regression."""
    wrong_train: str
    wrong_test: str
    """A point that is predicted to be of another class than its own."""
    cursor: str
    bias_negative: str
    """Bias marks, weak to strong."""
    bias_positive: str
    horizontal: str
    vertical: str
    corner: str
    tick_x: str
    tick_y: str
    bar: str
    bar_parts: str
    """The end of a bar in parts of a cell, small to large; may be empty."""
    track: str
    ellipsis: str
    more: str
    """Leads a count of what is not shown."""
    frame: str
    """The left and the right side of a node whose map is made of glyphs."""
    selection: str
    """The left and the right side of the selected node."""
    more_above: str
    more_below: str
    """Marks that a list goes on."""
    frozen: str
    cut: str
    """What is held out of training."""
    flow: str
    """Marks that move along a link, to the left and to the right."""
    sparks: str
    """Heights of a small curve, low to high."""


UNICODE = GlyphSet(
    negative="·╌═",
    positive="░▒▓",
    zero=" ",
    missing="?",
    classes="·░═▒╱╲╳▓≡:",
    train="●○▲■◆△□◇★☆",
    test="•◦▴▪⬩▵▫⬦⋆∗",
    near_zero="∙",
    wrong_train="✕",
    wrong_test="×",
    cursor="╋",
    bias_negative="·▫□",
    bias_positive="·▪■",
    horizontal="─",
    vertical="│",
    corner="└",
    tick_x="┬",
    tick_y="┤",
    bar="█",
    bar_parts="▏▎▍▌▋▊▉",
    track="·",
    ellipsis="…",
    more="+",
    frame="▕▏",
    selection="▐▌",
    more_above="▴",
    more_below="▾",
    frozen="✱",
    cut="✕",
    flow="◂▸",
    sparks="▁▂▃▄▅▆▇█",
)

ASCII = GlyphSet(
    negative=".:o",
    positive="-+#",
    zero=" ",
    missing="?",
    classes=".-:+%=/*~^",
    train="ABCDEFGHIJ",
    test="abcdefghij",
    near_zero="'",
    wrong_train="X",
    wrong_test="x",
    cursor="@",
    bias_negative=".:o",
    bias_positive="-+#",
    horizontal="-",
    vertical="|",
    corner="+",
    tick_x="+",
    tick_y="+",
    bar="#",
    bar_parts="",
    track=".",
    ellipsis=".",
    more="+",
    frame="[]",
    selection="><",
    more_above="^",
    more_below="v",
    frozen="*",
    cut="x",
    flow="<>",
    sparks="_.-~=+*#",
)
