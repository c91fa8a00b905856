"""Completion for bash: one function and its tables, without anything but bash itself."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence

from tui_nn.commands.shells.command_line import FILES, FOLDERS, CommandLine, Values

SCRIPT = """\
# bash completion of tui-nn. Load it with: eval "$(tui-nn completion bash)"
_tui_nn() {
    local current="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}" command="" flags="" kept=""
    # bash takes --flag=value for three words
    if [[ $current == "=" ]]; then
        current=""
    elif [[ $before == "=" ]]; then
        before="${COMP_WORDS[COMP_CWORD-2]}"
    fi
    if ((COMP_CWORD > 1)); then
        case "${COMP_WORDS[1]}" in
            @COMMANDS@) command="${COMP_WORDS[1]}" ;;
        esac
    fi
    COMPREPLY=()
    local names="" places="" list="" value=""
    case "$command $before" in
@VALUES@
    esac
    if [[ -z $value && $current != -* ]]; then
        case "$command" in
@WORDS@
        esac
        ((COMP_CWORD == 1)) && names="@NAMES@"
    fi
    if [[ $current == -* && -z $value ]]; then
        case "$command" in
@FLAGS@
        esac
        COMPREPLY=($(compgen -W "$flags" -- "$current"))
        return
    fi
    if [[ -n $list && $current == *,* ]]; then
        kept="${current%,*},"
        current="${current##*,}"
    fi
    COMPREPLY=($(compgen -P "$kept" -W "$names" -- "$current"))
    if [[ -n $places ]]; then
        compopt -o filenames 2>/dev/null
        local place
        while IFS= read -r place; do
            COMPREPLY+=("$place")
        done < <(compgen "-$places" -- "$current")
    fi
}
complete -F _tui_nn tui-nn
"""
_PLACES = {FILES: "f", FOLDERS: "d", "": ""}


def bash_script(lines: Sequence[CommandLine]) -> str:
    """Return the script."""
    commands = [line.name for line in lines if line.name]
    tables = {
        "@COMMANDS@": "|".join(commands),
        "@NAMES@": " ".join(commands),
        "@VALUES@": "\n".join(_value_cases(lines)),
        "@WORDS@": "\n".join(
            f"            {_word(line.name)}) {_assign(line.words)} ;;" for line in lines if line.words
        ),
        "@FLAGS@": "\n".join(f"            {_word(line.name)}) flags={_flags(line)} ;;" for line in lines),
    }
    script = SCRIPT
    for mark, text in tables.items():
        script = script.replace(mark, text)
    return script


def _value_cases(lines: Sequence[CommandLine]) -> Iterable[str]:
    """Yield a case for each kind of values, for every option of any command that takes them."""
    cases: dict[Values, list[str]] = {}
    for line in lines:
        for option in line.options:
            if option.metavar and not (option.is_optional and not option.values):
                patterns = [_word(f"{line.name} {flag}") for flag in option.flags]
                cases.setdefault(option.values, []).extend(patterns)
    for values, patterns in cases.items():
        yield f"        {'|'.join(patterns)}) value=1 {_assign(values)} ;;"


def _assign(values: Values) -> str:
    parts = {
        "names": " ".join(values.names),
        "places": _PLACES[values.places],
        "list": "1" if values.is_list else "",
    }
    return " ".join(f"{name}={shlex.quote(text)}" for name, text in parts.items() if text) or "names="


def _flags(line: CommandLine) -> str:
    flags = [flag for option in line.options for flag in option.flags]
    more = [] if line.name else ["--version"]
    return shlex.quote(" ".join([*flags, *more]))


def _word(text: str) -> str:
    return f'"{text}"'
