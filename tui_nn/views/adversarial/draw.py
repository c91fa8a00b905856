"""An image, the same one pushed, what was changed, and how it is read at every step of the way."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tui_nn.render import slots
from tui_nn.render.bars import bars
from tui_nn.render.block_grid import block_grid
from tui_nn.render.cells import DEFAULT, Cells, blank, fit, paste, write
from tui_nn.render.ink import small_ink
from tui_nn.render.palette import Palette
from tui_nn.views.adversarial.values import EPSILONS, Adversarial, nearest_step, pushed

PICTURE = (14, 28)
"""Rows and columns of the smallest picture; larger ones are multiples."""
GAP = 2
BESIDE = 20
"""Columns that the reading needs beside three pictures."""
BELOW = 4
"""Rows below the pictures: a sentence, the slider, the readings, a sentence."""
START = 7
"""Columns before the slider."""
STUCK = "The gradient is zero for every pixel, so none says where to go."


def adversarial_picture(
    seen: Adversarial, epsilon: float, palette: Palette, height: int, width: int
) -> Cells:
    """Draw everything in `height` x `width` cells, with the image pushed by `epsilon`."""
    canvas = blank(height, width)
    scale = _scale(height, width)
    if scale:
        _draw_three(canvas, seen, epsilon, palette, scale)
    else:
        _draw_two(canvas, seen, epsilon, palette)
    rows = min(height - BELOW, 1 + PICTURE[0] * max(1, scale))
    _draw_below(canvas, seen, epsilon, palette, max(0, rows))
    return canvas


def _scale(height: int, width: int) -> int:
    """Return how many times as large as PICTURE three pictures beside each other can be; 0: not once."""
    for scale in (3, 2, 1):
        across = 3 * (PICTURE[1] * scale + GAP) + BESIDE
        if height >= 1 + PICTURE[0] * scale + BELOW and width >= across:
            return scale
    return 0


def _captions(epsilon: float) -> tuple[str, str, str]:
    changed = f"changed, full color: {epsilon:.4g}" if epsilon else "nothing is changed"
    return "original", f"pushed, ε = {epsilon:.4g}", changed


def _draw_three(canvas: Cells, seen: Adversarial, epsilon: float, palette: Palette, scale: int) -> None:
    rows, columns = PICTURE[0] * scale, PICTURE[1] * scale
    image = pushed(seen.image, seen.direction, epsilon)
    pictures = (
        small_ink(seen.image, palette, rows, columns),
        small_ink(image, palette, rows, columns),
        _changed(seen, image, epsilon, palette, rows, columns),
    )
    for place, (caption, picture) in enumerate(zip(_captions(epsilon), pictures, strict=True)):
        left = place * (columns + GAP)
        write(canvas, 0, left, caption, slots.DIM, width=columns)
        paste(canvas, fit(picture, rows, columns), 1, left)
    left = 3 * (columns + GAP)
    now, label = seen.at(epsilon)
    truth = None if seen.sample is None else seen.own
    shown = min(len(seen.class_names), rows)
    room = min(canvas.width - left, 44)
    write(canvas, 0, left, f"read as {seen.class_names[label]}", slots.TITLE, width=room)
    paste(canvas, bars(now, seen.class_names, palette, shown, room, truth=truth), 1, left)


def _draw_two(canvas: Cells, seen: Adversarial, epsilon: float, palette: Palette) -> None:
    """Draw the pushed image and what was changed, and beside them small the original."""
    rows, columns = min(PICTURE[0], max(0, canvas.height - BELOW - 1)), PICTURE[1]
    image = pushed(seen.image, seen.direction, epsilon)
    first, second, third = _captions(epsilon)
    write(canvas, 0, 0, second, slots.DIM, width=columns)
    paste(canvas, fit(small_ink(image, palette, rows, columns), rows, columns), 1, 0)
    left = columns + 1
    write(canvas, 0, left, third, slots.DIM, width=columns)
    paste(canvas, fit(_changed(seen, image, epsilon, palette, rows, columns), rows, columns), 1, left)
    left += columns + 1
    small = (PICTURE[0] // 2, PICTURE[1] // 2)
    room = canvas.width - left
    write(canvas, 0, left, first, slots.DIM, width=room)
    if room >= small[1] and rows >= small[0]:
        paste(canvas, fit(small_ink(seen.image, palette, *small), *small), 1, left)
    for row, (name, probability) in enumerate(_likeliest(seen, epsilon, rows - small[0] - 1)):
        words = f"{name} {100 * probability:.0f} %" if seen.has_probabilities else name
        write(canvas, small[0] + 2 + row, left, words, DEFAULT if row else slots.TITLE, width=room)


def _changed(
    seen: Adversarial, image: NDArray[np.float32], epsilon: float, palette: Palette, rows: int, columns: int
) -> Cells:
    """Draw x' - x: blue where ink came, orange where it went."""
    return block_grid(image - seen.image, palette, rows, columns, scale=epsilon or 1.0)


