"""The strongest links are those a full sort finds, and the units are what the network itself computes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tui_nn.settings.config import Config
from tui_nn.training.example import Example
from tui_nn.training.trainer import Trainer
from tui_nn.views.space.look import MOST_UNITS, look_at_links, shown_units, strongest
from tui_nn.views.space.values import LinksRequest

DIGITS: dict[str, Any] = {"dataset": "digits", "samples": 60, "batch_size": 10}


def trained(steps: int = 3, **settings: Any) -> Trainer:
    trainer = Trainer(Config().replace(**settings))
    for _ in range(steps):
        trainer.advance()
    return trainer


@pytest.mark.parametrize("most", [1, 7, 300])
@pytest.mark.parametrize("shape", [(784, 128), (3, 200), (1, 301)])
def test_the_strongest_are_the_last_of_a_full_sort(shape: tuple[int, int], most: int) -> None:
    values = np.random.default_rng(0).normal(size=shape).astype(np.float32)

    sorted_ = sorted(range(values.size), key=lambda position: abs(values.flat[position]))

    assert strongest(values, most).tolist() == sorted(sorted_[-most:])


def test_all_are_the_strongest_where_there_are_few() -> None:
    assert strongest(np.ones((2, 3)), 6).tolist() == strongest(np.ones((2, 3)), 60).tolist() == [*range(6)]


def test_what_is_no_number_is_never_strong() -> None:
    assert strongest(np.array([[np.nan, 0.1, -0.2], [np.inf, np.nan, 0.0]]), 3).tolist() == [1, 2, 3]


def test_links_name_the_weight_between_their_ends() -> None:
    trainer = trained(**DIGITS, hidden_sizes=(16,))
    found = look_at_links(trainer, LinksRequest(most=20))

    for links, placed in zip(found.links, trainer.network.layers, strict=True):
        assert len(links.values) == 20
        assert links.n_links == placed.weights.size
        for source, target, value in zip(links.sources, links.targets, links.values, strict=True):
            assert value == placed.weights[source, target]


def test_links_can_be_judged_by_their_gradients() -> None:
    trainer = trained(hidden_sizes=(3,))
    found = look_at_links(trainer, LinksRequest(what="gradients"))

    gradients = trainer.network.layers[0].grad_weights
    assert found.links[0].values.tolist() == gradients.ravel().tolist()
    assert np.any(gradients)


def test_units_hold_what_the_network_makes_of_the_example() -> None:
    trainer = trained(**DIGITS, hidden_sizes=(16,))
    found = look_at_links(trainer, LinksRequest(Example("test", 4)))

    image = trainer.problem.test.raw[4]
    assert found.words == "test 5"
    assert found.target == trainer.problem.test.targets[4]
    assert found.class_names == tuple("0123456789")
    assert found.layers[0].shape == (1, 28, 28)
    np.testing.assert_allclose(found.layers[0].activations, image.ravel() / 255, rtol=1e-6)
    answer = trainer.network.predict(image[None] / 255)[0]
    np.testing.assert_allclose(found.layers[-1].activations, answer, rtol=1e-5)


def test_a_lone_output_of_two_classes_is_what_the_map_shows() -> None:
    trainer = trained(hidden_sizes=(3,))
    found = look_at_links(trainer, LinksRequest())

    logit = float(trainer.network.trace(trainer.problem.train.inputs(slice(1))).preactivations[-1][0, 0])
    assert found.layers[-1].activations[0] == pytest.approx(2 / (1 + np.exp(-logit)) - 1, abs=1e-6)
    assert (found.class_names, found.target) == ((), None)


def test_filters_and_pools_have_maps_and_no_single_links() -> None:
    trainer = trained(**DIGITS, hidden_sizes=("4c3", "p2", 12))
    found = look_at_links(trainer, LinksRequest(most=30))

    assert [layer.shape for layer in found.layers] == [(1, 28, 28), (4, 28, 28), (4, 14, 14), (12,), (10,)]
    assert [links.n_links for links in found.links] == [0, 0, 4 * 14 * 14 * 12, 120]
    assert [len(links.values) for links in found.links] == [0, 0, 30, 30]


@pytest.mark.parametrize("shape", [(9000,), (64, 28, 28), (5000, 2, 2), (1, 300, 300), (4096,)])
def test_of_very_many_units_evenly_chosen_ones_are_held(shape: tuple[int, ...]) -> None:
    numbers = shown_units(shape)

    assert MOST_UNITS / 8 <= len(numbers) <= MOST_UNITS
    assert numbers[0] == 0
    assert (np.diff(numbers) > 0).all()
    assert numbers[-1] < np.prod(shape)


def test_an_example_that_does_not_fit_gives_the_first_one_and_says_why() -> None:
    trainer = trained()
    found = look_at_links(trainer, LinksRequest(Example("typed", values=(1.0, 2.0, 3.0))))

    assert found.words == "The example has 3 numbers; the data has 2."
    np.testing.assert_array_equal(found.layers[0].activations, trainer.problem.train.inputs(slice(1))[0])


def test_looking_changes_nothing_of_the_run() -> None:
    seen, unseen = (trained(**DIGITS, hidden_sizes=(16,), dropout=0.2) for _ in range(2))
    for _ in range(3):
        look_at_links(seen, LinksRequest())
        for trainer in (seen, unseen):
            trainer.advance()

    np.testing.assert_array_equal(seen.network.parameters, unseen.network.parameters)
