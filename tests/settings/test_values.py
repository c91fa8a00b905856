from __future__ import annotations

import math
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_nn.settings.config import SETTINGS
from tui_nn.settings.values import Choice, Integer, OneOrEach, Or, Real, Several, Sizes, SomeOf, Switch
from tui_nn.settings.values.kind import Kind

NAMES = {"tanh": "a curve", "relu": "a bend", "leaky_relu": "a softer bend"}
WHOLE = Integer(1, 100, (1, 2, 5, 10, 100))
RATE = Real(0, 10, (0.1, 1.0, 10.0), above=True)
CHOICE = Choice(NAMES)
SOME = SomeOf(lambda: {name: (note,) for name, note in NAMES.items()})
LISTS = (Several(NAMES), OneOrEach(NAMES), SOME, Sizes(most_units=64, most_layers=3))


def name_of(value: object) -> str:
    return type(value).__name__


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (WHOLE, "42", 42),
        (WHOLE, " 7 ", 7),
        (WHOLE, "1e2", 100),
        (WHOLE, "5.0", 5),
        (Integer(0, 10**6), "1,000", 1000),
        (Integer(0, 10**6), "10_000", 10_000),
        (RATE, "0.03", 0.03),
        (RATE, "3e-2", 0.03),
        (RATE, "25%", 0.25),
        (CHOICE, "ReLU", "relu"),
        (CHOICE, "leaky-relu", "leaky_relu"),
        (Switch(), "yes", True),
        (Switch(), "OFF", False),
        (Or("full", WHOLE), "full", None),
        (Or("full", WHOLE), "5", 5),
        (Several(NAMES), "relu, tanh", ("tanh", "relu")),
        (OneOrEach(NAMES), "tanh", "tanh"),
        (OneOrEach(NAMES), "tanh,leaky-relu", ("tanh", "leaky_relu")),
        (SOME, "tanh, leaky-relu", ("tanh", "leaky_relu")),
        (SOME, "A Bend,tanh,relu", ("relu", "tanh")),
        (SOME, "none", ()),
        (Sizes(64, 3), "8,4", (8, 4)),
        (Sizes(64, 3), "none", ()),
    ],
)
def test_text_is_read_as_a_value(kind: Kind, text: str, value: Any) -> None:
    assert kind.check(kind.parse(text)) == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (WHOLE, "many"),
        (WHOLE, ""),
        (WHOLE, "0"),
        (WHOLE, "101"),
        (WHOLE, "2.5"),
        (WHOLE, "nan"),
        (WHOLE, "inf"),
        (WHOLE, "1e400"),
        (WHOLE, "9" * 400),
        (RATE, "0"),
        (RATE, "-1"),
        (RATE, "nan"),
        (RATE, "-inf"),
        (RATE, "fast"),
        (CHOICE, "softsign"),
        (Switch(), "perhaps"),
        (Or("full", WHOLE), "empty"),
        (Or("full", WHOLE), "0"),
        (Several(NAMES), ""),
        (Several(NAMES), "tanh,tanh"),
        (Several(NAMES), "tanh,cosine"),
        (OneOrEach(NAMES), ""),
        (OneOrEach(NAMES), "tanh,,relu"),
        (Sizes(64, 3), "0"),
        (Sizes(64, 3), "65"),
        (Sizes(64, 3), "8,,8"),
        (Sizes(64, 3), "1.5"),
        (Sizes(64, 3), "1,1,1,1"),
        (Sizes(64, 3), "9" * 400),
    ],
)
def test_wrong_text_is_refused_with_what_is_allowed(kind: Kind, text: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(kind.allowed)}$"):
        kind.check(kind.parse(text))


@pytest.mark.parametrize("kind", [WHOLE, RATE, CHOICE, Switch(), Or("full", WHOLE), *LISTS], ids=name_of)
@pytest.mark.parametrize(
    "value", [object(), [[1]], {"a": 1}, 10**400, math.nan, b"tanh", "no such thing"], ids=name_of
)
def test_a_value_of_a_wrong_type_is_refused(kind: Kind, value: Any) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(kind.allowed)}$"):
        kind.check(value)


@pytest.mark.parametrize("kind", [WHOLE, RATE], ids=name_of)
def test_a_truth_value_is_not_a_number(kind: Kind) -> None:
    with pytest.raises(ValueError, match="number"):
        kind.check(True)


def test_a_float_that_is_whole_becomes_an_integer() -> None:
    checked = WHOLE.check(5.0)

    assert checked == 5
    assert isinstance(checked, int)


@given(st.integers(1, 100))
def test_an_integer_survives_being_written_and_read(value: int) -> None:
    assert WHOLE.parse(WHOLE.format(value)) == value


@given(st.floats(1e-6, 10))
def test_a_real_survives_being_written_and_read_to_ten_digits(value: float) -> None:
    assert RATE.parse(RATE.format(value)) == pytest.approx(value, rel=1e-9)


@given(st.lists(st.integers(1, 64), max_size=3).map(tuple))
def test_sizes_survive_being_written_and_read(sizes: tuple[int, ...]) -> None:
    kind = Sizes(64, 3)

    assert kind.parse(kind.format(sizes)) == sizes


def test_stops_are_walked_up_and_down_and_end() -> None:
    assert RATE.neighbor(0.1, +1) == 1.0
    assert RATE.neighbor(1.0, -1) == 0.1
    assert RATE.neighbor(10.0, +1) == 10.0
    assert RATE.neighbor(0.1, -1) == 0.1


def test_a_value_between_stops_goes_to_the_nearer_one_in_that_direction() -> None:
    assert RATE.neighbor(0.5, +1) == 1.0
    assert RATE.neighbor(0.5, -1) == 0.1


def test_choices_go_round() -> None:
    assert CHOICE.neighbor("leaky_relu", +1) == "tanh"
    assert CHOICE.neighbor("tanh", -1) == "leaky_relu"


def test_a_word_before_the_values_is_reached_from_the_first() -> None:
    kind = Or("none", RATE)

    assert kind.neighbor(0.1, -1) is None
    assert kind.neighbor(None, +1) == 0.1
    assert kind.neighbor(None, -1) is None


def test_a_word_behind_the_values_is_reached_from_the_last() -> None:
    kind = Or("full", WHOLE, word_first=False)

    assert kind.neighbor(100, +1) is None
    assert kind.neighbor(None, -1) == 100
    assert kind.neighbor(None, +1) is None


def test_a_word_before_choices_ends_their_round() -> None:
    kind = Or("auto", CHOICE)

    assert kind.neighbor("tanh", -1) is None
    assert kind.neighbor(None, +1) == "tanh"
    assert kind.neighbor("leaky_relu", +1) == "leaky_relu"


def test_layers_come_and_go_at_the_end() -> None:
    kind = Sizes(64, 3)

    assert kind.neighbor((8,), +1) == (8, 2)
    assert kind.neighbor((8, 2), -1) == (8,)
    assert kind.neighbor((), -1) == ()
    assert kind.neighbor((1, 2, 3), +1) == (1, 2, 3)


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
@given(steps=st.lists(st.sampled_from([-1, 1]), max_size=40))
def test_arrow_keys_only_lead_to_allowed_values(setting: Any, steps: list[int]) -> None:
    value = setting.default
    for step in steps:
        value = setting.kind.neighbor(value, step)

        assert setting.kind.check(value) == value


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_the_default_survives_being_written_and_read(setting: Any) -> None:
    assert setting.parse(setting.kind.format(setting.default)) == setting.default
