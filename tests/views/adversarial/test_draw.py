"""A pushed image beside the original, with the slider and what is read, at any size."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from tui_nn.render import slots
from tui_nn.render.palette import MONO, PALETTES, Palette
from tui_nn.views.adversarial.draw import adversarial_picture, aim, became, smallest_words
from tui_nn.views.adversarial.values import EPSILONS, Adversarial, Found, pushed

N = len(EPSILONS)
NAMES = tuple("0123456789")


def made(turns_at: int = 12, found: Found | None = None, target: int | None = None) -> Adversarial:
    """Return an image that is read as 3 until a step, and from there on as 8."""
    rng = np.random.default_rng(0)
    probabilities = np.zeros((N, 10), np.float32)
    probabilities[:turns_at, 3] = 0.99
    probabilities[turns_at:, 8] = 0.61
    return Adversarial(
        image=rng.random((28, 28)).astype(np.float32),
        direction=rng.choice(np.array([-1, 1], np.int8), (28, 28)),
        own=3,
        target=target,
        probabilities=probabilities,
        has_probabilities=True,
        readings=np.where(np.arange(N) < turns_at, 3, 8),
        class_names=NAMES,
        sample=4,
        n_samples=100,
        found=found,
    )


def lines(seen: Adversarial, epsilon: float, height: int = 19, width: int = 76) -> list[str]:
    return [line.rstrip() for line in adversarial_picture(seen, epsilon, MONO, height, width).lines()]


def test_each_pixel_moves_by_epsilon_and_stays_between_paper_and_ink() -> None:
    image = np.array([[0.0, 0.5, 1.0, 0.95]])
    direction = np.array([[-1, 1, 0, 1]], np.int8)

    np.testing.assert_allclose(pushed(image, direction, 0.1), [[0.0, 0.6, 1.0, 1.0]], atol=1e-7)


def test_below_the_pictures_stands_what_is_read_at_each_step() -> None:
    found = lines(made(), 0.2)

    assert found[15] == "ε = 0.2: read as 8 (61 %); not pushed: 3 (99 %)."
    assert found[17] == "read   " + 12 * "3" + (N - 12) * "8"
    assert found[16].index("●") == 7 + 20
    assert found[18] == "enter finds the smallest ε that is misread."


def test_the_smallest_epsilon_is_marked_on_the_slider() -> None:
    found = Found(0.1153, 8, np.eye(10, dtype=np.float32)[8])
    cells = adversarial_picture(made(found=found), 0.3, PALETTES["truecolor"], 19, 76)

    (marked,) = np.flatnonzero(cells.foreground[16] == slots.ACCENT)
    assert marked == 7 + 12
    assert cells.lines()[18].startswith("The smallest ε that is misread: 0.1153.")


def test_at_the_smallest_epsilon_it_is_read_as_found_there() -> None:
    found = Found(0.1153, 8, np.eye(10, dtype=np.float32)[8])

    assert became(made(found=found), 0.1153).startswith("ε = 0.1153: read as 8 (100 %)")
    assert became(made(found=found), 0.11).startswith("ε = 0.11: read as 3 (99 %)")


@pytest.mark.parametrize(
    ("found", "target", "words"),
    [
        (None, None, "enter finds the smallest ε that is misread."),
        (Found(0.05, 8), None, "The smallest ε that is misread: 0.0500."),
        (Found(0.0, 8), None, "It is misread without being pushed."),
        (Found(None), None, "No ε up to 0.5 is misread."),
        (Found(0.31, 8), 8, "The smallest ε that is read as 8: 0.3100."),
        (Found(None), 7, "No ε up to 0.5 is read as 7."),
    ],
)
def test_what_was_found_is_a_sentence(found: Found | None, target: int | None, words: str) -> None:
    assert smallest_words(made(found=found, target=target)) == words


def test_a_gradient_of_zero_is_said() -> None:
    still = dataclasses.replace(made(), direction=np.zeros((28, 28), np.int8))

    assert smallest_words(still).startswith("The gradient is zero for every pixel")
    assert len(smallest_words(still)) <= 76


def test_it_says_where_it_is_pushed() -> None:
    assert aim(made()) == "away from 3"
    assert aim(made(target=5)) == "towards 5"


def test_what_was_changed_is_blue_where_ink_came_and_orange_where_it_went() -> None:
    seen = dataclasses.replace(
        made(),
        image=np.full((28, 28), 0.5, np.float32),
        direction=np.repeat(np.array([[1], [-1]], np.int8), 14, axis=0) * np.ones((1, 28), np.int8),
    )
    cells = adversarial_picture(seen, 0.1, PALETTES["truecolor"], 31, 116)
    changed = cells.background[1:15, 60:88]

    assert (changed[:7] == slots.SIGNED_STEPS - 1).all()
    assert (changed[7:] == 0).all()


def test_where_there_is_room_all_classes_and_their_way_are_shown() -> None:
    found = lines(made(), 0.2, 31, 116)

    assert found[0].split() == ["original", "pushed,", "ε", "=", "0.2", "changed,", "full", "color:", "0.2",
                                "read", "as", "8"]  # fmt: skip
    assert all(name in row[88:] for name, row in zip(NAMES, found[1:11], strict=True))
    assert found[20].startswith("How likely each class is")
    assert found[24].endswith("█" * 22), "of the 3 until it is misread"


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES.keys())
@pytest.mark.parametrize("shape", [(28, 28), (8, 8), (40, 12), (1, 1)])
def test_it_fits_any_place(palette: Palette, shape: tuple[int, int]) -> None:
    seen = dataclasses.replace(
        made(), image=np.full(shape, 0.4, np.float32), direction=np.ones(shape, np.int8)
    )
    for height, width in [(0, 0), (1, 1), (4, 20), (12, 56), (19, 76), (31, 116), (55, 196)]:
        cells = adversarial_picture(seen, 0.07, palette, height, width)
        assert cells.glyphs.shape == (height, width)
