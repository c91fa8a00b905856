"""Pictures of digits: any size, dark on light or light on dark, whole or damaged."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tui_nn.cli import FAILED
from tui_nn.files.digit_pictures import ink_of, is_picture, read_ink

SEVEN = np.zeros((40, 30))
SEVEN[6:10, 5:25] = 1.0
SEVEN[6:34, 21:25] = 1.0


@pytest.fixture
def encode() -> Callable[..., bytes]:
    """Return a function that turns gray bytes (height, width), or an image of Pillow's, into a file."""
    image = pytest.importorskip("PIL.Image")

    def save(gray: Any, kind: str = "PNG", **options: Any) -> bytes:
        file = io.BytesIO()
        picture = image.fromarray(gray) if isinstance(gray, np.ndarray) else gray
        picture.save(file, kind, **options)
        return file.getvalue()

    return save


def shades(ink: Any, paper: int, pen: int) -> Any:
    """Return gray bytes of ink 0 .. 1."""
    return np.rint(paper + (pen - paper) * ink).astype(np.uint8)


@pytest.mark.parametrize(("paper", "pen"), [(255, 0), (0, 255), (200, 90), (90, 200)])
def test_ink_is_found_whichever_is_darker(paper: int, pen: int) -> None:
    assert np.array_equal(ink_of(shades(SEVEN, paper, pen) / 255), SEVEN)


def test_a_shadow_on_the_paper_is_no_ink() -> None:
    shadow = np.linspace(0.9, 1.0, 30)[None, :]

    assert np.array_equal(ink_of(shadow - 0.8 * SEVEN) > 0, SEVEN > 0)


def test_ink_that_reaches_the_edge_does_not_become_paper() -> None:
    cropped = SEVEN[6:34, 5:25]

    assert np.array_equal(ink_of(1.0 - cropped), cropped)


def test_a_thick_pen_does_not_become_paper() -> None:
    thick = np.pad(np.ones((20, 20)), 1)

    assert np.array_equal(ink_of(1.0 - thick), thick)


@pytest.mark.parametrize("shade", [0.0, 0.5, 1.0])
def test_one_shade_all_over_is_empty(shade: float) -> None:
    with pytest.raises(ValueError, match="empty"):
        ink_of(np.full((28, 28), shade))


@pytest.mark.parametrize("kind", ["PNG", "PPM"])
@pytest.mark.parametrize("size", [1, 3, 40])
def test_pictures_of_any_size_are_read(call: Any, encode: Any, tmp_path: Path, kind: str, size: int) -> None:
    (tmp_path / "seven").write_bytes(encode(shades(np.kron(SEVEN, np.ones((size, size))), 250, 20), kind))
    finished = call("predict", "default", "--digit", str(tmp_path / "seven"), "--json")

    assert [record["class"] for record in json.loads(finished.stdout)] == [7]


def test_colors_and_see_through_paper_are_read(encode: Any) -> None:
    image = pytest.importorskip("PIL.Image")
    ink = shades(SEVEN, 0, 255)
    blue = np.dstack([0 * ink, 0 * ink, 0 * ink + 200, ink])
    colored = read_ink(encode(image.fromarray(blue)))

    assert np.array_equal(colored > 0.5, SEVEN > 0.5)


def test_sixteen_bits_a_pixel_are_read(encode: Any) -> None:
    deep = (SEVEN * 40_000).astype(np.uint16)

    assert np.array_equal(read_ink(encode(deep)), SEVEN)


@pytest.mark.parametrize("part", [10, 60, 0.5, 0.95])
def test_a_truncated_picture_is_refused(encode: Any, part: float) -> None:
    whole = encode(np.random.default_rng(0).integers(0, 255, (60, 60), dtype=np.uint8))
    cut = whole[: int(part if part > 1 else part * len(whole))]

    assert is_picture(cut)
    with pytest.raises(ValueError, match="the picture is damaged"):
        read_ink(cut)


def test_a_picture_that_would_unpack_to_too_much_is_refused(
    encode: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui_nn.files.digit_pictures.MAX_PIXELS", 1199)
    with pytest.raises(ValueError, match="more than 1,199 pixels"):
        read_ink(encode(shades(SEVEN, 255, 0)))


def test_a_bomb_is_refused() -> None:
    pytest.importorskip("PIL.Image")
    with pytest.raises(ValueError, match="more than 50,000,000 pixels"):
        read_ink(b"P5 100000 100000 255\n")


def test_without_pillow_it_is_said_what_is_missing(
    call: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "PIL.Image", None)
    (tmp_path / "seven.pgm").write_bytes(b"P5 2 2 255\n\0\0\0\0")
    finished = call("predict", "default", "--digit", str(tmp_path / "seven.pgm"))

    assert finished.status == FAILED
    assert finished.stdout == ""
    assert f"{tmp_path / 'seven.pgm'}: pictures are read by Pillow, which is not installed" in finished.stderr
    assert "extra `images`" in finished.stderr
