"""Completion for fish: one line for each flag, with its sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui_nn.commands.shells.command_line import FILES, FOLDERS, CommandLine, Option, Values

HEAD = """\
# fish completion of tui-nn. Load it with: tui-nn completion fish | source
function __tui_nn_command
    set -l words (commandline -opc)
    test (count $words) -gt 1; and contains -- $words[2] $argv
end
function __tui_nn_alone
    not __tui_nn_command @NAMES@
end
function __tui_nn_first
    test (count (commandline -opc)) -eq 1
end
complete -c tui-nn -f
"""
_PLACES = {FILES: "(__fish_complete_path)", FOLDERS: "(__fish_complete_directories)"}


def fish_script(lines: Sequence[CommandLine]) -> str:
    """Return the script."""
    names = " ".join(line.name for line in lines if line.name)
    rows = [row for line in lines for row in _rows(line)]
    return HEAD.replace("@NAMES@", names) + "\n".join(rows) + "\n"


def _rows(line: CommandLine) -> Iterator[str]:
    here = f"__tui_nn_command {line.name}" if line.name else "__tui_nn_alone"
    if line.name:
        yield f"complete -c tui-nn -n __tui_nn_first -a {line.name} -d {_quoted(line.help)}"
    else:
        yield f"complete -c tui-nn -n {here} -l version -s V -d 'the version'"
    if line.words:
        yield f"complete -c tui-nn -n {_quoted(here)} -a {_quoted(_offered(line.words))}"
    for option in line.options:
        yield f"complete -c tui-nn -n {_quoted(here)} {_option(option)} -d {_quoted(option.short_help)}"


def _option(option: Option) -> str:
    names = " ".join(f"-l {f[2:]}" if f.startswith("--") else f"-s {f[1:]}" for f in option.flags)
    if not option.metavar:
        return names
    needed = "" if option.is_optional else " -x"
    return f"{names}{needed} -a {_quoted(_offered(option.values))}" if option.values else f"{names}{needed}"


def _offered(values: Values) -> str:
    names = " ".join(values.names)
    if values.is_list:
        return f"(__fish_append , {names})"
    return f"{names} {_PLACES.get(values.places, '')}".strip()


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
