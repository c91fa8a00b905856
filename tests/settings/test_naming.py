"""Names as people type them: whose they are, and which one was meant."""

from __future__ import annotations

from collections import Counter

import pytest

from tui_nn.settings.config import SETTINGS, Config
from tui_nn.settings.moments import MOMENTS
from tui_nn.settings.naming import find_name, nearest, plain
from tui_nn.settings.setting import ConfigError

BY_NAME = {setting.name: setting.names for setting in SETTINGS.values()}


@pytest.mark.parametrize("name", SETTINGS)
def test_a_setting_is_found_by_its_name_its_label_and_its_flag_in_any_case(name: str) -> None:
    for words in BY_NAME[name]:
        for typed in (words, words.upper(), words.replace("_", " "), words.replace(" ", "-"), f"  {words} "):
            assert find_name(typed, BY_NAME) == name, typed


def test_no_two_settings_are_called_the_same() -> None:
    called = Counter(word for words in BY_NAME.values() for word in set(map(plain, words)))

    assert [word for word, n in called.items() if n > 1] == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("noize", "noise"),
        ("DROPUOT", "dropout"),
        ("hiden layers", "hidden layers"),
        ("lerning_rate", "learning rate"),
    ],
)
def test_a_misspelled_name_is_nearest_to_the_one_that_was_meant(typed: str, meant: str) -> None:
    assert nearest(typed, ["data set", "noise", "dropout", "hidden layers", "learning rate"]) == meant


def test_what_is_like_no_name_is_near_to_none() -> None:
    assert nearest("qqq", ["noise", "dropout"]) is None


def test_lists_of_settings_and_of_moments_take_labels_and_names_alike() -> None:
    config = Config(
        only=("Data set", "noise", "HIDDEN LAYERS"), hide=("--hidden",), pause_on=("vanishing gradients",)
    )

    assert config.only == ("dataset", "noise", "hidden_sizes")
    assert config.hide == ("hidden_sizes",)
    assert config.pause_on == ("vanishing",)


@pytest.mark.parametrize(
    ("field", "given", "sentence"),
    [
        ("only", "noize", "did you mean noise?"),
        ("hide", "data set,dropuot,lerning rate", "did you mean dropout, learning rate?"),
        ("pause_on", "plateaux", "did you mean plateau?"),
    ],
)
def test_a_misspelled_name_of_a_list_is_refused_with_the_right_one(
    field: str, given: str, sentence: str
) -> None:
    with pytest.raises(ConfigError) as refused:
        Config().replace(**{field: SETTINGS[field].parse(given)})

    assert refused.value.allowed == sentence


def test_a_name_like_no_other_is_refused_with_all_that_are_allowed() -> None:
    with pytest.raises(ConfigError, match=f"none, or some of {','.join(MOMENTS)}"):
        Config(pause_on=("qqq",))
