"""Every data set that can be named: the generated ones, MNIST where it is, and any folder of IDX files."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from tui_nn.data import DATASETS, DataError, Dataset, DatasetSpec
from tui_nn.data.ceilings import no_ceiling
from tui_nn.data.registry import DIGITS, OWN_DATASETS
from tui_nn.files.errors import FileError
from tui_nn.files.paths import full_path, is_folder
from tui_nn.files.places import mnist_folder
from tui_nn.settings.values import Choice

MNIST = "mnist"
SETS_OF_IMAGES = (DIGITS.name, MNIST)
"""Those that have a name; folders are others."""
TABLE_SETTINGS = ("table", "target_column", "task_kind", "columns", "missing")
"""Which table, and how it is read."""


@dataclass(frozen=True)
class FolderSpec(DatasetSpec):
    """A folder of IDX files, which come as they are: neither samples nor noise can be chosen."""

    folder: Path = Path()
    n_given_train: int | None = None
    """The first so many samples are for training; None: `train_fraction` says."""

    def generate(self, samples: int, noise: float, classes: int, rng: np.random.Generator) -> Dataset:
        """Return the folder's images. Raises DataError."""
        from tui_nn.data import load_idx_folder  # most runs read no folder

        folder = _find_mnist() if self.name == MNIST else self.folder
        data = load_idx_folder(folder)
        if data.class_names != self.class_names or data.inputs.shape[1:] != self.image_shape:
            raise DataError(f"{folder} does not contain the images and classes of {self.name}")
        return data


def _find_mnist() -> Path:
    try:
        folder = mnist_folder()
    except FileError as error:
        raise DataError(str(error)) from None
    if not is_folder(folder):
        raise DataError("MNIST is not on this machine yet; `tui-nn data mnist` downloads it")
    return folder


def has_mnist() -> bool:
    """Return whether MNIST is on this machine."""
    try:
        return bool(_find_mnist())
    except DataError:
        return False


def _not_drawn(samples: int, noise: float, n_classes: int, rng: np.random.Generator) -> Any:
    raise NotImplementedError("read from a folder, not generated")


def _folder_spec(
    name: str,
    folder: Path,
    help: str,
    names: tuple[str, ...],
    shape: tuple[int, int],
    n_samples: int,
    n_given_train: int | None,
) -> FolderSpec:
    return FolderSpec(
        name,
        help,
        "given",
        _not_drawn,
        no_ceiling,
        min_classes=len(names),
        max_classes=len(names),
        input_names=(),
        class_names=names,
        image_shape=shape,
        folder=folder,
        n_samples=n_samples,
        n_given_train=n_given_train,
    )


def find_dataset(name: str) -> DatasetSpec:
    """Return the kind of data set of a name, or of a folder. Raises DataError."""
    if name in DATASETS:
        return DATASETS[name]
    if name in OWN_DATASETS:
        return OWN_DATASETS[name]
    if name == DIGITS.name:
        return DIGITS
    if name == MNIST:
        digits = tuple("0123456789")
        help = "70,000 genuine handwritten digits."
        return _folder_spec(MNIST, Path(), help, digits, (28, 28), 70_000, 60_000)
    return _read_folder(name)


@lru_cache(maxsize=4)
def _read_folder(name: str) -> DatasetSpec:
    """Return the kind of a folder, which has to be read for its shape and classes."""
    from tui_nn.data import load_idx_folder

    data = load_idx_folder(Path(name))
    shape = (int(data.inputs.shape[1]), int(data.inputs.shape[2]))
    help = f"images in {data.name}"
    counts = data.n_samples, data.n_given_train
    return _folder_spec(name, Path(name), help, data.class_names, shape, *counts)


def sets_of_points() -> list[str]:
    """Return the names of the generated sets and of a person's own, as they are now: all but images."""
    return [*DATASETS, *OWN_DATASETS]


class DatasetNotes(Mapping[str, str]):
    """The help of every data set that has a name, as it is now: what is added later is listed at once."""

    def __getitem__(self, name: str) -> str:
        if name not in self._names():
            raise KeyError(name)
        return find_dataset(name).help

    def __iter__(self) -> Iterator[str]:
        return iter(self._names())

    def __len__(self) -> int:
        return len(self._names())

    @staticmethod
    def _names() -> list[str]:
        return [*sets_of_points(), *SETS_OF_IMAGES]


class NameOrFolder(Choice):
    """The kind of value that the setting `dataset` has: a name, or a folder of IDX files."""

    @property
    def allowed(self) -> str:
        """List the names, and say that folders are taken too."""
        return f"{super().allowed}, or a folder of IDX files"

    def parse(self, text: str) -> str:
        """Read a name, or the path of a folder."""
        if text in OWN_DATASETS:
            return text  # its capitals matter
        try:
            return super().parse(text)
        except ValueError:
            return self._folder(text.strip())

    def opens_file(self, text: str) -> bool:
        """Return whether a text is none of the names, so that a folder is looked for."""
        try:
            super().parse(text)
        except ValueError:
            return text not in OWN_DATASETS
        return False

    @staticmethod
    def _folder(text: str) -> str:
        """Return the full path where text names a folder, else the text."""
        try:
            folder = full_path(text)
        except FileError:
            return text
        return os.path.realpath(folder) if is_folder(folder) else text

    def check(self, value: Any) -> str:
        """Return a name, or a folder whose images can be read."""
        if isinstance(value, str) and value not in self.notes and is_folder(value):
            try:
                find_dataset(value)
            except DataError as error:
                raise ValueError(str(error)) from None
            return value
        return super().check(value)

    def neighbor(self, value: Any, step: int) -> Any:
        """Return the next name; they go round, and pass by images, which have a screen of their own."""
        names = sets_of_points()
        place = names.index(value) if value in names else -1
        return names[(place + step) % len(names)]
