"""`tui-nn view`: which picture, in which form and size, and what is said when there is none."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tui_nn import cli
from tui_nn.commands import train, view
from tui_nn.commands.pictures import PICTURES
from tui_nn.settings.flags import UsageError

SGR = re.compile(r"\x1b\[[0-9;]*m")
SVG = "{http://www.w3.org/2000/svg}"
MOST_BYTES = 300_000
WORDS_OF = {"map": "class 0", "network": "hidden 2", "curves": "Loss"}


def saved(folder: Path, *settings: str) -> str:
    path = str(folder / "run.npz")
    assert train.main(["--samples", "60", "--epochs", "3", *settings, "--save", path, "--json"]) == 0
    return path


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> str:
    return saved(tmp_path_factory.mktemp("view"), "--hidden", "8,8", "--noise", "0.3")


@pytest.mark.parametrize("name", PICTURES)
@pytest.mark.parametrize("size", [(20, 6), (80, 24), (200, 60)], ids=str)
def test_each_picture_fits_its_cells_in_text_and_ansi_alike(
    model: str, name: str, size: tuple[int, int], tmp_path: Path
) -> None:
    shape = ["--columns", str(size[0]), "--rows", str(size[1])]
    read = {}
    for ending in ("txt", "ans"):
        place = tmp_path / f"drawn.{ending}"
        status = view.main([model, "--of", name, *shape, "-o", str(place)])
        if status:
            assert size == (20, 6), "only the smallest may hold nothing"
            return
        read[ending] = place.read_text()
    lines = read["txt"].splitlines()

    assert max(map(len, lines)) <= size[0]
    assert len(lines) <= size[1]
    assert "\x1b" not in read["txt"]
    assert "\x1b[38;5;" in read["ans"] or size == (20, 6)
    if size != (20, 6):
        assert WORDS_OF[name] in read["txt"]
        assert WORDS_OF[name] in SGR.sub("", read["ans"])


@pytest.mark.parametrize("name", PICTURES)
def test_the_largest_svg_is_small_whole_and_plain(model: str, name: str, tmp_path: Path) -> None:
    place = tmp_path / "drawn.svg"
    assert view.main([model, "--of", name, "--columns", "200", "--rows", "60", "-o", str(place)]) == 0
    root = ElementTree.fromstring(place.read_bytes())
    words = " ".join(element.text or "" for element in root.iter(f"{SVG}text"))

    assert place.stat().st_size < MOST_BYTES
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        *("svg", "title", "rect", "g", "path", "text"),
    }
    assert all(word in words for word in WORDS_OF[name].split())


def test_the_largest_svg_of_a_network_of_images_is_small_too(tmp_path: Path) -> None:
    place = tmp_path / "drawn.svg"
    words = ["default", "--of", "network", "--columns", "200", "--rows", "60", "-o", str(place)]
    assert view.main(words) == 0
    assert place.stat().st_size < MOST_BYTES


def test_the_picture_is_of_the_saved_weights_not_of_new_ones(
    model: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    capfd.readouterr()
    assert view.main([model]) == 0
    trained = capfd.readouterr().out
    fresh = saved(tmp_path, "--hidden", "8,8", "--noise", "0.3", "--learning-rate", "1e-9")
    capfd.readouterr()
    assert view.main([fresh]) == 0

    assert trained != capfd.readouterr().out


def test_ascii_is_plain_ascii(model: str, capfd: pytest.CaptureFixture[str]) -> None:
    capfd.readouterr()
    for form in ("text", "ansi"):
        assert view.main([model, "--ascii", "--format", form]) == 0
        out = capfd.readouterr().out
        assert out.isascii()
        assert "class 0" in SGR.sub("", out)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ([], "view needs a model file"),
        (["MODEL", "--of", "loss"], "--of: loss is not allowed; one of map, network, curves"),
        (["MODEL", "--of", ""], "--of: nothing is not allowed"),
        (["MODEL", "--format", "png"], "--format: png is not allowed; one of text, ansi, svg"),
        (["MODEL", "--columns", "10"], "--columns: 10 is not allowed; a whole number from 20 to 200"),
        (["MODEL", "--rows", "1e9"], "--rows: 1e9 is not allowed; a whole number from 6 to 60"),
        (["MODEL", "--ascii", "--format", "svg"], "--ascii is not allowed with --format svg"),
        (["MODEL", "-o", "FOLDER/none/map.svg"], "there is no folder"),
    ],
)
def test_wrong_words_are_refused_in_a_sentence(
    words: list[str], says: str, model: str, tmp_path: Path
) -> None:
    given = [word.replace("MODEL", model).replace("FOLDER", str(tmp_path)) for word in words]
    with pytest.raises(UsageError, match=re.escape(says)):
        view.main(given)


@pytest.mark.parametrize(
    ("name", "says"),
    [("map", "its inputs are no plane; network shows it"), ("curves", "nothing of its training is recorded")],
)
def test_a_picture_that_a_run_has_not_is_said_and_no_file_is_made(
    name: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["view", "default", "--of", name, "-o", str(tmp_path / "x.svg")]) == 1
    assert f"default has no picture of its {name}: {says}" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_what_is_no_model_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "junk.npz").write_bytes(b"PK\x03\x04")
    assert cli.main(["view", str(tmp_path / "junk.npz")]) == 1
    assert "cannot be loaded" in capsys.readouterr().err
