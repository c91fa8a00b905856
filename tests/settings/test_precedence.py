"""Who decides a setting where several name it: flag, line, file, preset, variable, default."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui_nn.settings.config import Config
from tui_nn.settings.flags import Parser, UsageError, add_settings
from tui_nn.settings.precedence import read_config


def read(*words: str, **variables: str) -> Config:
    """Return the Config of a command line and an environment."""
    parser = Parser(prog="tui-nn")
    add_settings(parser)
    return read_config(parser.read(words), variables)


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "run.toml"
    path.write_text('noise = 0.3\nhidden = "7"\nfeatures = ["x", "xy"]\nspeed = "full"\n')
    return str(path)


def test_each_one_stands_over_those_below_it(file: str) -> None:
    variable = {"TUI_NN_NOISE": "0.1"}
    preset, line = ("--preset", "blobs-adam"), ("--share", "noise=0.4")

    assert read(**variable).noise == 0.1
    assert read("--preset", "tf-playground", **variable).noise == 0.0
    assert read(*preset, "--config", file, **variable).noise == 0.3
    assert read(*preset, "--config", file, *line, **variable).noise == 0.4
    assert read(*preset, "--config", file, *line, "--noise", "0.5", **variable).noise == 0.5


def test_what_one_does_not_name_comes_from_the_next(file: str) -> None:
    config = read("--preset", "blobs-adam", "--config", file, "--share", "noise=0.4", "--epochs", "9")

    assert (config.epochs, config.noise, config.hidden_sizes, config.dataset) == (9, 0.4, (7,), "blobs")
    assert (config.features, config.speed) == (("x", "xy"), None)


def test_a_line_is_the_same_run_whatever_the_environment_says_of_runs() -> None:
    variables = {"TUI_NN_NOISE": "0.3", "TUI_NN_SEED": "9", "TUI_NN_PRESET": "blobs-adam", "TUI_NN_FPS": "3"}

    assert read("--share", "dataset=xor", **variables) == Config().replace(dataset="xor", fps=3)


def test_a_preset_and_a_seed_can_be_named_in_a_line_and_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "run.toml"
    path.write_text('preset = "blobs-adam"\nseed = 4\n')

    for words in (["--share", "preset=blobs-adam&seed=4"], ["--config", str(path)]):
        assert read(*words) == read("--preset", "blobs-adam", "--seed", "4")


def test_a_line_of_images_begins_as_the_flag_does() -> None:
    assert read("--share", "dataset=digits&noise=0.2") == read("--dataset", "digits", "--noise", "0.2")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("noise=3", "share line: noise: 3 is not allowed; a number from 0 to 0.8"),
        ("preset=none", "share line: preset: none is not allowed; one of tf-playground"),
        ("seed=-1", "share line: seed: -1 is not allowed"),
        ("batch_size=400", "share line: batch_size: 400 is not allowed; the training set has 250 samples"),
        ("hidden=0", "share line: hidden_sizes: "),
        ("nose=3", "share line: nose is not a setting; did you mean noise?"),
    ],
)
def test_a_line_is_blamed_for_what_it_says(line: str, says: str) -> None:
    with pytest.raises(UsageError) as error:
        read("--share", line)

    assert str(error.value).startswith(says)


def test_a_line_opens_no_folder_unless_a_flag_names_it_too(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=f"it names {tmp_path}, and a line opens no file by itself"):
        read("--share", f"dataset={tmp_path}")

    assert read("--share", f"dataset={tmp_path}&noise=0.2", "--dataset", "xor").dataset == "xor"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("nose = 0.1", "nose is not a setting; did you mean noise?"),
        ("noise = 3", "noise: 3 is not allowed; a number from 0 to 0.8"),
        ('noise = "much"', "noise: much is not allowed"),
        ("noise = ", "is no TOML: line 1"),
        ("[noise]\na = 1", "noise: .* is not allowed"),
        ("noise = true", "noise: True is not allowed"),
        ("hidden = [8]\nhidden_sizes = [7]", "hidden_sizes is given twice"),
        ("noise = 2020-01-01", "noise: 2020-01-01 is not allowed"),
    ],
)
def test_a_file_is_blamed_for_what_it_says(text: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "run.toml"
    path.write_text(text)

    with pytest.raises(UsageError, match=f"run.toml.*{says}"):
        read("--config", str(path))


@pytest.mark.parametrize("dataset", ["reg-plane", "reg-gauss"])
def test_a_regression_has_the_samples_of_tensorflow_playground(dataset: str) -> None:
    for words in (["--dataset", dataset], ["--share", f"dataset={dataset}"], ["--preset", "tf-playground"]):
        others = ["--dataset", dataset] if words[0] == "--preset" else []
        assert read(*words, *others).samples == 1200
    assert read(TUI_NN_DATASET=dataset).samples == 1200
    assert read("--dataset", dataset, "--samples", "500").samples == 500
    assert read("--dataset", dataset, TUI_NN_SAMPLES="300").samples == 300
    assert read("--dataset", dataset, "--preset", "visualizer-3d").samples == 200


@pytest.mark.parametrize("words", [[], ["--dataset", "xor"], ["--preset", "tf-playground"]])
def test_others_have_five_hundred(words: list[str]) -> None:
    assert read(*words).samples == 500
