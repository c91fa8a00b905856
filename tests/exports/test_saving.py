"""A name that ends as an export does makes one of the moment that is shown; nothing is lost by it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from tui_nn.exports import extras
from tui_nn.exports.formats import FORMATS
from tui_nn.exports.saving import ALLOWED, ENDINGS, save_as
from tui_nn.settings.config import Config
from tui_nn.training.commands import RewindTo, RunEpochs, SaveRun
from tui_nn.training.saved_moment import SavedMomentRequest, look_at_saved
from tui_nn.training.saved_run import load_run
from tui_nn.training.saving import save_run
from tui_nn.training.session import Session


class FakeRun:
    """A run whose trainer is in this process."""

    def __init__(self, **settings: Any) -> None:
        self.session = Session(Config(samples=60, **settings), looks={SavedMomentRequest: look_at_saved})
        self.said: list[str] = []
        self.questions: list[tuple[str, Callable[[], object]]] = []
        self.sent: list[Any] = []
        self.file: Path | None = None

    def do(self, command: Any) -> None:
        """Obey, until there is nothing more to train."""
        script: list[Any] = [[command]]

        def receive(wait_s: float | None) -> Any:
            if script:
                return script.pop()
            return None if wait_s is None else ()

        self.session.run(receive, lambda message: None)

    async def fetch(self, request: Any) -> Any:
        return self.session.snapshot(request)

    def tell(self, text: str, is_warning: bool = False) -> None:
        self.said.append(text)

    def ask(self, words: str, accept: Callable[[], object]) -> None:
        self.questions.append((words, accept))

    def send(self, command: Any) -> None:
        self.sent.append(command)


def save(run: Any, path: Path) -> None:
    asyncio.run(save_as(run, str(path)))


@pytest.mark.parametrize("suffix", [".json", ".py", ".csv", ".JSON"])
def test_it_is_what_the_command_makes_of_the_saved_run(suffix: str, tmp_path: Path) -> None:
    run = FakeRun()
    save_run(tmp_path / "run.npz", run.session.trainer)
    wanted = FORMATS[ENDINGS[suffix.lower()]].write(load_run(tmp_path / "run.npz"))
    save(run, tmp_path / f"m{suffix}")

    assert (tmp_path / f"m{suffix}").read_bytes() == wanted.content
    assert run.said == [f"Exported to {tmp_path / f'm{suffix}'}."]
    assert run.sent == []
    assert run.file is None


def test_every_format_but_the_run_itself_has_an_ending_that_is_said() -> None:
    assert set(ENDINGS) == {entry.suffix for entry in FORMATS.values()} - {".npz"}
    assert ENDINGS[".py"] == "numpy"
    assert all(suffix in ALLOWED for suffix in (*ENDINGS, ".toml"))


@pytest.mark.parametrize("name", ["run.npz", "run", "run.toml", "run.bin"])
def test_any_other_name_is_a_run_or_its_settings(name: str, tmp_path: Path) -> None:
    run = FakeRun()
    save(run, tmp_path / name)

    assert run.sent == [SaveRun(str(tmp_path / name))]


def test_a_file_that_is_there_is_written_over_only_when_told_to(tmp_path: Path) -> None:
    run, place = FakeRun(), tmp_path / "m.json"
    place.write_text("mine")

    async def save_and_accept() -> None:
        await save_as(run, str(place))  # type: ignore[arg-type]
        assert place.read_text() == "mine"
        assert run.said == []
        run.questions[0][1]()
        while not run.said:
            await asyncio.sleep(0)

    asyncio.run(save_and_accept())

    assert run.questions[0][0].startswith("m.json is there already. y writes over it")
    assert place.read_text().startswith("{")
    assert run.said == [f"Exported to {place}."]


def test_the_weights_beside_a_source_replace_no_run_unasked(tmp_path: Path) -> None:
    run = FakeRun(hidden_sizes=(200, 100))
    (tmp_path / "m.npz").write_text("mine")
    save(run, tmp_path / "m.py")

    assert run.questions[0][0].startswith("m.npz is there already.")
    assert (tmp_path / "m.npz").read_text() == "mine"
    assert not (tmp_path / "m.py").exists()


def test_large_weights_lie_beside_the_source(tmp_path: Path) -> None:
    run = FakeRun(hidden_sizes=(200, 100))
    save(run, tmp_path / "m.py")

    assert run.said == [f"Exported to {tmp_path / 'm.py'}, its weights beside it in m.npz."]
    assert len(np.load(tmp_path / "m.npz").files) > 0


def test_the_moment_that_is_shown_is_exported_not_the_last_one(tmp_path: Path) -> None:
    run = FakeRun()
    first = run.session.trainer.network.parameters.copy()
    run.do(RunEpochs(3))
    run.do(RewindTo(0))
    np.testing.assert_array_equal(run.session.trainer.network.parameters, first)
    save(run, tmp_path / "shown.csv")

    assert [line.split(",")[0] for line in (tmp_path / "shown.csv").read_text().splitlines()] == ["step", "0"]


def test_a_missing_library_is_said_in_one_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def nothing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(extras, "import_module", nothing)
    run = FakeRun()
    save(run, tmp_path / "m.onnx")

    assert run.said == ["Not exported: this format needs onnx: pip install 'tui-nn[export]'."]
    assert not list(tmp_path.iterdir())


def test_weights_that_are_not_finite_are_said(tmp_path: Path) -> None:
    run = FakeRun()
    run.session.trainer.network.parameters[0] = np.nan
    save(run, tmp_path / "m.json")

    assert run.said == ["Not exported: The network contains NaN or infinity and was not saved."]


@pytest.mark.parametrize("name", ["none/m.json", "folder.json"])
def test_a_place_that_cannot_be_written_is_said(name: str, tmp_path: Path) -> None:
    (tmp_path / "folder.json").mkdir()
    run = FakeRun()
    save(run, tmp_path / name)

    assert len(run.said) == 1
    assert run.said[0].startswith("Not written: ")
    assert run.questions == []


def test_a_run_without_a_trainer_is_said(tmp_path: Path) -> None:
    async def gone(request: Any) -> None:
        return None

    run = FakeRun()
    run.fetch = gone  # type: ignore[method-assign]
    save(SimpleNamespace(**vars(run), tell=run.tell, ask=run.ask), tmp_path / "m.json")

    assert run.said[0].startswith("Not exported: there is no trainer")
