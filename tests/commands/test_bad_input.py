"""Every wrong value gets one line that names the setting, the value and what is allowed, and status 2."""

from __future__ import annotations

from typing import Any

import pytest

from tui_nn.cli import WRONG_USE
from tui_nn.settings.config import SETTINGS
from tui_nn.settings.values import Choice, Integer, OneOrEach, Or, Real, Several, Sizes, SomeOf, Switch
from tui_nn.settings.values.kind import Kind
from tui_nn.settings.values.lists import Texts
from tui_nn.settings.values.names import Reference, Text

NO_INTEGERS = ["", "many", "nan", "inf", "-inf", "1.5", "1e30", "0x10"]


def wrong_texts(kind: Kind) -> list[str]:
    """Return texts that no setting of this kind takes."""
    match kind:
        case Or(_, inner):
            return [text for text in wrong_texts(inner) if text]
        case Integer(low, high):
            return [*NO_INTEGERS, str(high + 1), str(low - 1), "9" * 400]
        case Real(low, high):
            return ["much", "nan", "inf", "-inf", f"{high * 2:g}", f"{low - 1:g}", "1e400", "", "1,5"]
        case Sizes():
            return ["0", "8,0", "-8", "8,,8", "8;8", "wide", "1.5", "1e12", "nan", ",".join(["2"] * 50), ""]
        case SomeOf():
            return ["no-such-thing", "samples,no-such-thing"]
        case Several():
            return ["", ",", "x,x", "x,z", "nan"]
        case Text() | Texts() | Reference():
            return []
        case Choice() | OneOrEach() | Switch():
            return ["no-such-thing", "nan", "tanh relu", "1e12"]
    raise AssertionError(kind)


def the_line(finished: Any) -> str:
    """Return the one line on stderr of a refusal."""
    assert finished.status == WRONG_USE
    assert finished.stdout == ""
    assert finished.stderr.count("\n") == 1
    assert finished.stderr.startswith("tui-nn: ")
    return str(finished.stderr)


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_a_wrong_flag_is_refused_with_its_name_its_value_and_what_is_allowed(setting: Any, call: Any) -> None:
    for text in wrong_texts(setting.kind):
        line = the_line(call("train", f"{setting.flag}={text}"))

        assert f"{setting.flag}: " in line
        assert (text[:60] or "nothing") in line
        assert line.rstrip().endswith(setting.kind.allowed)


@pytest.mark.parametrize(
    "setting",
    [setting for setting in SETTINGS.values() if any(wrong_texts(setting.kind))],
    ids=lambda s: s.name,
)
def test_a_wrong_variable_is_refused_with_its_name(setting: Any, call: Any) -> None:
    text = next(text for text in wrong_texts(setting.kind) if text)
    line = the_line(call("train", **{setting.variable: text}))

    assert f"{setting.variable}: {text} is not allowed" in line


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("--samples 1e12", ["--samples", "1e12", "from 10 to 1,000,000"]),
        ("--learning-rate -1", ["--learning-rate", "-1", "above 0"]),
        ("--hidden 0", ["--hidden", "none"]),
        ("--hidden 1000000,1000000", ["--hidden", "1000000,1000000", "20,000,000"]),
        ("--activation tanh,relu,tanh", ["--activation", "tanh,relu,tanh", "2 hidden layers"]),
        ("--activation softmax", ["--activation", "softmax", "tanh"]),
        ("--dataset reg-plane --loss softmax_cross_entropy", ["--loss", "softmax_cross_entropy", "mse"]),
        (
            "--dataset rings --classes 3 --loss binary_cross_entropy",
            ["--loss", "binary_cross_entropy", "softmax_cross_entropy"],
        ),
        ("--loss softmax_cross_entropy --output-activation tanh", ["--output-activation", "tanh", "softmax"]),
        ("--batch-size 251", ["--batch-size", "251", "250"]),
        ("--preset nonsense", ["--preset", "nonsense", "moons-by-hand"]),
        ("--seed -1", ["--seed", "-1", "4,294,967,295"]),
        ("--log-every 0", ["--log-every", "0", "from 1"]),
        ("--log-every often", ["--log-every", "often", "from 1"]),
        ("--samples", ["--samples", "--help"]),
        ("--sample 20", ["--sample", "--help"]),
        ("moons", ["moons", "--help"]),
        ("--json=please", ["--json", "please"]),
    ],
)
def test_a_wrong_command_line_is_refused(call: Any, words: str, parts: list[str]) -> None:
    line = the_line(call("train", *words.split()))

    assert [part for part in parts if part not in line] == []


def test_the_playground_refuses_in_the_same_words(call: Any) -> None:
    assert the_line(call("--noise", "9")) == the_line(call("train", "--noise", "9"))


def test_a_flag_that_is_wrong_is_blamed_and_not_the_variable_it_overrules(call: Any) -> None:
    assert "--noise: 9" in the_line(call("train", "--noise", "9", TUI_NN_NOISE="0.2"))


def test_a_preset_with_a_wrong_flag_blames_the_flag(call: Any) -> None:
    assert "--batch-size: 9999" in the_line(call("train", "--preset", "blobs-adam", "--batch-size", "9999"))
