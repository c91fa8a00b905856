"""Slots: what a color means. Cells hold slots, a Palette says how each is drawn at a color depth."""

from __future__ import annotations

SIGNED_STEPS = 17
"""Steps of the signed scale: slot 0 is the strongest - (orange), 8 is zero, 16 the strongest + (blue)."""
ZERO = SIGNED_STEPS // 2

N_CLASSES = 10
"""Classes that have a mark of their own."""
N_HUES = 5
"""Classes that have a color of their own in 16 colors too, where colors repeat and marks tell apart."""
CLASS_STEPS = 4
"""Steps of confidence for a class, pale to full."""

_CLASSES = SIGNED_STEPS
_INKS = _CLASSES + N_CLASSES * CLASS_STEPS
_ROLES = _INKS + 2 * N_CLASSES

TEXT, DIM, ACCENT, AXIS, WARNING, TITLE, SELECTION, SELECTED, MISSING, TRACK = range(_ROLES, _ROLES + 10)
"""TEXT: plain words; DIM: second-rank words; ACCENT: the one thing to look at; AXIS: axes and frames;
TITLE: headings; SELECTION: the ground under what is selected, SELECTED: text on it; MISSING: no number (NaN);
TRACK: the empty part of a bar."""

_LINKS = TRACK + 1
LINK_LEVELS = 3
LINK_MUTED = _LINKS + 2 * LINK_LEVELS
"""A link that does not touch the selected node."""
TRAIN, TEST = LINK_MUTED + 1, LINK_MUTED + 2
"""The two curves."""

_GLOWS = TEST + 1
GLOW_LEVELS = 7
"""Steps of light on a dark ground, dim and far to bright and near, for things in space."""

N_SLOTS = _GLOWS + 3 * GLOW_LEVELS


def class_slot(label: int, step: int = CLASS_STEPS - 1) -> int:
    """Return the slot of a class (0-based, repeating after ten) at a step of confidence."""
    return _CLASSES + (label % N_CLASSES) * CLASS_STEPS + min(max(step, 0), CLASS_STEPS - 1)


def ink_slot(label: int, light: bool) -> int:
    """Return the slot in which a point of a class is written: dark, or light for a dark background."""
    return _INKS + 2 * (label % N_CLASSES) + int(light)


def link_slot(positive: bool, level: int) -> int:
    """Return the slot of a link by sign and level 0 (weak) to 2 (strong)."""
    return _LINKS + LINK_LEVELS * int(positive) + min(max(level, 0), LINK_LEVELS - 1)


def glow_slot(sign: int, level: int) -> int:
    """Return the slot of a thing in space by sign (-1, 0, 1) and level of light, 0 to GLOW_LEVELS - 1."""
    return _GLOWS + (sign + 1) * GLOW_LEVELS + min(max(level, 0), GLOW_LEVELS - 1)
