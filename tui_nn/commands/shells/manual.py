"""The manual page in roff, for man(1): commands, their flags, the settings once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tui_nn import __version__
from tui_nn.commands.shells.command_line import CommandLine, Option

EXIT_STATUS = {
    "0": "done",
    "1": "the training diverged, a file failed, gradients differ, something does not work",
    "2": "something asked for cannot be: standard output is empty, one line on standard error says why",
    "130, 143, 129": "interrupted by SIGINT, SIGTERM, SIGHUP",
}
ENVIRONMENT = {
    "TUI_NN_<SETTING>": "the default of a setting, such as TUI_NN_LEARNING_RATE; a flag overrules it",
    "TUI_NN_CACHE, TUI_NN_DATA, TUI_NN_STATE": "folders of downloads, of drawings, of runs that are kept",
    "NO_COLOR": "set to anything: no color",
    "COLORTERM": "truecolor or 24bit: 16 million colors",
    "LC_ALL, LC_CTYPE, LANG": "a locale that is not UTF-8 is drawn for in ASCII",
    "COLUMNS": "how wide --help is",
}
DESCRIPTION = (
    "A neural network learns in front of you: the decision map bends while you watch, and every setting can "
    "be changed while it trains. In the playground, ? explains what is shown and q quits. With a command it "
    "works without a screen."
)


def manual(lines: Sequence[CommandLine]) -> str:
    """Return the page."""
    return "\n".join(_page(lines)) + "\n"


def _page(lines: Sequence[CommandLine]) -> Iterator[str]:
    app, *commands = lines
    yield f'.TH TUI-NN 1 "" "tui-nn {__version__}" "User Commands"'
    yield ".ad l"
    yield from [".SH NAME", r"tui-nn \- a neural-network playground that lives in a terminal"]
    yield from [".SH SYNOPSIS", ".B tui-nn", "[SETTINGS]", ".br", ".B tui-nn", "COMMAND [...]"]
    yield from [".SH DESCRIPTION", _text(DESCRIPTION), ".SH COMMANDS"]
    for line in commands:
        yield from [".TP", f".B {_text(line.name)}", _text(line.help)]
    yield ".SH OPTIONS"
    for option in app.options:
        if not option.is_setting:
            yield from _option(option)
    yield from [".TP", f".B {_text('-V, --version')}", _text("the version")]
    yield from [".SH SETTINGS", _text("The playground takes them, and every command that says SETTINGS.")]
    for option in app.options:
        if option.is_setting:
            yield from _option(option)
    for line in commands:
        yield from _command(line)
    for title, entries in (("ENVIRONMENT", ENVIRONMENT), ("EXIT STATUS", EXIT_STATUS)):
        yield f".SH {title}"
        for name, words in entries.items():
            yield from [".TP", f".B {_text(name)}", _text(words)]


def _command(line: CommandLine) -> Iterator[str]:
    yield f'.SH "TUI-NN {line.name.upper()}"'
    usage = line.usage.removeprefix("usage: ")
    yield from [".nf", *(_text(row.strip()) for row in usage.splitlines() if row.strip()), ".fi"]
    if line.description:
        yield from [".PP", _text(line.description)]
    for option in line.options:
        if not option.is_setting:
            yield from _option(option)


def _option(option: Option) -> Iterator[str]:
    value = f" [{option.metavar}]" if option.is_optional else f" {option.metavar}"
    flags = ", ".join(option.flags) + (value if option.metavar else "")
    yield from [".TP", f".B {_text(flags)}", _text(option.help)]


def _text(text: str) -> str:
    """Return text that roff takes as it is: no line of it a request, no dash a hyphen, breaks at commas."""
    escaped = text.replace("\\", r"\e").replace("-", r"\-").replace("'", r"\(aq").replace("`", r"\(ga")
    escaped = re.sub(r",(?=\S)", r",\\:", escaped)
    return rf"\&{escaped}" if escaped.startswith((".", "'")) else escaped
