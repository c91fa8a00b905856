"""`tui-nn config FILE` writes what `--config FILE` reads."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tui_nn.cli import main
from tui_nn.settings.config import SETTINGS, Config
from tui_nn.settings.flags import Parser, add_settings
from tui_nn.settings.precedence import read_config
from tui_nn.settings.setting import Scope
from tui_nn.settings.sharing.line import write_line
from tui_nn.settings.sharing.toml import write_toml
from tui_nn.settings.sharing.weights import write_weights

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


def read(*words: str) -> Config:
    parser = Parser(prog="tui-nn")
    add_settings(parser)
    return read_config(parser.read(words), {})


RUNS: list[dict[str, Any]] = [
    {},
    {"dataset": "rings", "classes": 4, "features": ("x", "xy"), "noise": 0.1 + 0.2, "data_seed": 7},
    {"hidden_sizes": (), "batch_size": None, "clip_norm": 1.5, "patience": 3},
    {"hidden_sizes": (5, "drop0.2", 3), "activation": ("relu", "tanh"), "batch_norm": True},
    {"optimizer": "rmsprop", "epsilon": 1e-9, "hide": ("noise",)},
    {"tfp": 'seed:a "quoted" \\ text', "dataset": "reg-gauss"},
]


@pytest.mark.parametrize("run", RUNS, ids=str)
def test_a_file_of_a_run_gives_its_settings_back(run: dict[str, Any], tmp_path: Path) -> None:
    config, path = Config().replace(**run), tmp_path / "run.toml"
    path.write_text(write_toml(config))
    found = read("--config", str(path))

    for name, setting in SETTINGS.items():
        if setting.scope is not Scope.APP or name == "hide":
            assert getattr(found, name) == getattr(config, name)


def test_lists_and_numbers_are_those_of_toml() -> None:
    config = Config().replace(hidden_sizes=(8, 8), learning_rate=1e-7, batch_size=None, batch_norm=True)

    assert tomllib.loads(write_toml(config)) == {
        "dataset": "moons",
        "hidden_sizes": [8, 8],
        "learning_rate": 1e-7,
        "batch_size": "full",
        "batch_norm": True,
    }


def test_the_settings_of_a_saved_run_are_written_and_read(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    run, file = str(tmp_path / "run.npz"), str(tmp_path / "run.toml")
    words = ["--dataset", "xor", "--hidden", "3", "--epochs", "2"]
    assert main(["train", *words, "--save", run]) == 0
    assert main(["config", run, "-o", file]) == 0
    capfd.readouterr()
    assert main(["train", "--config", file, "--json"]) == 0
    again: dict[str, Any] = json.loads(capfd.readouterr().out)
    assert main(["train", *words, "--json"]) == 0
    before: dict[str, Any] = json.loads(capfd.readouterr().out)

    assert again["test_loss"] == before["test_loss"]
    assert main(["config", run]) == 0
    assert capfd.readouterr().out == Path(file).read_text()


def test_a_line_and_an_address_become_a_file_too(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "dataset=xor&hidden=3,none"]) == 2
    assert main(["config", "dataset=xor&hidden=3"]) == 0
    assert capfd.readouterr().out == 'dataset = "xor"\nhidden_sizes = [3]\n'


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        (["config"], 2, "config needs a model file"),
        (["config", "none.npz"], 1, "No such file"),
        (["config", "dataset=xor", "-o", "/none/run.toml"], 2, "-o: /none/run.toml is not allowed"),
        (["train", "--config", "/none.toml"], 1, "/none.toml cannot be read"),
    ],
)
def test_what_cannot_be_is_said_in_a_line(
    words: list[str], status: int, says: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == status
    told = capfd.readouterr()
    assert (told.out, says in told.err, told.err.count("\n")) == ("", True, 1)


def test_a_link_is_followed_and_the_older_file_stays_where_the_new_one_cannot_be(tmp_path: Path) -> None:
    real, link = tmp_path / "real.toml", tmp_path / "link.toml"
    real.write_text("noise = 0.1\n")
    link.symlink_to(real)
    assert main(["config", "dataset=xor", "-o", str(link)]) == 0

    assert link.is_symlink()
    assert real.read_text() == 'dataset = "xor"\n'
    assert sorted(os.listdir(tmp_path)) == ["link.toml", "real.toml"]


def with_weights(parameters: np.ndarray) -> str:
    return write_line(Config(), write_weights(parameters.astype(np.float32)))


def test_weights_of_a_line_are_those_that_gradients_are_checked_at(capfd: pytest.CaptureFixture[str]) -> None:
    line = with_weights(np.random.default_rng(0).normal(0, 0.3, 25))
    assert main(["gradcheck", "--share", line]) == 0
    at_weights = capfd.readouterr().out
    assert main(["gradcheck", "--share", "dataset=moons"]) == 0

    assert at_weights != capfd.readouterr().out


def test_a_walk_goes_through_the_weights_of_a_line(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["walk", "--share", with_weights(np.zeros(25)), "--json"]) == 0
    walked = capfd.readouterr().out
    assert main(["walk", "--share", "dataset=moons", "--json"]) == 0

    assert walked != capfd.readouterr().out


def test_a_sweep_says_that_it_begins_with_weights_of_its_own(capfd: pytest.CaptureFixture[str]) -> None:
    words = ["--over", "learning_rate=0.1", "--epochs", "1", "--samples", "40", "--workers", "1", "--json"]
    assert main(["sweep", "--share", with_weights(np.zeros(25)), *words]) == 0

    assert "The weights of the share line are left out" in capfd.readouterr().err
