from __future__ import annotations

import pytest

from tui_nn.settings.config import Config
from tui_nn.training.streams import BATCHES, DATA, DROPOUT, WEIGHTS, stream


def draw(config: Config, which: int) -> float:
    return stream(config, which).random()


def test_the_four_streams_are_different() -> None:
    assert len({draw(Config(), which) for which in (DATA, WEIGHTS, BATCHES, DROPOUT)}) == 4


@pytest.mark.parametrize("which", [WEIGHTS, BATCHES, DROPOUT])
def test_the_data_seed_moves_the_data_alone(which: int) -> None:
    assert draw(Config(), which) == draw(Config(data_seed=1), which)
    assert draw(Config(), DATA) != draw(Config(data_seed=1), DATA)


@pytest.mark.parametrize("which", [WEIGHTS, BATCHES, DROPOUT])
def test_the_weights_seed_moves_all_but_the_data(which: int) -> None:
    assert draw(Config(), which) != draw(Config(weights_seed=1), which)
    assert draw(Config(), DATA) == draw(Config(weights_seed=1), DATA)
