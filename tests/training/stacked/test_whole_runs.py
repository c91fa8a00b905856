from __future__ import annotations

from typing import Any

import pytest

from tui_nn.settings.config import Config
from tui_nn.training.stacked.groups import can_stack
from tui_nn.training.stacked.whole_runs import train_together
from tui_nn.training.whole_run import train_whole

TIMES = ("seconds", "steps_per_second", "samples_per_second")
SMALL = Config(samples=120, batch_size=7, hidden_sizes=(4,), epochs=12)


@pytest.mark.parametrize(
    "changes",
    [
        [{"weights_seed": seed} for seed in range(4)],
        [{"data_seed": 0}, {"data_seed": 1, "epochs": 3}, {"dataset": "circle", "noise": 0.3}],
        [{"learning_rate": rate, "patience": 2} for rate in (0.3, 0.003, 0.1)],
        [{"weights_seed": seed, "stop_loss": 0.3} for seed in range(3)],
        [{"stop_accuracy": 0.8}, {"stop_epochs": 5}, {"stop_epochs": 12}, {}],
        [{"train_fraction": 1.0, "patience": 1, "learning_rate": rate} for rate in (0.01, 1.0)],
        [
            {"optimizer": "sgd", "activation": "relu", "loss": "mse", "learning_rate": rate}
            | {"output_activation": "linear"}
            for rate in (0.01, 1e6, 0.001)
        ],
        [{"dataset": "reg-plane", "weights_seed": seed} for seed in range(2)],
        [{"dataset": "pinwheel", "classes": 4, "weights_seed": seed} for seed in range(2)],
    ],
    ids=str,
)
def test_records_are_those_of_the_runs_alone(changes: list[dict[str, Any]]) -> None:
    configs = [SMALL.replace(**change) for change in changes]
    assert can_stack(configs) == [list(range(len(configs)))]

    _, records = train_together(configs)

    for record, config in zip(records, configs, strict=True):
        _, wanted = train_whole(config)
        assert list(record) == list(wanted)
        for name in set(wanted) - set(TIMES):
            is_number = isinstance(wanted[name], float)
            assert record[name] == (pytest.approx(wanted[name], rel=1e-3) if is_number else wanted[name]), (
                name
            )


def test_the_time_of_a_stack_is_shared_by_those_in_it() -> None:
    _, (short, long) = train_together([SMALL.replace(epochs=1), SMALL.replace(epochs=40)])

    assert 0.0 < short["seconds"] < long["seconds"]
