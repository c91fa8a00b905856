"""The sample that is looked at: typed, named, and found in the data."""

from __future__ import annotations

import re

import numpy as np
import pytest

from tui_nn.engine import EngineError
from tui_nn.settings.config import Config
from tui_nn.training.example import FIRST_EXAMPLE, Example, parse_example
from tui_nn.training.examples import find_example
from tui_nn.training.problem import make_problem

CLASSES = ("0", "1")


@pytest.mark.parametrize("text", ["train 3", " train  3 "])
def test_a_sample_is_named_by_its_set_and_number_counted_from_one(text: str) -> None:
    assert parse_example(text, 2, CLASSES) == Example("train", 2)


@pytest.mark.parametrize("text", ["0.5, -1", "0.5 -1", "0.5,-1"])
def test_numbers_may_be_parted_by_commas_or_spaces(text: str) -> None:
    assert parse_example(text, 2, CLASSES) == Example("typed", 0, (0.5, -1.0), None)


@pytest.mark.parametrize(("text", "target"), [("1, 2: blue", 1.0), ("1, 2:orange", 0.0), ("1, 2: 1", 1.0)])
def test_a_class_follows_a_colon_by_name_or_number(text: str, target: float) -> None:
    assert parse_example(text, 2, ("orange", "blue")).target == target


def test_a_value_follows_a_colon_where_there_are_no_classes() -> None:
    assert parse_example("1, 2: -0.25", 2, ()).target == -0.25


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1, 2, 3", "3 numbers were given; train 1, test 1, or 2 numbers"),
        ("", "0 numbers were given"),
        ("train 0", "'train 0' is no example"),
        ("1, two", "'1, two' is no example"),
        ("1, nan", "finite"),
        ("1, inf", "finite"),
        ("1, 2: green", "'green' is no class; the classes are 0, 1"),
        ("1, 2: 2", "'2' is no class"),
    ],
)
def test_what_cannot_be_looked_at_is_refused_in_a_sentence(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=re.escape(words)):
        parse_example(text, 2, CLASSES)


def test_the_samples_of_a_set_follow_each_other_and_begin_at_the_first() -> None:
    assert Example("test", 4).beside(1) == Example("test", 5)
    assert FIRST_EXAMPLE.beside(-1) == FIRST_EXAMPLE
    assert Example("typed", 0, (1.0, 2.0)).beside(1) == FIRST_EXAMPLE


def test_a_training_sample_is_given_as_the_network_takes_it() -> None:
    config = Config(features=("x", "y", "xy"), standardize=True)
    problem = make_problem(config)

    found = find_example(config, problem, Example("train", 7))

    x, y = problem.train.raw[7]
    features = np.array([x, y, x * y])
    everything = np.column_stack([problem.train.raw, problem.train.raw.prod(axis=1)])
    wanted = (features - everything.mean(axis=0)) / everything.std(axis=0)
    np.testing.assert_allclose(found.inputs[0], wanted, rtol=1e-5)
    assert found.target == problem.train.targets[7]
    assert found.words == "train 8"


def test_a_number_beyond_the_end_counts_on_from_the_beginning() -> None:
    config = Config(samples=20)
    problem = make_problem(config)

    found = find_example(config, problem, Example("test", len(problem.test) + 2))

    np.testing.assert_array_equal(found.raw, problem.test.raw[2])


def test_without_a_test_set_training_samples_are_looked_at() -> None:
    config = Config(train_fraction=1.0)

    assert find_example(config, make_problem(config), Example("test", 3)).words == "train 4"


def test_a_typed_sample_without_a_class_has_no_target() -> None:
    config = Config()

    found = find_example(config, make_problem(config), Example("typed", 0, (0.25, -0.5)))

    np.testing.assert_array_equal(found.inputs, np.float32([[0.25, -0.5]]))
    assert found.target is None
    assert found.coded is None


def test_a_typed_class_is_coded_for_the_loss() -> None:
    config = Config(dataset="rings", classes=3)

    found = find_example(config, make_problem(config), Example("typed", 0, (0.0, 0.0), 2.0))

    assert found.coded is not None
    np.testing.assert_array_equal(found.coded, [[0, 0, 1]])


def test_a_typed_image_is_scaled_like_the_images_of_the_data() -> None:
    config = Config(dataset="digits", samples=20, batch_size=4)
    ink = (255.0, *[0.0] * 783)

    found = find_example(config, make_problem(config), Example("typed", 0, ink))

    assert found.inputs[0, 0] == 1.0
    assert found.inputs[0, 1:].sum() == 0.0


def test_a_sample_of_the_wrong_length_is_refused() -> None:
    config = Config()

    with pytest.raises(EngineError, match="3 numbers; the data has 2"):
        find_example(config, make_problem(config), Example("typed", 0, (1.0, 2.0, 3.0)))
