from __future__ import annotations

import io
import os
import zipfile
from contextlib import suppress
from pathlib import Path
from threading import Thread

import numpy as np
import pytest

from tui_nn.data import DataError, KeptDrawings, load_drawings, save_drawings
from tui_nn.data.kept_drawings import add_drawings, set_aside
from tui_nn.files.errors import FileError

BAR = np.zeros((28, 28), dtype=np.uint8)
BAR[3:20, 9] = 255


def test_kept_drawings_come_back_in_order_with_their_labels(tmp_path: Path) -> None:
    path = tmp_path / "new" / "drawings.npz"
    kept = KeptDrawings().with_drawing(BAR, 1).with_drawing(BAR.T.copy(), 7)
    save_drawings(path, kept)
    again = load_drawings(path)
    assert again.digits.tolist() == [1, 7]
    assert again.drawings.tolist() == [BAR.tolist(), BAR.T.tolist()]
    assert [file.name for file in path.parent.iterdir()] == ["drawings.npz"]


def test_their_images_are_cropped_scaled_and_centered() -> None:
    image = KeptDrawings().with_drawing(BAR, 1).images()[0]
    assert (image.max(axis=1) > 80).sum() == pytest.approx(20, abs=1)
    assert image.dtype == np.uint8


def test_without_a_file_there_are_none(tmp_path: Path) -> None:
    assert len(load_drawings(tmp_path / "none.npz")) == 0
    assert KeptDrawings().images().shape == (0, 28, 28)


def test_an_empty_drawing_or_a_wrong_label_is_not_kept() -> None:
    with pytest.raises(DataError, match="empty"):
        KeptDrawings().with_drawing(np.zeros((28, 28), dtype=np.uint8), 3)
    with pytest.raises(DataError, match="0 to 9"):
        KeptDrawings().with_drawing(BAR, 10)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"<html>", b"\x80\x04N."])
def test_a_file_of_something_else_is_reported(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "drawings.npz"
    path.write_bytes(content)
    with pytest.raises(DataError, match=r"drawings\.npz is not a file of drawings"):
        load_drawings(path)


def test_arrays_of_other_shapes_names_or_objects_are_reported(tmp_path: Path) -> None:
    path = tmp_path / "drawings.npz"
    for arrays in (
        {"drawings": np.zeros((2, 28, 28), dtype=np.uint8)},
        {"drawings": np.zeros((2, 28, 28), dtype=np.uint8), "digits": np.array([1])},
        {"drawings": np.zeros((1, 28, 28), dtype=np.uint8), "digits": np.array([11])},
        {"drawings": np.array([None], dtype=object), "digits": np.array([1])},
    ):
        np.savez(path, **arrays)
        with pytest.raises(DataError, match=r"drawings\.npz"):
            load_drawings(path)


def test_a_file_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(FileError, match="cannot be made"):
        save_drawings(tmp_path / "file" / "drawings.npz", KeptDrawings())
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def kept(*digits: int) -> KeptDrawings:
    drawings = KeptDrawings()
    for digit in digits:
        drawings = drawings.with_drawing(BAR, digit)
    return drawings


def test_what_is_added_stands_behind_what_anybody_else_has_added_meanwhile(tmp_path: Path) -> None:
    path = tmp_path / "drawings.npz"
    add_drawings(path, kept(1, 2))

    assert add_drawings(path, kept(3)).digits.tolist() == [1, 2, 3]
    assert load_drawings(path).digits.tolist() == [1, 2, 3]


def test_sessions_that_add_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "drawings.npz"
    sessions = [Thread(target=lambda: [add_drawings(path, kept(n)) for n in range(5)]) for _ in range(3)]
    for session in sessions:
        session.start()
    for session in sessions:
        session.join()

    assert sorted(load_drawings(path).digits.tolist()) == sorted([*range(5)] * 3)


def test_a_file_that_cannot_be_read_is_not_taken_for_a_damaged_one(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "drawings.npz")
    (tmp_path / "folder.npz").mkdir()

    for name in ("drawings.npz", "folder.npz"):
        with pytest.raises(FileError, match="and not a file"):
            load_drawings(tmp_path / name)


def test_a_file_set_aside_never_takes_the_place_of_an_older_one(tmp_path: Path) -> None:
    path = tmp_path / "drawings.npz"
    for content in ("first", "second", "third"):
        path.write_text(content)
        set_aside(path)

    assert sorted(file.read_text() for file in tmp_path.iterdir()) == ["first", "second", "third"]


def test_no_damage_raises_anything_but_a_sentence(tmp_path: Path) -> None:
    rng, path = np.random.default_rng(0), tmp_path / "drawings.npz"
    save_drawings(path, kept(*range(10)))
    whole = path.read_bytes()
    for _ in range(600):
        damaged = bytearray(whole[: rng.integers(0, len(whole) + 1)] if rng.random() < 0.3 else whole)
        for position in rng.integers(0, max(1, len(damaged)), min(len(damaged), int(rng.integers(1, 6)))):
            damaged[position] = rng.integers(0, 256)
        path.write_bytes(damaged)
        with suppress(DataError):
            load_drawings(path)


def test_a_header_that_promises_more_than_there_is_takes_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "drawings.npz"
    header = {"descr": "|u1", "fortran_order": False, "shape": (10**12, 28, 28)}
    lying = io.BytesIO()
    np.lib.format.write_array_header_1_0(lying, header)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("drawings.npy", lying.getvalue() + bytes(784))
        archive.writestr("digits.npy", b"")
    with pytest.raises(DataError, match="not a file of drawings"):
        load_drawings(path)
