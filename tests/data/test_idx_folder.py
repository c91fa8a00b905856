from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tui_nn.data import DataError, load_idx_folder, write_idx


def write_set(folder: Path, n_train: int = 6, n_test: int = 4, end: str = ".gz", test: str = "t10k") -> None:
    folder.mkdir(exist_ok=True)
    for start, n in (("train", n_train), (test, n_test)):
        if n:
            images = np.arange(n * 12, dtype=np.uint8).reshape(n, 3, 4) + len(start)
            write_idx(folder / f"{start}-images-idx3-ubyte{end}", images)
            write_idx(folder / f"{start}-labels-idx1-ubyte{end}", np.arange(n, dtype=np.uint8))


@pytest.mark.parametrize(("end", "test"), [(".gz", "t10k"), ("", "t10k"), (".gz", "test")])
def test_a_folder_gives_training_images_before_test_images(tmp_path: Path, end: str, test: str) -> None:
    folder = tmp_path / "mnist"
    write_set(folder, end=end, test=test)
    data = load_idx_folder(folder)
    assert data.name == "mnist"
    assert data.n_given_train == 6
    assert data.inputs.shape == (10, 3, 4)
    assert data.inputs.dtype == np.uint8
    assert data.inputs[0, 0].tolist() == [5, 6, 7, 8]
    assert data.targets.tolist() == [0, 1, 2, 3, 4, 5, 0, 1, 2, 3]
    assert data.class_names == tuple("012345")
    assert data.is_images


def test_dotted_names_as_some_programs_unpack_them_are_found(tmp_path: Path) -> None:
    write_idx(tmp_path / "train-images.idx3-ubyte", np.zeros((2, 3, 3), dtype=np.uint8))
    write_idx(tmp_path / "train-labels.idx1-ubyte", np.array([0, 1], dtype=np.uint8))
    assert load_idx_folder(tmp_path).n_samples == 2


def test_a_single_pair_has_no_given_split(tmp_path: Path) -> None:
    write_set(tmp_path, n_test=0)
    data = load_idx_folder(tmp_path)
    assert data.n_samples == 6
    assert data.n_given_train is None


def test_fashion_mnist_is_known_by_its_folder_and_other_names_by_a_file(tmp_path: Path) -> None:
    folder = tmp_path / "Fashion-MNIST"
    write_set(folder)
    assert load_idx_folder(folder).class_names[5] == "Sandal"
    (folder / "classes.txt").write_text("one\ntwo\nthree\n\nfour\nfive\nsix\n", encoding="utf-8")
    assert load_idx_folder(folder).class_names == ("one", "two", "three", "four", "five", "six")


def break_nothing(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()


def lose_labels(folder: Path) -> None:
    (folder / "train-labels-idx1-ubyte.gz").unlink()


def swap(folder: Path) -> None:
    images, labels = folder / "train-images-idx3-ubyte.gz", folder / "train-labels-idx1-ubyte.gz"
    images.rename(folder / "other")
    labels.rename(images)
    (folder / "other").rename(labels)


def shorten(folder: Path) -> None:
    write_idx(folder / "train-labels-idx1-ubyte.gz", np.arange(5, dtype=np.uint8))


def resize(folder: Path) -> None:
    write_idx(folder / "t10k-images-idx3-ubyte.gz", np.zeros((4, 5, 5), dtype=np.uint8))


def replace_by_page(folder: Path) -> None:
    (folder / "t10k-labels-idx1-ubyte.gz").write_text("<html>not found</html>", encoding="utf-8")


def name_too_few(folder: Path) -> None:
    (folder / "classes.txt").write_text("one\ntwo\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (break_nothing, "contains no IDX files"),
        (lose_labels, "train-images-idx3-ubyte.gz, but not the matching labels"),
        (swap, "train-images-idx3-ubyte.gz contains uint8 in 1 dimensions, not images"),
        (shorten, "6 images, but 5 labels"),
        (resize, "different sizes: 3 x 4 and 5 x 5"),
        (replace_by_page, "t10k-labels-idx1-ubyte.gz is a web page"),
        (name_too_few, "names 2 classes, but there is a label 5"),
    ],
)
def test_what_is_wrong_with_a_folder_is_said(tmp_path: Path, damage, message: str) -> None:
    folder = tmp_path / "set"
    write_set(folder)
    damage(folder)
    with pytest.raises(DataError, match=message):
        load_idx_folder(folder)


def test_a_folder_that_is_not_there_is_reported(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="nowhere is not a folder"):
        load_idx_folder(tmp_path / "nowhere")


def write_labels(folder: Path, labels: np.ndarray, test_labels: np.ndarray | None = None) -> Path:
    for start, given in (("train", labels), ("t10k", test_labels)):
        if given is not None:
            write_idx(folder / f"{start}-images-idx3-ubyte", np.zeros((len(given), 2, 3), dtype=np.uint8))
            write_idx(folder / f"{start}-labels-idx1-ubyte", given)
    return folder


@pytest.mark.parametrize(
    ("labels", "dtype"),
    [
        (range(50, 231, 20), np.uint8),
        (range(7), np.uint8),
        (range(1, 11), np.uint8),
        ((3, 8), np.uint8),
        ((255, 0, 7), np.uint8),
        ((70_000, 5), np.int32),
        ((-1, 1), np.int8),
    ],
)
def test_each_label_that_occurs_is_a_class_named_after_it(tmp_path: Path, labels, dtype) -> None:
    given = np.array([*labels, *labels], dtype=dtype)
    data = load_idx_folder(write_labels(tmp_path, given))

    assert data.class_names == tuple(str(label) for label in sorted(labels))
    assert [int(data.class_names[c]) for c in data.targets] == given.tolist()


def test_labels_of_both_parts_are_classes(tmp_path: Path) -> None:
    data = load_idx_folder(write_labels(tmp_path, np.array([4, 6], np.uint8), np.array([6, 9], np.uint8)))

    assert data.class_names == ("4", "6", "9")
    assert data.targets.tolist() == [0, 1, 1, 2]


@pytest.mark.parametrize("text", ["a\nb\nc\nd\ne\n", "c\ne\n"])
def test_a_file_names_the_labels_that_occur_or_all_of_them(tmp_path: Path, text: str) -> None:
    (tmp_path / "classes.txt").write_text(text, encoding="utf-8")

    assert load_idx_folder(write_labels(tmp_path, np.array([4, 2], np.uint8))).class_names == ("c", "e")


def test_one_class_alone_and_too_many_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="images of one class only, 7; needed are 2 to 256 classes"):
        load_idx_folder(write_labels(tmp_path, np.full(5, 7, np.uint8)))
    with pytest.raises(DataError, match="images of 300 classes; needed"):
        load_idx_folder(write_labels(tmp_path, np.arange(300, dtype=np.int32)))
