from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tui_nn.data import DataError, KeptDrawings, load_drawings, save_drawings

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
    with pytest.raises(DataError, match="cannot be written"):
        save_drawings(tmp_path / "file" / "drawings.npz", KeptDrawings())
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
