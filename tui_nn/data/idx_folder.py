"""A folder of IDX files as a data set: MNIST, Fashion-MNIST, or any pair of images and labels."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from tui_nn.data.dataset import ClassArray, Dataset, ImageArray
from tui_nn.data.errors import DataError
from tui_nn.data.idx import read_idx
from tui_nn.files.errors import FileError
from tui_nn.files.paths import is_folder
from tui_nn.files.reading import list_folder, read_text

FASHION_NAMES = (
    "T-shirt/top",
    "Trouser",
    "Pullover",
    "Dress",
    "Coat",
    "Sandal",
    "Shirt",
    "Sneaker",
    "Bag",
    "Ankle boot",
)
"""Source: the README of github.com/zalandoresearch/fashion-mnist."""
CLASS_FILES = ("classes.txt", "class_names.txt", "labels.txt")
"""Where a folder may name its classes, one a line."""
MAX_CLASSES = 256
MAX_TEXT_BYTES = 1_000_000
_TRAIN = ("train",)
_TEST = ("t10k", "test")


def load_idx_folder(folder: Path) -> Dataset:
    """Return the images (n, height, width) uint8 and labels of a folder, named after it.

    Files are found by their names, as MNIST's: "train-images-idx3-ubyte", "train-labels-idx1-ubyte" and the
    same with "t10k" or "test", with or without ".gz". Training images come first, n_given_train of them;
    where the folder has but one pair, that is all and n_given_train is None. Each label that occurs is a
    class, whatever numbers the labels are. Raises DataError, naming the file, for what is missing or wrong.
    """
    if not is_folder(folder):
        raise DataError(f"{folder} is not a folder")
    try:
        content = list_folder(folder)
    except FileError as error:
        raise DataError(str(error)) from None
    train_files = _find_pair(folder, content, _TRAIN)
    test_files = _find_pair(folder, content, _TEST)
    pairs = [_load_pair(*files) for files in (train_files, test_files) if files]
    if not pairs:
        raise DataError(f"{folder} contains no IDX files such as train-images-idx3-ubyte.gz")
    if len({images.shape[1:] for images, _ in pairs}) > 1:
        sizes = " and ".join(f"{images.shape[1]} x {images.shape[2]}" for images, _ in pairs)
        raise DataError(f"{folder} contains images of different sizes: {sizes}")
    labels, classes = np.unique(np.concatenate([labels for _, labels in pairs]), return_inverse=True)
    if not 2 <= len(labels) <= MAX_CLASSES:
        found = f"one class only, {labels[0]}" if len(labels) == 1 else f"{len(labels):,} classes"
        raise DataError(f"{folder} contains images of {found}; needed are 2 to {MAX_CLASSES} classes")
    return Dataset(
        name=folder.resolve().name,
        task="classification",
        inputs=np.concatenate([images for images, _ in pairs]),
        targets=classes.astype(np.int64),
        class_names=_class_names(folder, content, labels),
        input_names=(),
        n_given_train=len(pairs[0][1]) if len(pairs) == 2 else None,
    )


def _find_pair(folder: Path, content: list[Path], starts: tuple[str, ...]) -> tuple[Path, Path] | None:
    """Return the files of images and labels whose names start so, None if there is neither."""
    found = {}
    for kind in ("images", "labels"):
        names = [path for path in content if _is_named(path.name, starts, kind)]
        # Of the same file twice, the one that is unpacked already.
        found[kind] = min(names, key=lambda path: path.suffix == ".gz", default=None)
    images, labels = found["images"], found["labels"]
    if images is not None and labels is not None:
        return images, labels
    if present := images or labels:
        missing = "labels" if images else "images"
        raise DataError(f"{folder} has {present.name}, but not the matching {missing}")
    return None


def _is_named(name: str, starts: tuple[str, ...], kind: str) -> bool:
    name = name.lower().removesuffix(".gz")
    return name.startswith(starts) and kind in name and name.endswith(("ubyte", ".idx"))


def _load_pair(images_path: Path, labels_path: Path) -> tuple[ImageArray, ClassArray]:
    images, labels = read_idx(images_path), read_idx(labels_path)
    if images.ndim != 3 or images.dtype != np.uint8:
        raise DataError(f"{images_path} contains {images.dtype} in {images.ndim} dimensions, not images")
    if labels.ndim != 1 or labels.dtype.kind not in "iu":
        raise DataError(f"{labels_path} contains {labels.dtype} in {labels.ndim} dimensions, not labels")
    if len(images) != len(labels):
        counts = f"{len(images):,} images, but {len(labels):,} labels"
        raise DataError(f"{images_path} and {labels_path.name} do not match: {counts}")
    return images, labels.astype(np.int64)


def _class_names(folder: Path, content: list[Path], labels: ClassArray) -> tuple[str, ...]:
    """Return the name of each label: from a file of the folder, or Fashion-MNIST's, or the label itself.

    A file names the labels that occur, in their order, or all from 0 on.
    """
    for file in (folder / name for name in CLASS_FILES):
        if file in content:
            names = tuple(filter(None, map(str.strip, _text(file).splitlines())))
            if len(names) == len(labels):
                return names
            return _pick(names, labels, file)
    if "fashion" in folder.resolve().name.lower() and labels[0] >= 0 and labels[-1] < len(FASHION_NAMES):
        return _pick(FASHION_NAMES, labels, folder)
    return tuple(map(str, labels.tolist()))


def _pick(names: Sequence[str], labels: ClassArray, file: Path) -> tuple[str, ...]:
    """Return the names at the places of the labels."""
    if labels[0] < 0 or labels[-1] >= len(names):
        wrong = labels[0] if labels[0] < 0 else labels[-1]
        raise DataError(f"{file} names {len(names)} classes, but there is a label {wrong}")
    return tuple(names[label] for label in labels.tolist())


def _text(file: Path) -> str:
    try:
        return read_text(file, MAX_TEXT_BYTES)
    except FileError as error:
        raise DataError(str(error)) from None
