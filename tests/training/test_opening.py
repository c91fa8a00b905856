from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tui_nn.engine import save_model
from tui_nn.files.assets import asset_path
from tui_nn.files.errors import FileError
from tui_nn.settings.config import SETTINGS, Config
from tui_nn.settings.datasets import TABLE_SETTINGS
from tui_nn.settings.flags import Parser, UsageError, add_settings
from tui_nn.settings.presets import preset_config
from tui_nn.settings.setting import Scope
from tui_nn.settings.sharing.weights import write_weights
from tui_nn.training.commands import Configure, Restore, UseParameters
from tui_nn.training.opening import Opening, read_opening
from tui_nn.training.saved_run import load_run
from tui_nn.training.saving import save_run
from tui_nn.training.session import Session
from tui_nn.training.shipped import digits_config
from tui_nn.training.trainer import Trainer


def opened(*words: str, **variables: str) -> Opening:
    parser = Parser(prog="tui-nn")
    parser.add_argument("--load")
    add_settings(parser)
    return read_opening(parser.read(words), variables)


def test_without_words_it_opens_the_first_look() -> None:
    opening = opened()

    assert opening.config == preset_config(Config(), "first-look")
    assert (opening.first, opening.is_first_look) == ((), True)


@pytest.mark.parametrize(
    "words", [["--paused"], ["--ascii", "--color", "16"], ["--speed", "30"], ["--screen", "space"]]
)
def test_flags_of_the_screen_leave_the_first_look_as_it_is(words: list[str]) -> None:
    opening = opened(*words, TUI_NN_FPS="5")

    assert opening.is_first_look
    assert opening.config == preset_config(opening.config, "first-look")
    assert (opening.config.fps, opening.config.dataset) == (5, "spiral")


RUN_SETTINGS = [
    name
    for name, setting in SETTINGS.items()
    if setting.scope is not Scope.APP and name not in TABLE_SETTINGS  # which need a table
]


@pytest.mark.parametrize("name", RUN_SETTINGS)
def test_any_setting_of_a_run_begins_from_the_documented_defaults(name: str) -> None:
    setting = SETTINGS[name]
    text = setting.text(Config())
    if setting.default is None or not text or text == "none":
        pytest.skip("its default cannot be written")
    word = setting.kind.format(setting.default)

    for opening in (opened(f"{setting.flag}={word}"), opened(**{setting.variable: word})):
        assert opening.config == Config()
        assert not opening.is_first_look


@pytest.mark.parametrize(
    ("words", "variables"),
    [
        (["--seed", "0"], {}),
        (["--share", "samples=500"], {}),
        ([], {"TUI_NN_SEED": "0"}),
        (["--preset", "tf-playground"], {}),
    ],
)
def test_a_seed_or_a_preset_begins_from_the_documented_defaults_too(
    words: list[str], variables: dict[str, str]
) -> None:
    opening = opened(*words, **variables)

    assert not opening.is_first_look
    assert opening.config.dataset in ("moons", "circle")


def test_the_digits_screen_begins_with_the_shipped_network_paused() -> None:
    opening = opened("--screen", "digits")
    (command,) = opening.first

    assert opening.config == digits_config().replace(screen="digits")
    assert opening.config.paused
    assert isinstance(command, UseParameters)


def test_flags_change_what_the_digits_screen_begins_with() -> None:
    words = ["--learning-rate", "0.003", "--hidden", "64", "--samples", "400", "--paused", "false"]
    config = opened("--screen", "digits", *words).config

    assert (config.dataset, config.learning_rate, config.hidden_sizes) == ("digits", 0.003, (64,))
    assert (config.samples, config.paused, config.screen) == (400, False, "digits")
    assert config.mix_drawn == digits_config().mix_drawn


def test_variables_change_it_too_and_can_name_the_screen() -> None:
    config = opened(TUI_NN_SCREEN="digits", TUI_NN_LEARNING_RATE="0.003").config

    assert (config.dataset, config.learning_rate) == ("digits", 0.003)


@pytest.mark.parametrize("words", [["--hidden", "64"], ["--activation", "tanh"], ["--dataset", "digits"]])
def test_the_shipped_weights_are_for_the_shipped_shape_alone(words: list[str]) -> None:
    assert opened("--screen", "digits", *words).first in ((), [])


def test_a_data_set_or_a_preset_decides_more_than_the_screen() -> None:
    assert opened("--screen", "digits", "--dataset", "xor").config.dataset == "xor"
    assert opened("--screen", "digits", "--preset", "digits-journey").config.hidden_sizes == (128, 64)


