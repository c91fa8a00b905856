from __future__ import annotations

from typing import Any

import pytest

from tui_nn.settings.config import Config
from tui_nn.settings.sharing.line import write_line
from tui_nn.settings.suited import with_suited


@pytest.mark.parametrize(
    ("before", "changes", "samples"),
    [
        ({}, {"dataset": "reg-plane"}, 1200),
        ({"dataset": "reg-plane", "samples": 1200}, {"dataset": "reg-gauss"}, 1200),
        ({"dataset": "reg-plane", "samples": 1200}, {"dataset": "moons"}, 500),
        ({"samples": 700}, {"dataset": "reg-plane"}, 700),
        ({"dataset": "reg-plane", "samples": 500}, {"dataset": "moons"}, 500),
        ({}, {"dataset": "reg-plane", "samples": 60}, 60),
        ({}, {"noise": 0.3}, 500),
    ],
)
def test_another_data_set_brings_its_usual_samples_unless_somebody_chose_them(
    before: dict[str, Any], changes: dict[str, Any], samples: int
) -> None:
    config = Config().replace(**before)

    assert config.replace(**with_suited(config, changes)).samples == samples


def test_a_name_that_is_wrong_is_left_to_the_settings() -> None:
    assert with_suited(Config(), {"dataset": "nothing"}) == {"dataset": "nothing"}


def test_a_line_of_a_regression_says_only_what_differs_from_that() -> None:
    assert write_line(Config().replace(dataset="reg-plane", samples=1200)) == "dataset=reg-plane"
    assert write_line(Config().replace(dataset="reg-plane")) == "dataset=reg-plane&samples=500"
