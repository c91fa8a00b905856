"""The program in text mode, through a pipe: a whole lesson, a drawn digit, every way to leave."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

Talk = Callable[..., list[str]]

DRAWN = re.compile("[\u2190-\u21ff\u2300-\u23ff\u2500-\u27bf\u2800-\u28ff\ue000-\uf8ff]")
MOONS = ("--dataset", "moons")
"""Not the run that the app opens with: 25 steps are an epoch."""
BRAILLE = re.compile("[\u2800-\u28ff]")


def assert_plain(lines: list[str]) -> None:
    """Assert that lines hold no escape, nothing that moves a cursor, no drawn and no wide glyph."""
    assert lines
    for line in lines:
        assert not any(unicodedata.category(c) in ("Cc", "Cf", "Co", "Cs") for c in line), line
        assert not any(unicodedata.east_asian_width(c) in ("W", "F") for c in line), line
        assert DRAWN.search(line) is None, line


@pytest.mark.parametrize("number", [1, 5])
def test_a_whole_lesson_is_plain_lines(talk: Talk, number: int) -> None:
    steps = [line for _ in range(8) for line in ("show", "next", "where", "hint", "text")]

    said = talk(f"lesson {number}", *steps, "verdict", "map", "curves", "leave lesson", "quit", "yes")

    assert_plain(said)
    places = re.findall(r"step (\d+) of (\d+)", "\n".join(said))
    assert {int(step) for step, _ in places} == set(range(1, int(places[0][1]) + 1))


def test_a_drawn_digit_is_read_in_plain_lines(talk: Talk) -> None:
    said = talk(
        "digits", "draw 5 9 to 5 20 to 24 12", "canvas", "undo stroke", "redo stroke", "read", "mistakes"
    )

    assert_plain(said)
    assert any(line.startswith("The network reads 7 ") for line in said)
    assert "The canvas is empty." in said


def test_a_run_is_said_as_a_line(talk: Talk) -> None:
    said = talk("share", "share tfp", "quit", "yes", flags=("--dataset", "xor"))

    assert_plain(said)
    assert any(re.fullmatch(r"dataset=xor&weights=[\w-]+", line) for line in said)
    assert any(line.startswith("TensorFlow Playground has no ") for line in said)


def test_the_braille_line_is_the_one_exception_and_has_forty_cells(talk: Talk) -> None:
    said = talk("train 5", "curves braille")

    drawn = [line for line in said if BRAILLE.search(line)]
    assert [len(line) for line in drawn] == [40]
    assert_plain([line for line in said if line not in drawn])


def test_the_shares_of_the_map_are_those_of_the_predictions(talk: Talk) -> None:
    """On blobs at (-1.5, -1.5) and (1.5, 1.5) one neuron cuts the plane in half."""
    said = talk("train 20", "map", flags=("--dataset", "blobs", "--hidden", "none"))

    words = next(line for line in said if line.startswith("Map"))
    shares = [int(share) for share in re.findall(r"(\d+) %", words)]
    assert sum(shares) == 100
    assert abs(shares[0] - 50) < 10


def test_a_choice_is_taken_by_its_number_and_a_prediction_is_locked(talk: Talk) -> None:
    said = talk("lesson 1", "next", "2", "hint")

    assert "2 about half of them" in said
    assert "Locked. The run begins." in said
    assert any(line.startswith("You said about half of them. It was ") for line in said)


def test_repeat_says_the_last_answer_again(talk: Talk) -> None:
    said = talk("at 1 -1", "repeat", "repeat")

    answers = [line for line in said if line.startswith("At x 1")]
    assert len(answers) == 3
    assert len(set(answers)) == 1


def test_unknown_words_and_values_are_refused_in_a_sentence_that_helps(talk: Talk) -> None:
    said = talk(
        "trian", "set noize 0.3", "set noise 7", "train -3", "neuron 9 9", "stage x", "99", "curves purple"
    )

    assert "trian is no word here. The nearest word is train. help says all words." in said
    assert any("The nearest is noise" in line for line in said)
    assert any(line.startswith("Noise: 7 is not allowed") for line in said)


def test_runs_are_compared_and_one_is_taken_over(talk: Talk) -> None:
    said = talk("compare learning rate 0.0001, 0.1", "train 20", "comparison", "take over 2", "where")

    order = [line for line in said if line.startswith("Run ")]
    assert order[0].startswith("Run 2, learning rate 0.1")
    assert any("adam" in line and line.startswith("Playground") for line in said)
    assert_plain(said)


def test_pairs_of_neurons_come_in_the_order_of_the_arrow_keys(talk: Talk) -> None:
    said = talk("set hidden layers 3", "hidden 1", "down", "down", "up", flags=MOONS)

    seen = [line for line in said if line.startswith("hidden 1, neuron")]
    assert [re.findall(r"neuron (\d)", line) for line in seen] == [["1", "2"], ["1", "3"], ["1", "2"]]


def test_a_setting_that_does_nothing_is_not_compared(talk: Talk) -> None:
    said = talk("compare penalty rate 0.001, 0.01", "comparison", flags=MOONS)

    assert "Penalty rate does nothing while regularization is none: nothing to compare." in said
    assert said[-1].startswith("Nothing is compared yet")


def test_tables_of_the_verdict_are_sentences(talk: Talk) -> None:
    said = talk("train 30", "verdict")

    assert any(re.match(r"class 0, samples \d+, precision", line) for line in said)
    assert not any("#" in line for line in said)


def test_a_verdict_by_samples_that_were_trained_on_says_so(talk: Talk) -> None:
    said = talk("train 1", "set train fraction 0.3", "train 1", "verdict", flags=MOONS)

    seen = [line for line in said if line.startswith("Some test samples were trained on before")]
    assert [line.endswith("until a reset (r, R).") for line in seen] == [True, True]


def test_a_run_is_saved_and_opened_again(talk: Talk, tmp_path: Path) -> None:
    said = talk("train 3", "save run.npz", "reset", "open run.npz", "quit", flags=MOONS)

    assert (tmp_path / "run.npz").exists()
    assert any(line.startswith("Opened run.npz at step 75") for line in said)


def test_accessible_asks_for_it_too(command_environment: Mapping[str, str]) -> None:
    environment = {**command_environment, "ACCESSIBLE": "1"}

    ended = subprocess.run(
        [sys.executable, "-m", "tui_nn"], input=b"quit\n", capture_output=True, env=environment, timeout=60
    )

    assert ended.returncode == 0
    assert ended.stdout.startswith(b"tui-nn, text mode.")


# -- leaving


def test_the_end_of_the_input_leaves_and_the_run_is_offered_again(talk: Talk) -> None:
    talk("train 4", flags=MOONS)

    said = talk("yes", "where", "quit", "yes")

    assert any(line.startswith("The last run was not saved (moons, step 100") for line in said)
    assert any("step 100:" in line for line in said)


def test_a_run_that_was_left_on_purpose_is_not_offered_again(talk: Talk) -> None:
    talk("train 4", "quit", "yes")

    assert not any("not saved" in line for line in talk("where"))


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)]
)
def test_signals_end_it_and_keep_the_run(
    talk: Talk, command_environment: Mapping[str, str], tmp_path: Path, number: int, status: int
) -> None:
    environment = {**command_environment, "TUI_NN_STATE": str(tmp_path / "TUI_NN_STATE")}
    with subprocess.Popen(
        [sys.executable, "-m", "tui_nn", "--text", *MOONS],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(b"train 4\n")
        process.stdin.flush()
        while b"epoch 4" not in process.stdout.readline():
            pass
        process.send_signal(number)
        if number == signal.SIGINT:
            while b"ctrl+c again" not in process.stdout.readline():
                pass
            process.send_signal(number)
        assert process.wait(20) == status

    is_offered = any("not saved (moons, step 100" in line for line in talk("no", "quit"))
    assert is_offered == (number != signal.SIGINT)  # who presses it twice has been asked


def test_a_terminal_that_hangs_up_ends_it(command_environment: Mapping[str, str]) -> None:
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "tui_nn", "--text"],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=command_environment,
        start_new_session=True,
    )
    os.close(theirs)
    said = b""
    while b"step 0" not in said:
        assert select.select([ours], [], [], 60)[0]
        said += os.read(ours, 4096)
    assert b"\x1b" not in said

    os.close(ours)

    assert process.wait(30) in (0, 1, 129)


def test_a_drawing_is_pushed_until_it_is_misread(talk: Talk) -> None:
    said = talk("push", "digits", "push", "draw 5 9 to 20 9", "push", "push 4", "push x")

    assert any(line.startswith("There is nothing to draw on here") for line in said)
    assert any(line.startswith("Nothing is drawn, so the first test picture") for line in said)
    at = next(number for number, line in enumerate(said) if line.startswith("The drawing, every pixel"))
    own = said[at].removeprefix("The drawing, every pixel pushed away from ").rstrip(".")
    smallest = said[at + 1].removeprefix("The smallest ε that is misread: ").rstrip(".")
    read = re.match(r"ε = ([\d.]+): read as (\d) .*; not pushed: (\d) ", said[at + 2])
    assert read is not None
    assert float(read[1]) == pytest.approx(float(smallest), abs=5e-4)
    assert read[2] != own == read[3]
    assert any(line.startswith("The drawing, every pixel pushed towards 4") for line in said)
    assert any(line.startswith("push: x is not allowed; a class to push to: 0, 1") for line in said)
    assert_plain(said)
