from __future__ import annotations

from pathlib import Path

import pytest

from tui_nn.files.errors import FileError
from tui_nn.files.reading import list_folder, opened, read_bytes, read_text


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"abc")

    assert read_bytes(tmp_path / "x") == b"abc"
    with opened(tmp_path / "x") as file:
        assert (file.read(1), file.seek(0), file.read()) == (b"a", 0, b"abc")


def test_what_is_no_file_is_refused_at_once(strange: tuple[Path, str]) -> None:
    path, words = strange

    for read in (read_bytes, read_text):
        with pytest.raises(FileError, match=f"it cannot be read: it is {words}, and not a file"):
            read(path)


def test_a_link_to_what_is_no_file_is_refused(strange: tuple[Path, str], tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(strange[0])

    with pytest.raises(FileError, match=strange[1]):
        read_bytes(link)


def test_a_file_at_the_limit_is_read_and_a_larger_one_is_not(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"abc")

    assert read_bytes(tmp_path / "x", 3) == b"abc"
    with pytest.raises(FileError, match="too large"):
        read_bytes(tmp_path / "x", 2)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="there is no /proc")
def test_a_file_that_says_it_is_empty_is_read_up_to_the_limit() -> None:
    assert read_bytes(Path("/proc/self/status"), 100_000).startswith(b"Name:")
    with pytest.raises(FileError, match="too large"):
        read_bytes(Path("/proc/self/status"), 10)


def test_what_is_not_there_is_said_in_the_words_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="nowhere cannot be read: No such file or directory"):
        read_bytes(tmp_path / "nowhere")
    with pytest.raises(FileError, match="cannot be read: File name too long"):
        read_bytes(tmp_path / ("x" * 300))
    with pytest.raises(FileError, match="nowhere cannot be read: No such file"):
        list_folder(tmp_path / "nowhere")


def test_an_error_while_a_file_is_open_is_a_sentence_too(tmp_path: Path) -> None:
    (tmp_path / "x").touch()

    with pytest.raises(FileError, match="x cannot be read: Input/output error"), opened(tmp_path / "x"):
        raise OSError(5, "Input/output error")


def test_text_is_read_with_or_without_a_mark_in_front(tmp_path: Path) -> None:
    (tmp_path / "plain").write_text("größe", encoding="utf-8")
    (tmp_path / "marked").write_text("größe", encoding="utf-8-sig")
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")

    assert read_text(tmp_path / "plain") == read_text(tmp_path / "marked") == "größe"
    with pytest.raises(FileError, match="it is no text"):
        read_text(tmp_path / "binary")
