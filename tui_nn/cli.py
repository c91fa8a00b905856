"""The command `tui-nn`: finds out what is wanted and starts it, importing nothing that is not needed."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Mapping, MutableMapping, Sequence
from importlib import import_module

from tui_nn import __version__
from tui_nn.app.loading import without_collecting
from tui_nn.commands import COMMANDS
from tui_nn.files.visible import say
from tui_nn.settings.accessible import is_accessible
from tui_nn.settings.threads import THREAD_VARIABLES, wanted_threads

FAILED, WRONG_USE, INTERRUPTED = 1, 2, 130
TEXT_MODE = "tui_nn.commands.text.launch"
TAKES_MORE = ("tui_nn.app.launch", TEXT_MODE, "tui_nn.commands.train")
"""What can be begun by a word that stands for a run."""

HELP = f"""\
usage: tui-nn [SETTINGS]              open the playground and watch a network learn
       tui-nn JOURNAL                 watch a sweep that tui-nn sweep --journal JOURNAL trains
       tui-nn LINE [SETTINGS]         open what a share line says, as `tui-nn share` writes it
       tui-nn COMMAND [...]           work without a screen

commands:
{chr(10).join(f"  {name:<12}{text}" for name, text in COMMANDS.items())}

Some settings (`tui-nn train --help` lists all of them; the playground takes the same):
  --preset NAME          a named set of settings, such as tf-playground
  --dataset NAME         moons, circle, xor, gauss, spiral, blobs, ...
  --hidden 8,8           neurons of each hidden layer, or none
  --activation NAME      tanh, relu, sigmoid, linear, ...
  --learning-rate 0.03   size of each step
  --speed 300            steps per second, or full
  --paused               start paused
  --text                 all in words, for screen readers (or ACCESSIBLE=1)
  --color auto           auto, truecolor, 256, 16 or mono; --ascii draws with plain characters

In the playground: space runs and pauses, s takes one step, ? explains what is shown, q quits.
  -h, --help             this page
  -V, --version          the version
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; return its exit status. What can go wrong outside the program is said in a line."""
    _prepare_streams()
    try:
        status = _run(list(sys.argv[1:] if arguments is None else arguments))
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # whoever read the output has left
        return _drop_output()
    except MemoryError:
        return _complain("not enough memory for this", FAILED)
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EIO):
            raise
        _drop_output()
        return _complain(f"the output could not be written: {error.strerror}", FAILED)
    return status


def _run(words: list[str]) -> int:
    if words and words[0] in ("-h", "--help", "help"):
        say(*HELP.splitlines())
        return 0
    if words and words[0] in ("-V", "--version"):
        say(f"tui-nn {__version__}")
        return 0
    limit_threads(words, os.environ)
    if words[:2] == ["lesson", "play"]:
        return _open(_opening_of_lesson(words[2:]))
    if words[:2] == ["lesson", "practice"]:
        return _open(["--lesson", "practice", *words[2:]])
    if words and not _is_flag(words[0]):
        if words[0] in COMMANDS:
            return _start(f"tui_nn.commands.{words[0]}", words[1:])
        if not _stands_for_something(words[0]):
            also = ", nor is there such a file" if os.path.splitext(words[0])[1] or os.sep in words[0] else ""
            names = ", ".join(COMMANDS)
            return _complain(f"{words[0]} is not a command{also}; one of {names}; see tui-nn --help")
    return _open(words)


def _open(words: Sequence[str]) -> int:
    """Open the playground: on the screen, or in text mode where that is asked for."""
    return _start(TEXT_MODE if wants_text(words, os.environ) else "tui_nn.app.launch", words)


def wants_text(words: Sequence[str], environment: Mapping[str, str]) -> bool:
    """Return whether a person wants lines that are appended, as screen readers do."""
    return "--text" in words or is_accessible(environment)


def _is_flag(word: str) -> bool:
    return word.startswith("-") and word != "-"  # which is standard input


def _stands_for_something(word: str) -> bool:
    """Return whether a word that is no command can be a file, a share line or an address."""
    from tui_nn.commands.openable import is_shared, is_table  # most command lines begin with a flag

    return is_shared(word) or is_table(word)


def _opening_of_lesson(words: Sequence[str]) -> list[str]:
    """Return what the app is opened with to play a lesson, or to show the course where none is named."""
    if words and not words[0].startswith("-"):
        return ["--lesson", *words]
    return ["--screen", "lessons", *words]


def limit_threads(words: Sequence[str], environment: MutableMapping[str, str]) -> None:
    """Set the number of BLAS threads, which NumPy reads when loaded; a wrong number is left to the flags."""
    wanted = wanted_threads(words, environment)
    if wanted.isdecimal() and len(wanted) < 10 and int(wanted) > 0:
        for name in THREAD_VARIABLES:
            environment[name] = str(int(wanted))


def _start(module: str, words: Sequence[str]) -> int:
    with without_collecting():
        program = import_module(module)
        from tui_nn.files.errors import FileError, complain
        from tui_nn.settings.flags import UsageError

    try:
        status: int = program.main(_meant(words) if module in TAKES_MORE else words)
    except UsageError as error:
        return _complain(str(error))
    except FileError as error:
        return complain(error)
    except SystemExit as left:  # argparse has printed its help
        return int(left.code or 0)
    return status


def _meant(words: Sequence[str]) -> Sequence[str]:
    """Return the words with the first one as flags, where it stands for some. Raises UsageError."""
    if not words or _is_flag(words[0]):
        return words
    from tui_nn.commands.first_word import with_first_word  # most command lines begin with a flag

    return with_first_word(words)


def _complain(sentence: str, status: int = WRONG_USE) -> int:
    say(f"tui-nn: {' '.join(sentence.split())}", to=sys.stderr)
    return status


def _prepare_streams() -> None:
    """Let print work where the shell closed a stream (`2>&-`), or where the locale lacks a character."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w"))  # noqa: SIM115
        elif "utf" not in (stream.encoding or "").lower():
            stream.reconfigure(errors="replace")


def _drop_output() -> int:
    """Send what is still buffered nowhere, so that the end of the process is quiet."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return FAILED
