"""Lines of a journal become rows with all their settings, as far as these can be had here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tui_nn import __version__
from tui_nn.settings.config import Config
from tui_nn.sweeps.journal import open_journal
from tui_nn.sweeps.journal_lines import read_line, write_line
from tui_nn.sweeps.runs import FAILED, Run, no_record
from tui_nn.views.sweep.values import Row, SweepReader, row_of

RECORD = {"status": "finished", "test_loss": 0.25, "train_loss": 0.2, "epochs": 7, "steps": 70}


def run(**settings: Any) -> Run:
    choice = tuple((name, str(value)) for name, value in settings.items())
    return Run(choice, 3, Config().replace(noise=0.2, weights_seed=3, data_seed=3, **settings))


def row(of: Run, record: dict[str, Any] = RECORD, **changes: Any) -> Row:
    entry = {**json.loads(write_line(of, record, None)), **changes}
    return row_of(read_line(json.dumps(entry).encode()), 5)


def test_a_row_has_the_settings_and_the_result_of_its_run() -> None:
    made = row(run(learning_rate=0.3, hidden_sizes=(8, 8)))

    assert made.seen.config == Config().replace(
        noise=0.2, weights_seed=3, data_seed=3, learning_rate=0.3, hidden_sizes=(8, 8)
    )
    assert (made.seen.number, made.seen.step, made.seen.epoch, made.seen.ended) == (5, 70, 7, "")
    assert (made.seen.metrics.test_loss, made.missing, made.remark) == (0.25, "", "")
    assert made.choice == (("learning_rate", "0.3"), ("hidden_sizes", "8,8"))


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"config": {"dataset": "own-1f"}}, "its data set own-1f is not here"),
        ({"config": {"learning_rate": -1}}, "learning_rate=-1 is not allowed here"),
        ({"config": {"depth": 3}}, "depth=3 is not allowed here"),
        ({"config": {"epochs": "\x1b[2J"}}, r"epochs=\x1b[2J is not allowed here"),
        (
            {"config": None, "record": {**RECORD, "dataset": "moons", "data_seed": 3, "weights_seed": 3}},
            "its journal is of an older version, which kept only the settings that vary",
        ),
        ({"config": None}, "its settings are not known"),
    ],
)
def test_what_cannot_be_had_here_is_said_and_the_row_stays(changes: dict[str, Any], missing: str) -> None:
    made = row(run(learning_rate=0.3), **changes)

    assert made.missing == missing
    assert made.seen.metrics.test_loss == 0.25


def test_an_older_line_is_whole_where_nothing_but_what_it_kept_was_changed() -> None:
    of = Run((("learning_rate", "0.3"),), 0, Config(learning_rate=0.3))

    made = row(of, {**RECORD, "dataset": "moons", "data_seed": 0, "weights_seed": 0}, config=None)

    assert (made.missing, made.seen.config) == ("", of.config)


def test_a_run_of_another_version_says_so() -> None:
    assert row(run(), by="0.0.1").remark == f"trained by version 0.0.1, and this is {__version__}"


def test_a_run_that_failed_says_why_and_can_be_tried_here() -> None:
    made = row(run(learning_rate=0.3), no_record(FAILED, "not enough memory"))

    assert (made.seen.ended, made.seen.why, made.missing) == ("failed", "not enough memory", "")
    assert made.seen.is_lost


@pytest.mark.parametrize(
    "value", [float("nan"), float("inf"), "0.1", True, [], 10**301], ids=lambda v: str(v)[:9]
)
def test_a_result_that_is_no_number_is_none(value: Any) -> None:
    assert row(run(), {**RECORD, "test_loss": value}).seen.metrics.test_loss is None


def test_seeds_make_groups_and_the_best_is_known(tmp_path: Path) -> None:
    place = tmp_path / "journal"
    with open_journal(place) as journal:
        for rate in (0.1, 0.3):
            for seed in (0, 1, 2):
                config = Config(learning_rate=rate, weights_seed=seed)
                of = Run((("learning_rate", str(rate)), ("weights_seed", str(seed))), seed, config)
                journal.add([(of, {**RECORD, "test_loss": rate + seed / 100})])
    reader = SweepReader(place)

    seen = reader.look()

    assert [(s.choice, s.median) for s in seen.spreads] == [
        ((("learning_rate", "0.1"),), 0.11),
        ((("learning_rate", "0.3"),), 0.31),
    ]
    assert seen.results.best() == 0
    assert reader.look() is seen, "nothing is made anew while nothing changes"
