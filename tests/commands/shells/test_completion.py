from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pexpect
import pytest

from tui_nn.commands import COMMANDS
from tui_nn.commands.parts import PARTS
from tui_nn.commands.shells import SHELLS
from tui_nn.commands.shells.command_line import FOLDERS, CommandLine, command_lines
from tui_nn.settings.config import SETTINGS

LINES = {line.name: line for line in command_lines()}
ASK_BASH = """
source "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
_tui_nn
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.fixture
def script(call: Any, tmp_path: Path) -> Any:
    """Return a function that writes the script of a shell and returns its path."""

    def write(shell: str) -> Path:
        finished = call("completion", shell)
        assert finished.status == 0
        path = tmp_path / f"script.{shell}"
        path.write_text(finished.stdout)
        return path

    return write


def of(line: CommandLine, flag: str) -> Any:
    return next(option for option in line.options if flag in option.flags)


def test_every_command_is_read_with_its_own_flags() -> None:
    assert list(LINES) == ["", *COMMANDS]
    assert of(LINES["train"], "--json").metavar == ""
    assert of(LINES["train"], "--save").metavar == "FILE"
    assert "--socket" in {flag for option in LINES["session"].options for flag in option.flags}


@pytest.mark.parametrize(
    ("command", "flag", "name"),
    [
        ("view", "--of", "curves"),
        ("view", "--format", "svg"),
        ("export", "--format", "onnx"),
        ("share", "--as", "tfp"),
    ],
)
def test_the_names_behind_a_flag_of_one_command_come_from_its_own_registry(
    command: str, flag: str, name: str
) -> None:
    assert name in of(LINES[command], flag).values.names


def test_every_setting_is_a_flag_of_the_playground_and_of_train() -> None:
    for line in (LINES[""], LINES["train"]):
        flags = {flag for option in line.options if option.is_setting for flag in option.flags}

        assert {flag for setting in SETTINGS.values() for flag in setting.flags} <= flags


def test_values_come_from_the_registries() -> None:
    train = LINES["train"]

    assert of(train, "--optimizer").values.names == tuple(SETTINGS["optimizer"].kind.notes)
    assert of(train, "--with").values.names == tuple(PARTS)
    assert "tf-playground" in of(train, "--preset").values.names
    assert of(train, "--dataset").values.places == FOLDERS
    assert of(train, "--ascii").is_optional
    assert LINES["completion"].words.names == SHELLS


CASES = [
    (["tui-nn", "tr"], ["train"]),
    (["tui-nn", "--da"], ["--dataset", "--data", "--data-seed"]),
    (["tui-nn", "--dataset", "moo"], ["moons"]),
    (["tui-nn", "train", "--dataset", "=", "sp"], ["spiral"]),
    (["tui-nn", "train", "--dataset", "="], None),
    (["tui-nn", "train", "--with", "history,po"], ["history,points"]),
    (["tui-nn", "train", "--preset", "tf"], ["tf-playground"]),
    (["tui-nn", "train", "--load", "a f"], ["a file.npz"]),
    (["tui-nn", "predict", "a"], ["a file.npz"]),
    (["tui-nn", "completion", "z"], ["zsh"]),
    (["tui-nn", "explain", "learn"], ["learning_rate"]),
    (["tui-nn", "explain", "a fi"], ["a file.npz"]),
    (["tui-nn", "train", "--learning-rate", ""], [""]),
    (["tui-nn", "predict", "--so"], [""]),
    (["tui-nn", "--dataset", "train", "--so"], [""]),
]


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
@pytest.mark.parametrize(("words", "offered"), CASES)
def test_bash_completes(script: Any, tmp_path: Path, words: list[str], offered: list[str] | None) -> None:
    path = script("bash")
    (tmp_path / "a file.npz").write_text("")
    asked = ["bash", "--norc", "--noprofile", "-c", ASK_BASH, "-", str(path), *words]
    ended = subprocess.run(asked, cwd=tmp_path, capture_output=True, text=True, check=True)

    found = ended.stdout.split("\n")[:-1]
    assert ended.stderr == ""
    assert found == offered if offered is not None else "moons" in found


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
def test_bash_completes_at_a_prompt(script: Any, tmp_path: Path) -> None:
    path = script("bash")
    shell = pexpect.spawn(
        "bash",
        ["--norc", "--noprofile", "-i"],
        env={**os.environ, "TERM": "dumb", "PS1": "> ", "INPUTRC": "/dev/null"},
        encoding="utf-8",
    )
    shell.sendline(f"source {path}; tui-nn() {{ echo got:$1:$2; }}; echo rea''dy")
    shell.expect_exact("ready")
    shell.send("tui-nn train --optimi\t\r")
    shell.expect(r"got:train:--optimizer")
    shell.close(force=True)


@pytest.mark.skipif(shutil.which("fish") is None, reason="there is no fish")
@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("tui-nn tr", ["train"]),
        ("tui-nn train --dataset moo", ["moons"]),
        ("tui-nn train --dataset=sp", ["--dataset=spiral"]),
        ("tui-nn train --with history,po", ["history,points"]),
        ("tui-nn completion ", ["bash", "fish", "zsh"]),
        ("tui-nn predict a", ["a file.npz"]),
        ("tui-nn session --soc", ["--socket"]),
    ],
)
def test_fish_completes(script: Any, tmp_path: Path, typed: str, offered: list[str]) -> None:
    path = script("fish")
    (tmp_path / "a file.npz").write_text("")
    asked = ["fish", "--no-config", "-c", f"source {path}; complete -C '{typed}'"]
    environment = {**os.environ, "HOME": str(tmp_path)}
    ended = subprocess.run(asked, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)

    assert [line.partition("\t")[0] for line in ended.stdout.splitlines()] == offered


@pytest.mark.skipif(shutil.which("zsh") is None, reason="there is no zsh")
@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("tui-nn tra", "tui-nn train"),
        ("tui-nn train --dataset moo", "tui-nn train --dataset moons"),
        ("tui-nn train --optimizer=adamw", "tui-nn train --optimizer=adamw"),
        ("tui-nn train --with history,poi", "tui-nn train --with history,points"),
        ("tui-nn completion f", "tui-nn completion fish"),
        ("tui-nn --preset tf", "tui-nn --preset tf-playground"),
    ],
)
def test_zsh_completes(script: Any, tmp_path: Path, typed: str, completed: str) -> None:
    path = script("zsh")
    shell = pexpect.spawn(
        "zsh",
        ["-f", "-i"],
        env={**os.environ, "HOME": str(tmp_path), "TERM": "dumb"},
        encoding="utf-8",
        cwd=str(tmp_path),
        dimensions=(40, 200),
    )
    shell.sendline(f"autoload -Uz compinit && compinit -u -D; source {path}; print rea''dy")
    shell.expect_exact("ready")
    shell.sendline("tui-nn() { print -r -- \"got<tui-nn $*>\" }; print def''ined")
    shell.expect_exact("defined")
    shell.send(f"{typed}\t\r")
    shell.expect(r"got<([^>]*)>")
    shell.close(force=True)

    assert shell.match is not None
    assert shell.match[1] == completed


@pytest.mark.parametrize("shell", [s for s in SHELLS if shutil.which(s)])
def test_a_script_is_whole_in_the_eyes_of_its_shell(script: Any, shell: str) -> None:
    ended = subprocess.run([shell, "-n", str(script(shell))], capture_output=True, text=True, check=False)

    assert (ended.returncode, ended.stderr) == (0, "")


@pytest.mark.parametrize("words", [["tcsh"], []])
def test_another_shell_is_refused_in_one_line(call: Any, words: list[str]) -> None:
    finished = call("completion", *words)

    assert (finished.status, finished.stdout) == (2, "")
    assert finished.stderr.endswith("is not allowed; one of bash, zsh, fish\n")


def test_the_manual_names_every_command_and_every_flag(call: Any) -> None:
    page = call("man").stdout.replace(r"\-", "-").replace(r"\:", "")

    for line in LINES.values():
        assert f".B {line.name}\n" in page or not line.name
        for option in line.options:
            assert all(flag in page for flag in option.flags)
    assert all(ord(c) < 128 or c.isprintable() for c in page.replace("\n", ""))


@pytest.mark.skipif(shutil.which("groff") is None, reason="there is no groff")
def test_the_manual_is_set_without_a_warning(call: Any) -> None:
    page = call("man").stdout
    ended = subprocess.run(
        ["groff", "-man", "-ww", "-Tutf8", "-k"], input=page, capture_output=True, text=True, check=True
    )
    plain = re.sub(r"\x1b\[[\d;]*m|.\x08", "", ended.stdout)

    assert ended.stderr == ""
    assert "--learning-rate VALUE" in plain


def test_help_keeps_to_the_columns_that_are_asked_for(call: Any) -> None:
    wide, narrow = (call("session", "--help", COLUMNS=columns).stdout for columns in ("200", "60"))

    assert max(map(len, narrow.splitlines())) <= 60
    assert 60 < max(map(len, wide.splitlines())) <= 200


@pytest.mark.parametrize("words", [("doctor",), ("train", "--epochs", "1", "--plot"), ("man",), ("status",)])
def test_a_pipe_gets_no_colors_and_no_color_is_asked_for(call: Any, words: tuple[str, ...]) -> None:
    assert "\x1b" not in call(*words).stdout
    assert "\x1b" not in call(*words, NO_COLOR="1").stdout
