from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tui_nn.files.errors import FileError
from tui_nn.files.paths import full_path, make_folder


def test_a_name_lies_in_the_folder_the_program_was_started_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert full_path("run.npz") == tmp_path / "run.npz"


def test_a_tilde_stands_for_the_home_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ada")

    assert full_path("~/run.npz") == Path("/home/ada/run.npz")


def test_a_path_of_a_person_is_never_followed_or_shortened() -> None:
    assert full_path("/a/../b") == Path("/a/../b")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "enter a file name"),
        ("  ", "enter a file name"),
        ("~nobody-of-this-name/x", "there is no home folder ~nobody-of-this-name"),
        ("a\0b", "no name that a file can have"),
        ("\ud800", "no name that a file can have"),
        ("x" * 256, "too long"),
        ("ä" * 128, "too long"),
        ("x/" * 2048, "too long"),
    ],
)
def test_what_cannot_be_a_path_is_refused_in_a_sentence(text: str, words: str) -> None:
    with pytest.raises(FileError, match=words) as refused:
        full_path(text)

    sentence = str(refused.value)
    assert len(sentence) < 250
    assert "\0" not in sentence
    sentence.encode()


@pytest.mark.parametrize("text", ["x" * 255, "ä" * 127, "name with a space", "-"])
def test_what_can_be_a_name_is_taken(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert full_path(text) == tmp_path / text


def test_a_working_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    script = (
        "import os, sys\n"
        "from tui_nn.files.errors import FileError\n"
        "from tui_nn.files.paths import full_path\n"
        "os.rmdir(os.getcwd())\n"
        "assert str(full_path('/x')) == '/x'\n"
        "try:\n    full_path('x')\n"
        "except FileError as error:\n    print(error)"
    )
    place = tmp_path / "gone"
    place.mkdir()
    root = Path(__file__).parents[2]
    ended = subprocess.run(
        [sys.executable, "-c", script],
        cwd=place,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(root)},
    )

    assert "the folder this was started in is gone" in ended.stdout


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(FileError, match="cannot be made: Not a directory"):
        make_folder(tmp_path / "file" / "folder")
