from __future__ import annotations

import json
from typing import Any

import pytest

from tui_nn.cli import WRONG_USE
from tui_nn.commands.bench import Bench, calls_per_step
from tui_nn.settings.config import Config
from tui_nn.settings.presets import presets
from tui_nn.training.trainer import Trainer

QUICK = ("--rounds", "1", "--seconds", "0.01")


def test_json_holds_the_figures_of_the_presets_that_were_asked_for(call: Any) -> None:
    report = json.loads(call("bench", *QUICK, "--only", "forward", "--json").stdout)
    figures = report["presets"][0]

    assert len(report["presets"]) == 1
    assert (figures["preset"], figures["layer_sizes"], figures["optimizer"]) == (
        "forward-pass",
        [4, 6, 4, 1],
        "sgd",
    )
    assert (figures["batch_size"], figures["n_train"]) == (100, 100)
    assert figures["samples_per_second"] == pytest.approx(100 * figures["steps_per_second"])
    assert figures["epochs_per_second"] == pytest.approx(figures["steps_per_second"])
    assert figures["steps_per_second"] > 0
    assert report["threads"] == 1
    assert 10 < report["peak_process_megabytes"] < 10_000


def test_a_remainder_counts_as_a_step_of_fewer_samples(call: Any) -> None:
    # blobs-adam: 200 training samples in batches of 32 are 7 steps.
    figures = json.loads(call("bench", *QUICK, "--only", "blobs", "--json").stdout)["presets"][0]

    assert figures["epochs_per_second"] == pytest.approx(figures["steps_per_second"] / 7)
    assert figures["samples_per_second"] == pytest.approx(figures["epochs_per_second"] * 200)


def test_a_table_has_a_line_for_each_preset(call: Any) -> None:
    lines = call("bench", *QUICK, "--only", "l").stdout.splitlines()
    wanted = [name for name in presets() if "l" in name]

    assert lines[0].split()[:4] == ["preset", "network", "optimizer", "batch"]
    assert [line.split()[0] for line in lines[1 : 1 + len(wanted)]] == wanted
    assert "threads: 1," in lines[-1]


def test_a_step_without_hidden_layers_is_counted_by_hand() -> None:
    trainer = Trainer(Config(dataset="reg-plane", hidden_sizes=(), optimizer="sgd", batch_size=10))
    trainer.advance()

    # 2 gathers, z = W x; o - t, twice that, its mean; dL/dW; rate g, p - that
    assert calls_per_step(trainer) == 2 + 1 + 3 + 1 + 2


def test_what_a_run_holds_grows_with_its_data() -> None:
    small, large = (Bench("", Config(samples=n, hidden_sizes=())) for n in (1000, 101_000))
    for bench in (small, large):
        bench.measure(0.005)
    grown = large.figures().run_megabytes - small.figures().run_megabytes

    # a sample is two coordinates of 8 bytes, two inputs, the one beside them and a target of 4 at the least
    assert grown >= 100_000 * (2 * 8 + 4 * 2) / 1e6
    assert grown < 100_000 * 200 / 1e6


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("--only nothing", "--only: nothing is not allowed; a part of tf-playground"),
        ("--rounds 0", "--rounds: 0"),
        ("--seconds 0", "--seconds: 0 is not allowed; a number above 0"),
        ("--seconds nan", "--seconds: nan"),
        ("--threads 0", "--threads: 0"),
        ("moons", "unrecognized"),
    ],
)
def test_wrong_use_is_refused_in_one_line(call: Any, words: str, part: str) -> None:
    finished = call("bench", *words.split())

    assert (finished.status, finished.stdout, finished.stderr.count("\n")) == (WRONG_USE, "", 1)
    assert part in finished.stderr
