"""What varies is read as it is written, and what cannot vary is refused in one sentence."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tui_nn.settings.config import SETTINGS
from tui_nn.settings.flags import UsageError
from tui_nn.settings.setting import Scope
from tui_nn.sweeps.varying import Range, Values, read_varying, text_of

APP = [name for name, setting in SETTINGS.items() if setting.scope is Scope.APP]


@pytest.mark.parametrize(
    ("text", "name", "texts"),
    [
        ("learning_rate=0.003,0.01,0.03", "learning_rate", ("0.003", "0.01", "0.03")),
        ("learning-rate= 0.003 , 0.01", "learning_rate", ("0.003", "0.01")),
        ("learning rate=1e-2", "learning_rate", ("1e-2",)),
        ("--learning-rate=1", "learning_rate", ("1",)),
        ("hidden=4;8,8", "hidden_sizes", ("4", "8,8")),
        ("hidden=8,8;", "hidden_sizes", ("8,8",)),
        ("hidden=4,8,16", "hidden_sizes", ("4", "8", "16")),
        ("hidden=none,4", "hidden_sizes", ("none", "4")),
        ("activation=tanh;relu,tanh", "activation", ("tanh", "relu,tanh")),
        ("features=x,y;x,y,x2,y2", "features", ("x,y", "x,y,x2,y2")),
        ("dataset=xor,moons", "dataset", ("xor", "moons")),
        ("batch_size=10,full", "batch_size", ("10", "full")),
        ("noise=5%,10%", "noise", ("5%", "10%")),
        ("learning_rate=0.1,,0.2,", "learning_rate", ("0.1", "0.2")),
    ],
)
def test_values_divide_at_commas_or_at_semicolons(text: str, name: str, texts: tuple[str, ...]) -> None:
    varying = read_varying(text)

    assert isinstance(varying, Values)
    assert (varying.setting.name, varying.texts) == (name, texts)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "--over: nothing is not allowed"),
        ("learning_rate", "--over: learning_rate is not allowed"),
        ("=3", "--over: =3 is not allowed"),
        ("learning_rte=3", "did you mean learning"),
        ("zzzz=3", "one of dataset, "),
        ("seed=1,2", "--seeds N"),
        ("learning_rate=", "learning_rate is given no value"),
        ("learning_rate=;;", "learning_rate is given no value"),
        ("learning_rate=0.01,1e-2", "learning_rate is given 1e-2 twice"),
        ("hidden=8,8", "hidden_sizes is given 8 twice; a value that holds commas ends in a semicolon"),
        ("learning_rate=1..1e-4", "the smaller number comes first"),
        ("learning_rate=0.1..0.1", "the smaller number comes first"),
        ("learning_rate=0..1", "a number above 0"),
        ("learning_rate=a..b", "a number above 0"),
        ("batch_size=1..1e9", "a whole number from 1"),
    ],
)
def test_what_cannot_vary_is_said(text: str, words: str) -> None:
    with pytest.raises(UsageError, match=r"^--over: [^\n]+$") as refused:
        read_varying(text)

    assert words in str(refused.value)


@pytest.mark.parametrize("name", APP)
def test_a_setting_of_the_screen_cannot_vary(name: str) -> None:
    with pytest.raises(UsageError, match=f"{name} cannot vary"):
        read_varying(f"{name}=1,2")


def test_a_range_that_spans_decades_is_drawn_evenly_over_them() -> None:
    varying = read_varying("learning_rate=1e-4..1")
    rng = np.random.default_rng(0)
    assert isinstance(varying, Range)

    drawn = [float(varying.draw(rng)) for _ in range(4000)]

    assert min(drawn) >= 1e-4
    assert max(drawn) <= 1
    decades = np.bincount([min(3, int(math.log10(rate) + 4)) for rate in drawn], minlength=4) / 4000
    np.testing.assert_allclose(decades, 0.25, atol=0.04)  # six standard deviations


def test_a_narrow_range_is_drawn_from_evenly() -> None:
    varying = read_varying("noise=0..0.4")
    rng = np.random.default_rng(0)

    drawn = [float(varying.draw(rng)) for _ in range(4000)]

    assert np.mean(drawn) == pytest.approx(0.2, abs=0.01)


def test_whole_numbers_are_drawn_whole_with_both_ends() -> None:
    varying = read_varying("batch_size=1..4")
    rng = np.random.default_rng(0)

    assert {varying.draw(rng) for _ in range(300)} == {"1", "2", "3", "4"}


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("learning_rate", 0.1 + 0.2, "0.30000000000000004"),
        ("hidden_sizes", (8, 8), "8,8"),
        ("hidden_sizes", [], "none"),
        ("batch_size", None, "full"),
        ("standardize", True, "true"),
        ("dataset", "xor", "xor"),
        ("epochs", -3, "-3"),
    ],
)
def test_a_value_of_python_is_written_to_the_last_bit(name: str, value: object, text: str) -> None:
    assert text_of(SETTINGS[name], value) == text
