"""`tui-nn export`: which format, where to, and what is said when it cannot be."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from tui_nn import cli
from tui_nn.commands import export, train
from tui_nn.exports import extras
from tui_nn.settings.flags import UsageError


@pytest.fixture
def model(tmp_path: Path) -> str:
    path = str(tmp_path / "run.npz")
    assert train.main(["--epochs", "1", "--save", path, "--json"]) == 0
    return path


def test_json_goes_to_standard_output(model: str, capfd: pytest.CaptureFixture[str]) -> None:
    capfd.readouterr()
    assert export.main([model]) == 0
    assert [layer["type"] for layer in json.loads(capfd.readouterr().out)["layers"]] == ["dense"] * 3


@pytest.mark.parametrize(
    ("name", "begins"), [("m.py", b'"""A network'), ("m.csv", b"step,"), ("m.npz", b"PK")]
)
def test_the_ending_of_the_file_says_the_format(model: str, name: str, begins: bytes, tmp_path: Path) -> None:
    assert export.main([model, "-o", str(tmp_path / name)]) == 0
    assert (tmp_path / name).read_bytes().startswith(begins)


def test_a_link_is_followed_and_the_mode_is_kept(model: str, tmp_path: Path) -> None:
    real, link = tmp_path / "real.json", tmp_path / "link.json"
    real.write_text("")
    real.chmod(0o640)
    link.symlink_to(real)
    assert export.main([model, "-o", str(link)]) == 0
    assert link.is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert json.loads(real.read_text())["format"] == "tui-nn"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ([], "export needs a model file"),
        (["MODEL", "--format", "xml"], "xml is not allowed; allowed are json, npz"),
        (["MODEL", "-o", "FOLDER/m.bin"], "--format is needed"),
        (["MODEL", "-o", "FOLDER/none/m.json"], "there is no folder"),
    ],
)
def test_wrong_words_are_refused_in_a_sentence(
    words: list[str], says: str, model: str, tmp_path: Path
) -> None:
    given = [word.replace("MODEL", model).replace("FOLDER", str(tmp_path)) for word in words]
    with pytest.raises(UsageError, match=says):
        export.main(given)


def test_many_weights_need_a_file(tmp_path: Path) -> None:
    path = str(tmp_path / "large.npz")
    assert train.main(["--epochs", "1", "--hidden", "200,100", "--save", path, "--json"]) == 0
    with pytest.raises(UsageError, match="-o FILE is needed"):
        export.main([path, "--format", "torch"])


def test_weights_beside_a_source_do_not_replace_the_model(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "large.npz"
    assert train.main(["--epochs", "1", "--hidden", "200,100", "--save", str(path), "--json"]) == 0
    before = path.read_bytes()

    assert cli.main(["export", str(path), "-o", str(tmp_path / "large.py")]) == 1
    assert "large.npz is the model itself" in capsys.readouterr().err
    assert path.read_bytes() == before


def test_a_fifo_is_refused(model: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.json")
    with pytest.raises(UsageError, match="not a file"):
        export.main([model, "-o", str(tmp_path / "pipe.json")])


def test_a_missing_library_is_named_with_the_extra_that_brings_it(
    model: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def nothing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(extras, "import_module", nothing)
    assert cli.main(["export", model, "--format", "onnx"]) == 1
    assert "needs onnx: pip install 'tui-nn[export]'" in capsys.readouterr().err


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\x00" * 100])
def test_what_is_no_model_is_said(content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "junk.npz"
    path.write_bytes(content)
    assert cli.main(["export", str(path)]) == 1
    assert "cannot be loaded" in capsys.readouterr().err
