"""`Y` shows the run as a line that opens it again, and hands it to the terminal."""

from __future__ import annotations

import base64
from typing import Any

import numpy as np
import pytest

from tui_nn.screens.share import ShareScreen
from tui_nn.settings.config import Config
from tui_nn.settings.presets import presets
from tui_nn.settings.sharing.line import read_line
from tui_nn.settings.sharing.weights import read_weights
from tui_nn.widgets.form import Form

Open = Any
Driven = Any
PAGE = {
    name: tuple(v) if isinstance(v, list) else v for name, v in presets()["tf-playground"].settings.items()
}


async def share(driven: Driven) -> list[str]:
    """Press the key; return the lines of what opens."""
    await driven.press("Y")
    await driven.until(lambda: isinstance(driven.app.screen, ShareScreen))
    return await shown(driven)


async def shown(driven: Driven) -> list[str]:
    await driven.settle()
    return [line.rstrip() for line in driven.text(driven.app.screen.query_one("#share-text")).splitlines()]


def line_in(lines: list[str]) -> str:
    """Return the line that stands between two empty ones, as a person selects it."""
    begin = lines.index("") + 1
    return "".join(lines[begin : lines.index("", begin)])


@pytest.fixture(autouse=True)
def _own_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Be in the terminal of a person without a multiplexer."""
    for name in ("TMUX", "STY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


def handed_on(driven: Driven) -> list[str]:
    """Return what the terminal was told to take into its clipboard."""
    words = [data for data in driven.driver.written if data.startswith("\x1b]52;c;")]
    return [base64.b64decode(data[7:].removesuffix("\x07")).decode() for data in words]


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (200, 60)], ids=str)
async def test_the_line_is_shown_whole_and_gives_the_run_back(open_app: Open, size: tuple[int, int]) -> None:
    async with open_app(size, dataset="xor", learning_rate=0.1) as driven:
        await driven.press("e")
        await driven.until(lambda: driven.snapshot.epoch == 1)
        lines = await share(driven)
        said = read_line(line_in(lines))

        assert dict(said.texts) == {"dataset": "xor", "learning_rate": "0.1"}
        assert said.weights is not None
        np.testing.assert_array_equal(
            read_weights(said.weights, Config()), driven.session.trainer.network.parameters
        )
        assert not any("copied" in line.lower() for line in lines)
        assert handed_on(driven) == [line_in(lines)]


async def test_the_moment_that_is_shown_is_shared_not_the_last_one(open_app: Open) -> None:
    async with open_app() as driven:
        first = driven.session.trainer.network.parameters.copy()
        await driven.press("n")
        await driven.until(lambda: driven.snapshot.epoch >= 5)
        await driven.press("0")
        await driven.until(lambda: driven.snapshot.timeline.is_past)
        said = read_line(line_in(await share(driven)))

        np.testing.assert_array_equal(read_weights(said.weights or "", Config()), first)


async def test_it_is_an_address_too_where_the_page_has_such_a_run(open_app: Open) -> None:
    async with open_app(**PAGE) as driven:
        await share(driven)
        await driven.press("t")
        address = line_in(await shown(driven))
        assert address.startswith(
            "https://playground.tensorflow.org/#activation=tanh&batchSize=10&dataset=circle&"
        )
        assert address.endswith("&hideText=false")
        assert handed_on(driven)[1:] == [address]
        await driven.press("Y")
        assert not isinstance(driven.app.screen, ShareScreen)


async def test_what_the_page_has_not_is_said(open_app: Open) -> None:
    async with open_app() as driven:
        await share(driven)
        await driven.press("t")
        said = " ".join(await shown(driven))

        assert "TensorFlow Playground has no data set moons" in said
        assert len(handed_on(driven)) == 1, "nothing is handed on that is no address"


async def test_where_there_is_no_clipboard_another_way_is_named(
    open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "linux")
    async with open_app() as driven:
        assert "This terminal has no clipboard: select the line, or run tui-nn share FILE." in await share(
            driven
        )
        assert handed_on(driven) == []


async def test_in_the_settings_the_letter_goes_to_its_row(open_app: Open) -> None:
    async with open_app(optimizer="rmsprop") as driven:
        await driven.press("c", "Y")
        form = driven.app.shown.query_one(Form)

        assert not isinstance(driven.app.screen, ShareScreen)
        assert form.rows[form.cursor].label == "decay rate"


async def test_a_larger_network_is_shared_without_its_weights_which_is_said(open_app: Open) -> None:
    async with open_app(hidden_sizes=(8, 8)) as driven:
        lines = await share(driven)

        assert line_in(lines) == "dataset=moons&hidden=8,8"
        assert "The weights are left out: 105 are too many for a line." in lines


async def test_the_settings_alone_are_written_to_a_file_of_that_kind(
    open_app: Open, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with open_app(dataset="xor") as driven:
        driven.session._control.unwritten.edited()
        await driven.press("s", "w")
        driven.prompt.field.value = "run.toml"
        await driven.press("enter")
        await driven.until_said("without weights")

        assert (tmp_path / "run.toml").read_text() == 'dataset = "xor"\n'
        await driven.until(lambda: driven.app.run_shown.is_worth_writing)
        assert driven.app.run_shown.file is None, "the run itself is written nowhere yet"


async def test_an_address_says_how_its_map_begins(open_app: Open) -> None:
    async with open_app(**PAGE, tfp="showTestData:true;discretize:true") as driven:
        assert (driven.map.shows_test, driven.map.is_discrete) == (True, True)

    async with open_app(**PAGE, tfp="showTestData:false;tutorial:dendrites") as driven:
        assert (driven.map.shows_test, driven.map.is_discrete) == (False, False)


@pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=str)
async def test_a_name_that_ends_as_an_export_does_makes_one(
    open_app: Open, size: tuple[int, int], tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with open_app(size, dataset="xor") as driven:
        await driven.press("w")
        await driven.settle()
        note = driven.text(driven.app.screen.query_one("#prompt-note"))
        assert all(ending in note for ending in (".onnx", ".safetensors", ".toml"))
        assert not driven.prompt.has_class("-tall")
        driven.prompt.field.value = "run.json"
        await driven.press("enter")
        await driven.until_said("Exported to run.json")

        assert '"layers"' in (tmp_path / "run.json").read_text()
