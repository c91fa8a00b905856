"""Completion for zsh: `_arguments` with a sentence for each flag."""

from __future__ import annotations

from collections.abc import Sequence

from tui_nn.commands.shells.command_line import FILES, FOLDERS, CommandLine, Option, Values

SCRIPT = """\
#compdef tui-nn
# zsh completion of tui-nn. Put it into a folder of $fpath as _tui-nn, or: eval "$(tui-nn completion zsh)"
_tui-nn() {
    local -a commands
    commands=(
@COMMANDS@
    )
    local command=""
    if ((CURRENT > 2)) && [[ " @NAMES@ " == *" ${words[2]} "* ]]; then
        command="${words[2]}"
        shift words
        ((CURRENT--))
    fi
    case "$command" in
@CASES@
    esac
}
if [[ "$funcstack[1]" == _tui-nn ]]; then
    _tui-nn "$@"
else
    compdef _tui-nn tui-nn
fi
"""
_ACTIONS = {FILES: "_files", FOLDERS: "_files -/"}


def zsh_script(lines: Sequence[CommandLine]) -> str:
    """Return the script."""
    named = [line for line in lines if line.name]
    cases = [_case(line) for line in lines]
    script = SCRIPT.replace("@CASES@", "\n".join(cases))
    described = "\n".join(f"        {_quoted(f'{line.name}:{line.help}')}" for line in named)
    return script.replace("@COMMANDS@", described).replace("@NAMES@", " ".join(line.name for line in named))


def _case(line: CommandLine) -> str:
    specs = [_spec(option) for option in line.options]
    if not line.name:
        specs += [_quoted("--version[the version]"), _quoted("1:command:{_describe command commands}")]
    elif line.words:
        specs.append(_quoted(f"*:{line.name}:{_action(line.words)}"))
    joined = " \\\n".join(f"                {spec}" for spec in specs)
    return f'        "{line.name}")\n            _arguments -s \\\n{joined}\n            ;;'


def _spec(option: Option) -> str:
    help = option.short_help.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]").replace(":", "\\:")
    if not option.metavar:
        ways = [(flag, "") for flag in option.flags]
    else:
        kept = "::" if option.is_optional else ":"
        value = f"{kept}{option.metavar.lower().replace(':', ' ')}:{_action(option.values)}"
        ways = [(f"{flag}=" if flag.startswith("--") else flag, value) for flag in option.flags]
    return " ".join(_quoted(f"*{flag}[{help}]{value}") for flag, value in ways)


def _action(values: Values) -> str:
    names = " ".join(values.names)
    if values.is_list:
        return f"_values -s , name {names}"
    if values.names and values.places:
        ways = f"'names:name:({names})' 'places:folder:{_ACTIONS[values.places]}'"
        return f"{{_alternative {ways}}}".replace(":", r"\:")
    return f"({names})" if names else _ACTIONS.get(values.places, " ")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"
