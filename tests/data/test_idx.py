from __future__ import annotations

import contextlib
import gzip
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from tui_nn.data import DataError, read_idx, write_idx

IMAGES = np.arange(2 * 3 * 4, dtype=np.uint8).reshape(2, 3, 4)
HEADER = bytes([0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4])


def test_a_file_is_header_and_values(tmp_path: Path) -> None:
    write_idx(tmp_path / "images", IMAGES)
    assert (tmp_path / "images").read_bytes() == HEADER + bytes(range(24))


@pytest.mark.parametrize("name", ["images", "images.gz"])
@pytest.mark.parametrize("kind", ["u1", "i1", "i2", "i4", "f4", "f8"])
def test_what_is_written_is_read_back(tmp_path: Path, name: str, kind: str) -> None:
    array = IMAGES.astype(kind)
    write_idx(tmp_path / name, array)
    again = read_idx(tmp_path / name)
    assert again.dtype == array.dtype
    assert again.tolist() == array.tolist()


def test_compression_is_seen_in_the_content_not_in_the_name(tmp_path: Path) -> None:
    path = tmp_path / "images.gz"
    path.write_bytes(HEADER + bytes(range(24)))
    assert read_idx(path).shape == (2, 3, 4)
    path = tmp_path / "images"
    path.write_bytes(gzip.compress(HEADER + bytes(range(24))))
    assert read_idx(path).shape == (2, 3, 4)


def test_the_same_array_gives_the_same_compressed_bytes(tmp_path: Path) -> None:
    for name in ("a.gz", "b.gz"):
        write_idx(tmp_path / name, IMAGES)
    assert (tmp_path / "a.gz").read_bytes() == (tmp_path / "b.gz").read_bytes()


WHOLE = HEADER + bytes(range(24))
PACKED = gzip.compress(WHOLE, mtime=0)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "truncated"),
        (b"\0\0\x08", "truncated"),
        (WHOLE[:9], "truncated"),
        (WHOLE[:-1], "truncated: 23 of the 24 bytes"),
        (WHOLE + b"!", "corrupted: it contains more than the 24"),
        (PACKED[:-12], "truncated"),
        (PACKED[:20], "truncated"),
        (PACKED[:15] + b"\xff\xff\xff" + PACKED[18:], "corrupted|truncated"),
        (PACKED[:-6] + b"\0\0" + PACKED[-4:], "corrupted"),
        (b"<!DOCTYPE html><html><body>404</body></html>", "web page"),
        (b"\n <html>", "web page"),
        (b"PK\x03\x04rubbish", "not an IDX file"),
        (b"\0\0\x07\x01\0\0\0\x01!", "not an IDX file"),
        (b"\0\0\x08\x09" + bytes(36), "not an IDX file"),
        (b"\0\0\x08\x00", "not an IDX file"),
        (b"\0\0\x08\x01\0\0\0\0", "impossible size"),
        (b"\0\0\x08\x03" + b"\xff" * 12 + b"rest", "impossible size"),
        (b"\0\0\x08\x01\x3f\xff\xff\xff" + b"few", "truncated: 3 of the"),
    ],
)
def test_a_wrong_file_is_named_with_what_is_wrong(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "train-images"
    path.write_bytes(content)
    with pytest.raises(DataError, match=message) as caught:
        read_idx(path)
    assert "train-images" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_small_file_that_unpacks_to_a_huge_one_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb"
    path.write_bytes(gzip.compress(HEADER + bytes(50_000_000)))
    with pytest.raises(DataError, match="corrupted: it contains more"):
        read_idx(path)


def test_a_missing_file_and_a_folder_are_reported(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"nowhere.*No such file"):
        read_idx(tmp_path / "nowhere")
    with pytest.raises(DataError, match="cannot be read"):
        read_idx(tmp_path)


def test_arrays_that_the_format_does_not_have_are_refused(tmp_path: Path) -> None:
    for array in (np.zeros(3, dtype=np.int64), np.zeros((1, 1, 1, 1, 1), dtype=np.uint8), np.uint8(3)):
        with pytest.raises(DataError, match="IDX files cannot store an array"):
            write_idx(tmp_path / "x", np.asarray(array))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(hnp.arrays(np.uint8, hnp.array_shapes(min_dims=1, max_dims=4, max_side=5)), st.data())
def test_a_damaged_file_is_refused_or_read_but_never_breaks(
    tmp_path: Path, array: np.ndarray, data: st.DataObject
) -> None:
    path = tmp_path / data.draw(st.sampled_from(["x", "x.gz"]))
    write_idx(path, array)
    content = bytearray(path.read_bytes())
    content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(bytes(content[: data.draw(st.integers(0, len(content)))]))
    with contextlib.suppress(DataError):
        read_idx(path)
