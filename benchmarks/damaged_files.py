"""Does a damaged file ever lead to anything but a sentence, or a right answer?

    python benchmarks/damaged_files.py [--files 50000] [--loader NAME] [--seed 0] [--keep FOLDER]

Damages files of every kind that the program reads, and reads them in this process: truncated, with bits
flipped and parts repeated or cut out; archives packed again with huge shapes, zip bombs, pickles, other
types, NaN. A fault is an exception that is not the loader's own, a sentence of more than one line, more than
2 s of the processor, or more than 200 MB. The exit status is 1 if there was one; the seed and the number make
the file again.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import io
import pickle
import random
import resource
import sys
import tempfile
import time
import tracemalloc
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from tui_nn.data import (
    DATASETS,
    DataError,
    array_dataset,
    load_drawings,
    load_idx_folder,
    read_idx,
    save_drawings,
    write_idx,
)
from tui_nn.data.drawing_files import read_digits
from tui_nn.data.kept_drawings import KeptDrawings
from tui_nn.data.tables import read_columns
from tui_nn.engine import EngineError, load_model
from tui_nn.files.errors import FileError
from tui_nn.files.reading import read_text
from tui_nn.settings.config import Config
from tui_nn.training.saved_run import load_run
from tui_nn.training.saving import save_run
from tui_nn.training.trainer import Trainer

MOST_S = 2.0
MOST_BYTES = 200_000_000
ADDRESS_SPACE = 4 * 2**30
"""What the process may take at all: an array that is believed ends it sooner."""
ALLOWED = (DataError, EngineError, FileError)
STRANGE = (b"\0", b"\xff", b"\x80", b"\n", b'"', b",", b"nan", b"1e999", b"{", b"\x1b[2J", b"9" * 400, b"-")


@dataclass(frozen=True)
class Kind:
    """Files of one kind."""

    make: Callable[[Path], None]
    """Writes a whole one."""
    read: Callable[[Path], object]
    name: str = "file"
    is_archive: bool = False


class FaultError(Exception):
    """What must not be."""


# -- files of every kind, and how they are read


def _trained(config: Config) -> Trainer:
    trainer = Trainer(config)
    for _ in range(60):
        trainer.advance()
    return trainer


def _make_run(path: Path, **settings: Any) -> None:
    save_run(path, _trained(Config(samples=40, hidden_sizes=(4,), **settings)), with_timeline=True)


def _make_own_run(path: Path) -> None:
    rng = np.random.default_rng(0)
    kind = array_dataset("own", rng.normal(size=(30, 3)), ["cat", "dog", "emu"] * 10)
    DATASETS[kind.name] = kind
    config = Config(dataset=kind.name, samples=30, classes=3, hidden_sizes=(4,), batch_norm=True)
    save_run(path, _trained(config))
    del DATASETS[kind.name]


def _read_run(path: Path) -> None:
    run = load_run(path)
    _check(run.predict(np.zeros((2, run.n_raw_inputs))))
    if not run.is_network_alone:
        checkpoint = run.checkpoint()
        timeline = run.timeline()
        if run.image_shape is None:  # making images takes longer than any reading
            trainer = Trainer(checkpoint.config)
            trainer.load(checkpoint, timeline)
            trainer.advance()


def _check(answers: Any) -> None:
    for values in (answers.probabilities, answers.values):
        if values is not None and not np.isfinite(values).all():
            raise FaultError("an answer is no number")


def _read_model(path: Path) -> None:
    network = load_model(path).network
    if not np.isfinite(network.parameters).all():
        raise FaultError("a weight is no number")


def _make_folder(path: Path) -> None:
    """Write images beside the labels, which are in `path`."""
    rng = np.random.default_rng(0)
    write_idx(path.parent / "train-images-idx3-ubyte", rng.integers(0, 256, (20, 6, 5), dtype=np.uint8))
    write_idx(path, (np.arange(20) % 4).astype(np.uint8))


def _read_folder(path: Path) -> None:
    images = load_idx_folder(path.parent)
    if len(images.inputs) != len(images.targets) or images.targets.max() >= len(images.class_names):
        raise FaultError("images without a class")


def _make_drawings(path: Path) -> None:
    rng = np.random.default_rng(0)
    save_drawings(path, KeptDrawings(rng.integers(1, 256, (6, 28, 28), dtype=np.uint8), np.arange(6)))


def _read_drawings(path: Path) -> None:
    kept = load_drawings(path)
    if kept.images().shape != (len(kept), 28, 28):
        raise FaultError("drawings of another shape")


def _read_table(path: Path) -> None:
    found = read_columns(read_text(path, 1_000_000), ("x", "y"), 2)
    if found.shape[1:] != (2,) or not np.isfinite(found).all():
        raise FaultError("rows that are no numbers")


def _read_digits(path: Path) -> None:
    if read_digits(str(path)).shape[1:] != (28, 28):
        raise FaultError("digits of another shape")


def _make_picture(path: Path, name: str) -> None:
    from PIL import Image

    gray = np.full((40, 30), 255, np.uint8)
    gray[8:32, 14:17] = 0
    with io.BytesIO() as file:
        Image.fromarray(gray).save(file, name)
        path.write_bytes(file.getvalue())


def _make_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


TABLE = "name;y;x\n" + "".join(f'"a;b";{i},25;-{i}e-2\n' for i in range(12))
COMMAS = "x,y\n" + "".join(f"{i / 7:.4f},{-i}\n" for i in range(12))
DIGIT = "..##..\n.####.\n..##..\n..##..\n\n######\n.....#\n....#.\n...#..\n"

KINDS = {
    "run": Kind(_make_run, _read_run, is_archive=True),
    "digits run": Kind(
        functools.partial(_make_run, dataset="digits", batch_norm=True, dropout=0.2),
        _read_run,
        is_archive=True,
    ),
    "own run": Kind(_make_own_run, _read_run, is_archive=True),
    "model": Kind(_make_run, _read_model, is_archive=True),
    "idx": Kind(lambda path: write_idx(path, np.arange(60, dtype=np.int32).reshape(5, 4, 3)), read_idx),
    "idx.gz": Kind(lambda path: write_idx(path, np.ones((9, 8, 8), np.uint8)), read_idx, "file.gz"),
    "idx folder": Kind(_make_folder, _read_folder, "train-labels-idx1-ubyte"),
    "drawings": Kind(_make_drawings, _read_drawings, is_archive=True),
    "table": Kind(functools.partial(_make_text, text=TABLE), _read_table),
    "csv": Kind(functools.partial(_make_text, text=COMMAS), _read_table),
    "digit": Kind(functools.partial(_make_text, text=DIGIT), _read_digits),
}
if find_spec("PIL") is not None:
    KINDS["png"] = Kind(functools.partial(_make_picture, name="PNG"), _read_digits)
    KINDS["pgm"] = Kind(functools.partial(_make_picture, name="PPM"), _read_digits)


# -- damage


def damaged(whole: bytes, rng: random.Random, is_archive: bool) -> bytes:
    """Return a file with one to three kinds of damage."""
    content = whole
    if is_archive and rng.random() < 0.5:
        content = _packed_again(content, rng)
        if rng.random() < 0.7:
            return content
    for _ in range(rng.randint(1, 3)):
        content = rng.choice(
            (_cut, _flipped, _flipped, _overwritten, _without_a_part, _repeated, _with_text)
        )(content, rng)
    return content


def _cut(content: bytes, rng: random.Random) -> bytes:
    return content[: rng.randint(0, len(content))]


def _flipped(content: bytes, rng: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(rng.choice((1, 1, 2, 8, 64)) if content else 0):
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def _overwritten(content: bytes, rng: random.Random) -> bytes:
    start = rng.randint(0, len(content))
    length = rng.choice((1, 4, 8, 100))
    filling = rng.choice((b"\0", b"\xff", rng.randbytes(1))) * length
    return content[:start] + filling + content[start + length :]


def _without_a_part(content: bytes, rng: random.Random) -> bytes:
    start = rng.randint(0, len(content))
    return content[:start] + content[start + rng.choice((1, 2, 16, 300)) :]


def _repeated(content: bytes, rng: random.Random) -> bytes:
    start, end = sorted(rng.randint(0, len(content)) for _ in range(2))
    return content[:end] + content[start:end][:5000] * rng.choice((1, 2, 20)) + content[end:]


def _with_text(content: bytes, rng: random.Random) -> bytes:
    start = rng.randint(0, len(content))
    return content[:start] + rng.choice(STRANGE) + content[start:]


def _packed_again(whole: bytes, rng: random.Random) -> bytes:
    """Return an archive, its checksums right, of which one member is damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(whole)) as archive:
            members = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError):
        return whole
    name = rng.choice(sorted(members))
    members[name] = rng.choice(MEMBER_DAMAGE)(members[name], rng)
    if rng.random() < 0.1:
        del members[rng.choice(sorted(members))]
    if rng.random() < 0.1:
        members[rng.choice(("../x.npy", "extra.own_inputs.npy", "a" * 300, "extra.frames.npy"))] = (
            members.get(name, b"")
        )
    packing = rng.choice((zipfile.ZIP_STORED, zipfile.ZIP_STORED, zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
    if rng.random() < 0.02:
        packing = zipfile.ZIP_LZMA
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", packing) as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    return packed.getvalue()


def _other_array(member: bytes, rng: random.Random) -> bytes:
    """Return an array of another type, shape or content."""
    try:
        array = np.load(io.BytesIO(member), allow_pickle=False)
    except (ValueError, EOFError, OSError):
        return member
    change = rng.randrange(8)
    if change == 0 and array.dtype.kind == "f" and array.size:
        array = array.copy()
        array.reshape(-1)[rng.randrange(array.size)] = rng.choice((np.nan, np.inf, -np.inf, 1e38))
    elif change == 1:
        array = array.astype(rng.choice(("<f2", "<f4", ">f8", "<i8", "?", "u1", "<c16", "<U3")))
    elif change == 2:
        array = array.reshape(-1)
    elif change == 3:
        array = array[: len(array) // 2] if array.ndim else array
    elif change == 4:
        array = np.zeros((0, *array.shape[1:]), array.dtype)
    elif change == 5:
        array = np.asfortranarray(np.stack([array, array]))
    elif change == 6 and array.dtype.kind in "iu":
        array = array.copy()
        array.reshape(-1)[:1] = rng.choice((0, 127, np.iinfo(array.dtype).max))
    else:
        array = np.array([array, None, {"a": 1}], dtype=object)
    packed = io.BytesIO()
    np.save(packed, array, allow_pickle=True)
    return packed.getvalue()


def _other_header(member: bytes, rng: random.Random) -> bytes:
    """Return an array whose header tells of a huge or a strange one."""
    shape = rng.choice(
        ("(10**12,)", "(999999999,)", "(99999, 99999, 99999)", "(-1,)", "()", "(2, 3)", "(1.5,)")
    )
    dtype = rng.choice(("'<f8'", "'<f4'", "'|u1'", "'|O'", "'<i8'", "[('a', '<f8')]", "'<U99999999'", "7"))
    header = (
        f"{{'descr': {dtype}, 'fortran_order': {rng.choice((True, False))}, 'shape': {shape}, }}".encode()
    )
    header += b" " * (63 - (len(header) + 10) % 64) + b"\n"
    return b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header + member[-100:]


def _bomb(member: bytes, rng: random.Random) -> bytes:
    return member[:128] + b"\0" * rng.choice((1_000_000, 80_000_000) if rng.random() < 0.02 else (100_000,))


def _pickled(member: bytes, rng: random.Random) -> bytes:
    return pickle.dumps({"a": member[:10], "b": rng.random()})


def _other_text(member: bytes, rng: random.Random) -> bytes:
    """Return a member whose words and numbers have others in their places; arrays of bytes hold JSON."""
    found = [b"null", b"-1", b"1e400", b"[]", b"{}", b'""', b"true", b"9" * 30, b"0.5", b'"own"', b"NaN"]
    pieces = member.split(b", ")
    if len(pieces) > 1:
        place = rng.randrange(1, len(pieces))
        key, colon, _ = pieces[place].partition(b": ")
        pieces[place] = key + colon + rng.choice(found) if colon else rng.choice(found)
        changed = b", ".join(pieces)
        start = member.find(b'{"format"')
        if start > 0:  # the header of the array tells its length
            text = changed[changed.find(b'{"format"') :]
            packed = io.BytesIO()
            np.save(packed, np.frombuffer(text, np.uint8))
            return packed.getvalue()
        return changed
    return _flipped(member, rng)


MEMBER_DAMAGE = (
    _other_array,
    _other_array,
    _other_header,
    _bomb,
    _pickled,
    _other_text,
    _other_text,
    _flipped,
    _cut,
)


# -- reading


def try_file(kind: Kind, path: Path, content: bytes) -> str:
    """Read a damaged file; return "answer", or the name of the sentence's type. Raises FaultError."""
    path.write_bytes(content)
    tracemalloc.start()
    began = time.process_time()
    try:
        kind.read(path)
        outcome = "answer"
    except ALLOWED as error:
        outcome = type(error).__name__
        if "\n" in str(error).strip() or len(str(error)) > 1000 + len(str(path)):
            raise FaultError(f"this is no sentence: {str(error)[:300]!r}") from None
    except (Exception, RecursionError) as error:
        raise FaultError(f"{type(error).__name__}: {str(error)[:300]}") from error
    finally:
        took, (_, most) = time.process_time() - began, tracemalloc.get_traced_memory()
        tracemalloc.stop()
    if took > MOST_S:
        raise FaultError(f"it took {took:.1f} s")
    if most > MOST_BYTES:
        raise FaultError(f"it took {most / 1e6:.0f} MB")
    return outcome


def run(names: list[str], n_files: int, seed: int, folder: Path) -> tuple[list[str], dict[str, Counter[str]]]:
    """Return faults in words, and how often each kind of file was answered or refused."""
    faults: list[str] = []
    outcomes: dict[str, Counter[str]] = {name: Counter() for name in names}
    for index, name in enumerate(names):
        kind = KINDS[name]
        path = folder / str(index) / kind.name
        path.parent.mkdir()
        kind.make(path)
        whole = path.read_bytes()
        kind.read(path)
        for number in range(n_files // len(names)):
            rng = random.Random(f"{seed} {name} {number}")
            content = damaged(whole, rng, kind.is_archive)
            if kind.name.endswith(".gz") and rng.random() < 0.5:
                content = gzip.compress(damaged(gzip.decompress(whole), rng, False))
            try:
                outcomes[name][try_file(kind, path, content)] += 1
            except FaultError as fault:
                outcomes[name]["FAULT"] += 1
                faults.append(f"{name} {number}: {fault}")
                (folder / f"{name}-{number}".replace(" ", "-")).write_bytes(content)
    return faults, outcomes


def main() -> int:
    """Print what came of every kind of file; return 1 if there was a fault."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--files", type=int, default=50_000)
    parser.add_argument("--loader", choices=KINDS, help="one kind of file; all")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, help="a new folder for files that led to a fault")
    arguments = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    names = [arguments.loader] if arguments.loader else list(KINDS)
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as passing:
        folder = arguments.keep or Path(passing)
        folder.mkdir(parents=True, exist_ok=True)
        faults, outcomes = run(names, arguments.files, arguments.seed, folder)
    for name, counted in outcomes.items():
        print(f"{name:12}", ", ".join(f"{what} {count:,}" for what, count in sorted(counted.items())))
    print(f"{len(faults)} faults, {time.perf_counter() - began:.0f} s")
    print(*faults[:40], sep="\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