def _likeliest(seen: Adversarial, epsilon: float, count: int) -> list[tuple[str, float]]:
    """Return the names of the classes that the image is most like, with their probabilities."""
    now = seen.at(epsilon)[0][: len(seen.class_names)]
    order = np.argsort(-now, kind="stable")[: max(0, count)]
    return [(seen.class_names[label], float(now[label])) for label in order]


def _sure(seen: Adversarial, probabilities: NDArray[np.float32], label: int) -> str:
    return f" ({100 * float(probabilities[label]):.0f} %)" if seen.has_probabilities else ""


def _draw_below(canvas: Cells, seen: Adversarial, epsilon: float, palette: Palette, top: int) -> None:
    """Draw the reading, the slider, the smallest ε and, where it fits, each class over all of ε."""
    width, each = canvas.width, _columns_each(canvas.width)
    write(canvas, top, 0, became(seen, epsilon), slots.TITLE, width=width)
    _draw_slider(canvas, seen, epsilon, palette, top + 1, each)
    write(canvas, top + 3, 0, smallest_words(seen), DEFAULT, width=width)
    n_classes = len(seen.class_names)
    if canvas.height - top - BELOW - 2 < n_classes or not seen.has_probabilities:
        return
    write(canvas, top + BELOW + 1, 0, "How likely each class is, over ε:", slots.DIM, width=width)
    for label, name in enumerate(seen.class_names):
        row = top + BELOW + 2 + label
        write(canvas, row, 0, name, slots.DIM, width=START - 1, align="right")
        ink = slots.TRAIN if label == seen.own else slots.TEST
        for step, share in enumerate(seen.probabilities[:, label]):
            write(canvas, row, START + step * each, _height(float(share), palette) * each, ink)


def _columns_each(width: int) -> int:
    """Return how many columns of the slider a step of ε has."""
    return max(1, min(3, (width - START - 5) // len(EPSILONS)))


def _height(share: float, palette: Palette) -> str:
    """Return a glyph as high as a share of 0 to 1; a hair of it is nothing."""
    heights = " " + palette.glyphs.sparks
    return heights[min(len(heights) - 1, round(share * (len(heights) - 1)))]


def _draw_slider(
    canvas: Cells, seen: Adversarial, epsilon: float, palette: Palette, top: int, each: int
) -> None:
    """Draw a rail with a knob at ε, the smallest ε marked; below it what is read at each step."""
    here = nearest_step(epsilon)
    found = None if seen.found is None else seen.found.epsilon
    mark = None if found is None else nearest_step(found)
    write(canvas, top, 0, "ε 0", slots.DIM)
    write(canvas, top + 1, 0, "read", slots.DIM)
    for step, label in enumerate(seen.readings.tolist()):
        column, is_here = START + step * each, step == here
        rail = palette.glyphs.horizontal * each
        write(canvas, top, column, rail, slots.ACCENT if step == mark else slots.AXIS)
        ink = slots.SELECTED if is_here else slots.ACCENT if seen.is_misread(label) else slots.DIM
        write(canvas, top + 1, column, seen.class_names[label][:1], ink, slots.SELECTION if is_here else None)
    write(canvas, top, START + here * each, "#" if palette.is_ascii else "●", slots.TITLE)
    write(canvas, top, START + len(EPSILONS) * each + 1, f"{EPSILONS[-1]:g}", slots.DIM)


def became(seen: Adversarial, epsilon: float) -> str:
    """Return how the image is read, and how it was read before it was pushed."""
    now, label = seen.at(epsilon)
    first, before = seen.at(0.0)
    is_read = f"{seen.class_names[label]}{_sure(seen, now, label)}"
    was_read = f"{seen.class_names[before]}{_sure(seen, first, before)}"
    return f"ε = {epsilon:.4g}: read as {is_read}; not pushed: {was_read}."


def aim(seen: Adversarial) -> str:
    """Return where the image is pushed."""
    own = seen.class_names[seen.own]
    if seen.target is None:
        return f"away from {own}"
    return f"towards {seen.class_names[seen.target]}"


def smallest_words(seen: Adversarial) -> str:
    """Return what is known of the smallest ε."""
    if seen.is_stuck:
        return STUCK
    what = "is misread" if seen.target is None else f"is read as {seen.class_names[seen.target]}"
    if seen.found is None:
        return f"enter finds the smallest ε that {what}."
    if seen.found.epsilon is None:
        return f"No ε up to {EPSILONS[-1]:g} {what}."
    if not seen.found.epsilon:
        return f"It {what} without being pushed."
    return f"The smallest ε that {what}: {seen.found.epsilon:.4f}."
