"""A folder of IDX files as a data set: MNIST, Fashion-MNIST, or any pair of images and labels."""

from __future__ import annotations

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
    where the folder has but one pair, that is all and n_given_train is None. Raises DataError, naming the
    file, for what is missing or wrong.
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
    classes = np.concatenate([labels for _, labels in pairs])
    return Dataset(
        name=folder.resolve().name,
        task="classification",
        inputs=np.concatenate([images for images, _ in pairs]),
        targets=classes,
        class_names=_class_names(folder, content, int(classes.max()) + 1),
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
    if labels.ndim != 1 or labels.dtype != np.uint8:
        raise DataError(f"{labels_path} contains {labels.dtype} in {labels.ndim} dimensions, not labels")
    if len(images) != len(labels):
        counts = f"{len(images):,} images, but {len(labels):,} labels"
        raise DataError(f"{images_path} and {labels_path.name} do not match: {counts}")
    return images, labels.astype(np.int64)


def _class_names(folder: Path, content: list[Path], n_labels: int) -> tuple[str, ...]:
    """Return the names in a file of the folder, Fashion-MNIST's if it is called so, or numbers."""
    for file in (folder / name for name in CLASS_FILES):
        if file in content:
            names = tuple(filter(None, map(str.strip, _text(file).splitlines())))
            if not n_labels <= len(names) <= MAX_CLASSES:
                raise DataError(f"{file} names {len(names)} classes, but labels go up to {n_labels - 1}")
            return names
    if "fashion" in folder.resolve().name.lower() and n_labels <= len(FASHION_NAMES):
        return FASHION_NAMES
    return tuple(map(str, range(max(n_labels, 10) if n_labels > 2 else n_labels)))


def _text(file: Path) -> str:
    try:
        return read_text(file, MAX_TEXT_BYTES)
    except FileError as error:
        raise DataError(str(error)) from None
