from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import tui_nn
from tui_nn.cli import COMMANDS, THREAD_VARIABLES, WRONG_USE, limit_threads

SHORT = "--samples 20 --epochs 2"


def shell(line: str, environment: Mapping[str, str], tmp_path: Path) -> subprocess.CompletedProcess[str]:
    """Run a line of shell in which $TUI is the program; return status, stdout and stderr."""
    return subprocess.run(
        ["bash", "-c", line.replace("$TUI", f"{sys.executable} -m tui_nn")],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize("flag", ["--version", "-V"])
def test_the_version_is_printed(call: Any, flag: str) -> None:
    assert call(flag).stdout == f"tui-nn {tui_nn.__version__}\n"


@pytest.mark.parametrize("flag", ["--help", "-h", "help"])
def test_help_lists_every_command(call: Any, flag: str) -> None:
    finished = call(flag)

    assert finished.status == 0
    assert all(f"\n  {name} " in finished.stdout for name in COMMANDS)


def test_help_fits_a_narrow_terminal(call: Any) -> None:
    assert max(map(len, call("--help").stdout.splitlines())) <= 100


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(call: Any, capsys: pytest.CaptureFixture[str], name: str) -> None:
    finished = call(name, "--help")

    assert finished.status == 0
    assert f"usage: tui-nn {name}" in finished.stdout


@pytest.mark.parametrize("words", [("j.jsonl",), ("--journal", "j.jsonl")])
def test_a_journal_opens_the_app_and_another_file_is_said_to_be_none(
    call: Any, words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[tuple[bool, str]] = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(
        "tui_nn.app.launch.open_app",
        lambda config, *_, opens_with, **__: opened.append((config.paused, opens_with)) or 0,
    )
    place = tmp_path / "j.jsonl"
    place.write_text('{"journal": "tui-nn sweep", "version": 1}\n')

    assert call(*words).status == 0
    assert opened == [(True, f"sweep({str(place)!r})")]

    place.write_text("x,y\n1,2\n")
    refused = call("--journal", "j.jsonl")
    assert (refused.status, refused.stdout) == (1, "")
    assert refused.stderr == f"tui-nn: {place} is no journal of a sweep\n"


def test_a_command_that_does_not_exist_is_refused_with_those_that_do(call: Any) -> None:
    finished = call("trian")

    assert finished.status == WRONG_USE
    assert finished.stdout == ""
    assert finished.stderr.startswith("tui-nn: trian is not a command; one of train")


def test_wrong_use_is_one_line_whatever_was_typed(call: Any) -> None:
    for words in (("two\nlines",), ("train", "two\nlines"), ("train", "--dataset", "two\nlines\n")):
        finished = call(*words)

        assert finished.status == WRONG_USE
        assert finished.stderr.count("\n") == 1


def test_the_program_is_a_module_too(command: Any) -> None:
    assert command("--version").stdout == f"tui-nn {tui_nn.__version__}\n"


@pytest.mark.parametrize(
    ("words", "environment", "threads"),
    [
        ([], {}, "1"),
        (["train", "--threads", "3"], {}, "3"),
        (["train", "--threads=3"], {}, "3"),
        (["train"], {"TUI_NN_THREADS": "2"}, "2"),
        (["train", "--threads", "3"], {"TUI_NN_THREADS": "2"}, "3"),
        (["train"], {"OMP_NUM_THREADS": "16"}, "1"),
        (["dataset=xor&threads=2"], {"TUI_NN_THREADS": "3"}, "2"),
        (["train", "threads=2&dataset=xor"], {}, "2"),
        (["train", "--share", "dataset=xor&threads=2"], {}, "2"),
        (["train", "--share", "threads=2", "--threads", "4"], {}, "4"),
        (["train", "--config", "FILE"], {"TUI_NN_THREADS": "3"}, "5"),
        (["train", "--config=FILE", "--share", "threads=2"], {}, "2"),
        (["train", "--config=~/run.toml"], {}, "5"),
        (["train", "--config", "NONE"], {"TUI_NN_THREADS": "3"}, "3"),
    ],
    ids=str,
)
def test_blas_is_given_its_threads(
    words: list[str],
    environment: dict[str, str],
    threads: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    file = tmp_path / "run.toml"
    file.write_text('dataset = "xor"\nthreads = 5\n')
    limit_threads([word.replace("FILE", str(file)) for word in words], environment)

    assert [environment[name] for name in THREAD_VARIABLES] == [threads] * len(THREAD_VARIABLES)


@pytest.mark.parametrize("words", [["train", "--threads", "many"], ["train", "--threads"], ["--threads=0"]])
def test_a_wrong_number_of_threads_is_left_to_the_flags(words: list[str]) -> None:
    environment: dict[str, str] = {}
    limit_threads(words, environment)

    assert environment == {}


def test_the_threads_are_set_before_numpy_is_loaded() -> None:
    script = (
        "import os, sys\n"
        "class Spy:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'numpy':\n"
        "            print(os.environ.get('OMP_NUM_THREADS'))\n"
        "sys.meta_path.insert(0, Spy())\n"
        "from tui_nn.cli import main\n"
        "sys.exit(main(['train', '--threads', '2', '--samples', '20', '--epochs', '1', '--json']))\n"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert ended.stdout.splitlines()[0] == "2"


def test_a_reader_that_leaves_early_gets_no_traceback(
    command_environment: Mapping[str, str], tmp_path: Path
) -> None:
    for words in ("train --help", f"train {SHORT} --json", "--help"):
        ended = shell(f"($TUI {words}; echo $? >status) | true", command_environment, tmp_path)

        assert "Traceback" not in ended.stderr
        assert "Exception" not in ended.stderr
        assert (tmp_path / "status").read_text().strip() in ("0", "1")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
def test_a_full_disk_is_said_in_words(command_environment: Mapping[str, str], tmp_path: Path) -> None:
    ended = shell(f"$TUI train {SHORT} --json >/dev/full", command_environment, tmp_path)

    assert ended.returncode == 1
    assert ended.stderr.splitlines()[-1].startswith("tui-nn: ")
    assert "No space left" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_closed_standard_error_does_not_spoil_the_result(
    command_environment: Mapping[str, str], tmp_path: Path
) -> None:
    ended = shell(f"$TUI train {SHORT} --json 2>&-", command_environment, tmp_path)

    assert json.loads(ended.stdout)["status"] == "finished"
    assert ended.returncode == 0


def test_a_closed_standard_output_is_no_trouble(
    command_environment: Mapping[str, str], tmp_path: Path
) -> None:
    ended = shell(f"$TUI train {SHORT} --json >&-", command_environment, tmp_path)

    assert ended.returncode == 0
    assert "Traceback" not in ended.stderr


def test_a_locale_without_a_character_gets_another_one(command: Any) -> None:
    words = ("train", "--dataset", "reg-plane", "--samples", "20", "--epochs", "1")
    finished = command(*words, LC_ALL="C", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0")

    assert finished.status == 0
    assert "test R? " in finished.stdout
    assert "test R? " in finished.stderr


def test_too_little_memory_is_said_in_words(command_environment: Mapping[str, str], tmp_path: Path) -> None:
    # 400,000 samples through 2,000 neurons at once take 3 GB for each kind of value; 1 GB is there.
    words = "train --samples 1000000 --train-fraction 0.4 --batch-size full --hidden 2000 --epochs 1 --json"
    ended = shell(f"ulimit -v 1000000; $TUI {words}", command_environment, tmp_path)

    if "ulimit" in ended.stderr:
        pytest.skip("memory cannot be limited here")
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert "memory" in ended.stderr.splitlines()[-1]
    assert "Traceback" not in ended.stderr


def test_an_interrupt_while_data_is_made_is_no_traceback(tmp_path: Path) -> None:
    script = (
        "import os, signal, sys\n"
        "from tui_nn import cli\n"
        "from tui_nn.commands import train\n"
        "def interrupted(config, **options):\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "train.Session = interrupted\n"
        "sys.exit(cli.main(['train']))\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, env=dict(os.environ)
    )

    assert ended.returncode == 130
    assert ended.stderr == ""
