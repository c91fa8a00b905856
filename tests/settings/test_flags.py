from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from tui_nn.settings.config import SETTINGS, Config
from tui_nn.settings.datasets import TABLE_SETTINGS
from tui_nn.settings.flags import Parser, UsageError, add_settings
from tui_nn.settings.precedence import read_config
from tui_nn.settings.setting import Setting
from tui_nn.settings.values import Choice, Integer, OneOrEach, Or, Real, Several, Sizes, SomeOf, Switch, Text
from tui_nn.settings.values.kind import Kind

ALL = pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
OF_A_RUN = pytest.mark.parametrize(
    "setting",
    [setting for name, setting in SETTINGS.items() if name not in TABLE_SETTINGS],
    ids=lambda s: s.name,
)
"""All but those of a table, which need one."""


def read(*words: str, **variables: str) -> Config:
    """Return the Config of a command line and an environment."""
    parser = Parser(prog="tui-nn")
    add_settings(parser)
    return read_config(parser.read(words), variables)


def another(setting: Setting) -> str:
    """Return text of an allowed value, not the default where there is a choice."""
    if setting.name == "samples":
        return "600"
    kind: Kind = setting.kind.kind if isinstance(setting.kind, Or) else setting.kind
    match kind:
        case Several():
            return "x,xy"
        case SomeOf(names):
            return ",".join(list(names())[:2])
        case OneOrEach():
            return "relu,tanh"
        case Sizes():
            return "3,5"
        case Switch():
            return "true"
        case Text():
            return "seed:abc"
        case Choice(notes) if setting.name == "output_activation":
            return "sigmoid"
        case Choice(notes):
            return next(name for name in notes if name != setting.default or len(notes) == 1)
        case Integer() | Real():
            return kind.format(kind.neighbor(setting.default if setting.default is not None else 0.5, +1))
    raise AssertionError(setting)


def expected(setting: Setting, text: str) -> Mapping[str, Any]:
    return {setting.name: setting.parse(text)}


@OF_A_RUN
def test_every_setting_has_a_flag(setting: Setting) -> None:
    text = another(setting)

    assert read(setting.flag, text) == Config().replace(**expected(setting, text))


@OF_A_RUN
def test_every_setting_has_a_variable(setting: Setting) -> None:
    text = another(setting)

    assert read(**{setting.variable: text}) == Config().replace(**expected(setting, text))


@ALL
def test_every_flag_is_the_name_with_hyphens(setting: Setting) -> None:
    short = {
        "hidden_sizes": "--hidden",
        "table": "--data",
        "target_column": "--target",
        "task_kind": "--task",
    }
    without = ("table", "target_column")  # TUI_NN_DATA is a folder

    assert setting.flag == short.get(setting.name, "--" + setting.name.replace("_", "-"))
    assert setting.variable == ("" if setting.name in without else f"TUI_NN_{setting.name.upper()}")


@ALL
def test_every_flag_is_explained_in_the_help(setting: Setting) -> None:
    parser = Parser(prog="tui-nn")
    add_settings(parser)
    text = " ".join(parser.format_help().split())

    assert setting.flag in text
    assert " ".join(setting.help.split()) in text


def test_nothing_given_is_the_default_config() -> None:
    assert read() == Config()


def test_hidden_sizes_can_be_spelled_out() -> None:
    assert read("--hidden-sizes", "3") == read("--hidden", "3")


def test_a_switch_needs_no_value() -> None:
    assert read("--standardize").standardize
    assert read("--standardize", "false").standardize is False
    assert not read("--standardize=no", TUI_NN_STANDARDIZE="yes").standardize


def test_a_flag_wins_over_a_preset() -> None:
    config = read("--preset", "blobs-adam", "--learning-rate", "0.3")

    assert (config.dataset, config.learning_rate) == ("blobs", 0.3)


def test_a_preset_wins_over_a_variable() -> None:
    assert read("--preset", "blobs-adam", TUI_NN_LEARNING_RATE="0.3").learning_rate == 0.01


def test_a_variable_wins_over_the_default() -> None:
    assert read(TUI_NN_LEARNING_RATE="0.3").learning_rate == 0.3


