from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tui_nn.data import DataError
from tui_nn.data.digits import to_pixels
from tui_nn.data.drawing import fit_drawing
from tui_nn.data.kept_drawings import load_drawings
from tui_nn.files.errors import FileError
from tui_nn.training.remote.sketchbook import REHEARSAL_STEPS, Sketchbook


def stroke(column: int = 14) -> np.ndarray:
    drawing = np.zeros((28, 28), dtype=np.uint8)
    drawing[4:24, column : column + 2] = 255
    return drawing


def test_a_new_sketchbook_is_empty_and_makes_no_file(tmp_path: Path) -> None:
    path = tmp_path / "data" / "drawings.npz"

    assert len(Sketchbook(path)) == 0
    assert list(tmp_path.iterdir()) == []


def test_what_is_kept_is_there_the_next_time_in_its_order(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "drawings.npz"
    book = Sketchbook(path)
    for digit in (1, 7, 1):
        book.keep(stroke(digit), digit)

    kept = load_drawings(path)
    assert kept.digits.tolist() == [1, 7, 1]
    assert np.array_equal(kept.drawings, [stroke(1), stroke(7), stroke(1)])
    again = Sketchbook(path)
    again.keep(stroke(3), 3)
    assert load_drawings(path).digits.tolist() == [1, 7, 1, 3]
    assert [entry.name for entry in path.parent.iterdir()] == ["drawings.npz"]


def test_it_says_what_was_kept_and_how_many_there_are(tmp_path: Path) -> None:
    book = Sketchbook(tmp_path / "drawings.npz")
    book.keep(stroke(), 1)
    words = book.keep(stroke(), 7)

    assert "7" in words
    assert "2 drawings" in words


@pytest.mark.parametrize(("digit", "words"), [(0, "a 0"), (1, "a 1"), (7, "a 7"), (8, "an 8")])
def test_the_article_is_that_of_the_spoken_digit(tmp_path: Path, digit: int, words: str) -> None:
    assert f"Saved as {words} " in Sketchbook(tmp_path / "drawings.npz").keep(stroke(), digit)


def test_a_drawing_that_changes_later_is_kept_as_it_was(tmp_path: Path) -> None:
    book, drawing = Sketchbook(tmp_path / "drawings.npz"), stroke()
    book.keep(drawing, 1)
    drawing[:] = 0

    assert book.rehearsal().images.any()


def test_it_rehearses_all_of_them_as_a_network_sees_them(tmp_path: Path) -> None:
    book = Sketchbook(tmp_path / "drawings.npz")
    book.keep(stroke(2), 1)
    book.keep(np.eye(28, dtype=np.uint8) * 255, 4)
    command = book.rehearsal()

    assert command.steps == REHEARSAL_STEPS
    assert command.classes.tolist() == [1, 4]
    assert command.images.dtype == np.uint8
    # The same image as where one drawing is read.
    assert np.array_equal(command.images[0], to_pixels(fit_drawing(stroke(2))))


@pytest.mark.parametrize("content", [b"", b"nonsense", b"PK\x03\x04 cut", b"<html>not found</html>"])
def test_a_broken_file_costs_nothing_but_itself(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "drawings.npz"
    path.write_bytes(content)
    book = Sketchbook(path)

    assert len(book) == 0
    book.keep(stroke(), 1)
    assert load_drawings(path).digits.tolist() == [1]


def test_arrays_that_are_no_drawings_cost_nothing_either(tmp_path: Path) -> None:
    path = tmp_path / "drawings.npz"
    np.savez(path, drawings=np.zeros((2, 5, 5), dtype=np.uint8), digits=np.array([1, 99]))

    assert len(Sketchbook(path)) == 0


def test_where_nothing_can_be_written_the_drawing_is_kept_for_now_and_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    book = Sketchbook(tmp_path / "file" / "drawings.npz")
    with pytest.raises(FileError, match="cannot be made") as error:
        book.keep(stroke(), 1)

    assert len(book) == 1
    assert str(tmp_path / "file") in error.value.why
    assert len(book.rehearsal().images) == 1


def test_what_could_not_be_written_is_written_with_the_next_one(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.touch()
    book = Sketchbook(folder / "drawings.npz")
    with pytest.raises(FileError):
        book.keep(stroke(), 1)
    folder.unlink()

    assert book.keep(stroke(), 7).startswith("Saved as a 7 (2 drawings")
    assert load_drawings(folder / "drawings.npz").digits.tolist() == [1, 7]


def test_two_sketchbooks_of_one_file_lose_nothing_of_each_other(tmp_path: Path) -> None:
    path = tmp_path / "drawings.npz"
    one, other = Sketchbook(path), Sketchbook(path)
    for digit in range(5):
        one.keep(stroke(), digit)
        other.keep(stroke(), digit)

    assert load_drawings(path).digits.tolist() == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]


def test_a_damaged_file_is_set_aside_and_said(tmp_path: Path) -> None:
    path = tmp_path / "drawings.npz"
    path.write_bytes(b"nonsense")

    assert "damaged: it is drawings.unreadable now" in Sketchbook(path).trouble
    assert (tmp_path / "drawings.unreadable").read_bytes() == b"nonsense"


def test_a_file_that_is_damaged_later_is_set_aside_when_the_next_one_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "drawings.npz"
    book = Sketchbook(path)
    path.write_bytes(b"nonsense")

    assert "drawings.unreadable" in book.keep(stroke(), 1)
    assert load_drawings(path).digits.tolist() == [1]


@pytest.mark.parametrize("digit", [-1, 10])
def test_what_is_no_digit_is_not_kept(tmp_path: Path, digit: int) -> None:
    book = Sketchbook(tmp_path / "drawings.npz")

    with pytest.raises(DataError):
        book.keep(stroke(), digit)
    with pytest.raises(DataError):
        book.keep(np.zeros((28, 28), dtype=np.uint8), 1)
    assert len(book) == 0
    assert not (tmp_path / "drawings.npz").exists()