@pytest.mark.parametrize("screen", [["--screen", "digits"], []], ids=["flag", "variable"])
@pytest.mark.parametrize("way", ["line", "file", "table"])
def test_a_line_a_file_or_a_table_that_names_the_data_decides_more_than_the_screen(
    tmp_path: Path, way: str, screen: list[str]
) -> None:
    file, table = tmp_path / "c.toml", tmp_path / "t.csv"
    file.write_text('dataset = "spiral"\n')
    table.write_text("a,b,kind\n" + "1,2.5,no\n2,3.5,yes\n" * 10)
    words = {
        "line": ["--share", "dataset=spiral"],
        "file": ["--config", str(file)],
        "table": ["--data", str(table)],
    }
    variables = {} if screen else {"TUI_NN_SCREEN": "digits"}
    usual = opened(*words[way]).config

    assert opened(*words[way], *screen, **variables).config == usual.replace(screen="digits")


def test_a_file_that_names_no_data_leaves_the_digits_screen_its_own(tmp_path: Path) -> None:
    file = tmp_path / "c.toml"
    file.write_text("learning_rate = 0.003\n")

    config = opened("--screen", "digits", "--config", str(file)).config

    assert (config.dataset, config.learning_rate) == ("digits", 0.003)
    assert config.hidden_sizes == digits_config().hidden_sizes


@pytest.fixture
def path(tmp_path: Path) -> Path:
    trainer = Trainer(Config(samples=60, hidden_sizes=(5,), learning_rate=0.012345, fps=3))
    for _ in range(7):
        trainer.advance()
    save_run(tmp_path / "run.npz", trainer)
    return tmp_path / "run.npz"


def carried_out(opening: Opening) -> Trainer:
    """Return the trainer after the first commands, as the app's has obeyed them."""
    session = Session(opening.config)
    commands = [list(opening.first)]
    session.run(lambda _: commands.pop() if commands else None, lambda message: None)
    return session.trainer


def test_a_file_goes_on_paused_where_it_was(path: Path) -> None:
    opening = opened("--load", str(path), TUI_NN_LEARNING_RATE="0.5", TUI_NN_FPS="20")

    assert [type(command) for command in opening.first] == [Restore, Configure]
    assert opening.config.paused
    assert opening.config.learning_rate == 0.012345, "the file knows better than the environment"
    assert opening.config.fps == 20, "but not how pictures are shown here"
    trainer = carried_out(opening)
    assert trainer.step == 7
    np.testing.assert_array_equal(trainer.network.parameters, load_run(path).network.parameters)


def test_flags_change_the_settings_of_a_file(path: Path) -> None:
    opening = opened("--load", str(path), "--learning-rate", "0.1", "--paused", "false")

    assert (opening.config.learning_rate, opening.config.paused) == (0.1, False)
    assert carried_out(opening).config.learning_rate == 0.1


def test_the_shipped_network_can_be_opened_though_it_comes_without_its_run() -> None:
    file = asset_path("digits.npz")
    opening = opened("--load", str(file), "--samples", "200")
    trainer = carried_out(opening)

    assert opening.config.image_shape == (28, 28)
    np.testing.assert_array_equal(trainer.network.parameters, load_run(file).network.parameters)


def test_a_file_that_holds_no_run_is_refused_in_words(tmp_path: Path, path: Path) -> None:
    save_model(tmp_path / "model.npz", load_run(path).network)
    for name, words in [("model.npz", "holds a network, but no run"), ("none.npz", "No such file")]:
        with pytest.raises(FileError, match=words):
            opened("--load", str(tmp_path / name))


def test_wrong_flags_beside_a_file_are_wrong_use(path: Path) -> None:
    with pytest.raises(UsageError, match="--learning-rate: -1 is not allowed"):
        opened("--load", str(path), "--learning-rate", "-1")


def test_a_share_line_opens_its_run_and_its_weights_paused() -> None:
    parameters = np.arange(25, dtype=np.float32)
    opening = opened("--share", f"dataset=xor&weights={write_weights(parameters)}", TUI_NN_FPS="20")

    assert (opening.config.dataset, opening.config.paused, opening.config.fps) == ("xor", True, 20)
    np.testing.assert_array_equal(carried_out(opening).network.parameters, parameters)


def test_a_share_line_without_weights_begins_as_any_run() -> None:
    opening = opened("--share", "dataset=xor")

    assert (opening.config, opening.first) == (Config().replace(dataset="xor"), ())


def test_weights_of_a_share_line_need_their_network() -> None:
    line = f"weights={write_weights(np.zeros(25, np.float32))}"
    with pytest.raises(UsageError, match="it holds 25 of them, and this network has 9"):
        opened("--share", line, "--hidden", "2")