def test_a_variable_stands_where_a_preset_says_nothing() -> None:
    assert read("--preset", "blobs-adam", TUI_NN_NOISE="0.2").noise == 0.2


def test_the_preset_can_come_from_a_variable() -> None:
    assert read(TUI_NN_PRESET="blobs-adam") == read("--preset", "blobs-adam")


def test_the_seed_sets_both_seeds() -> None:
    config = read("--seed", "7")

    assert (config.data_seed, config.weights_seed) == (7, 7)


def test_a_seed_of_its_own_wins_over_the_seed_of_both() -> None:
    config = read("--data-seed", "3", "--seed", "7")

    assert (config.data_seed, config.weights_seed) == (3, 7)


def test_the_seed_of_both_can_come_from_a_variable() -> None:
    config = read(TUI_NN_SEED="7")

    assert (config.data_seed, config.weights_seed) == (7, 7)


def test_a_variable_for_one_seed_wins_over_the_variable_for_both() -> None:
    config = read(TUI_NN_SEED="7", TUI_NN_DATA_SEED="3")

    assert (config.data_seed, config.weights_seed) == (3, 7)


def test_where_a_preset_pins_the_data_the_seed_moves_the_weights_only() -> None:
    config = read("--preset", "moons-by-hand", "--seed", "2")

    assert (config.data_seed, config.weights_seed) == (0, 2)


def test_a_pinned_data_seed_can_still_be_named() -> None:
    assert read("--preset", "moons-by-hand", "--seed", "2", "--data-seed", "5").data_seed == 5


@pytest.mark.parametrize("text", ["-0.5", "-.5", "-1e-3"])
def test_a_negative_value_can_be_a_word_of_its_own(text: str) -> None:
    assert read("--bias-init", text).bias_init == float(text)
    assert read(f"--bias-init={text}").bias_init == float(text)


@pytest.mark.parametrize("text", ["-inf", "-nan", "-Infinity"])
def test_a_negative_value_that_is_no_number_is_named(text: str) -> None:
    with pytest.raises(UsageError, match=f"--bias-init: {text} is not allowed"):
        read("--bias-init", text)


def test_a_value_from_a_variable_is_blamed_on_the_variable() -> None:
    with pytest.raises(UsageError, match=r"^TUI_NN_NOISE: 2 is not allowed; a number from 0 to 0\.8$"):
        read(TUI_NN_NOISE="2")


def test_a_preset_from_a_variable_is_blamed_on_the_variable() -> None:
    with pytest.raises(UsageError, match=r"^TUI_NN_PRESET: moon-by-foot is not allowed; one of .*blobs-adam"):
        read(TUI_NN_PRESET="moon-by-foot")


def test_abbreviated_flags_are_refused() -> None:
    with pytest.raises(UsageError, match="--learning"):
        read("--learning", "0.1")


def test_a_batch_larger_than_the_training_set_is_refused() -> None:
    with pytest.raises(
        UsageError, match="--batch-size: 251 is not allowed; the training set has 250 samples"
    ):
        read("--batch-size", "251")


def test_a_batch_of_the_whole_training_set_is_allowed() -> None:
    assert read("--batch-size", "250").batch_size == 250
    assert read("--batch-size", "full").batch_size is None


@pytest.mark.parametrize("words", [["--dataset", "digits"], ["--preset", "digits"]])
def test_a_batch_size_of_a_preset_is_lowered_to_a_small_training_set(words: list[str]) -> None:
    config = read(*words, "--samples", "40")

    assert config.batch_size == config.n_train < 40


def test_a_batch_size_that_was_typed_for_digits_is_refused_where_it_is_too_large() -> None:
    for words, variables in [(["--batch-size", "128"], {}), ([], {"TUI_NN_BATCH_SIZE": "128"})]:
        with pytest.raises(UsageError, match="128 is not allowed; the training set has 36 samples"):
            read("--dataset", "digits", "--samples", "40", *words, **variables)


def test_a_batch_size_that_nobody_chose_is_lowered_to_a_small_training_set() -> None:
    config = read("--samples", "10")

    assert config.batch_size == config.n_train == 5
