"""`tui-nn completion bash|zsh|fish`: a script that lets a shell complete commands, flags and their values."""

from __future__ import annotations

from collections.abc import Sequence

from tui_nn.commands.shells import SHELLS
from tui_nn.files.visible import hand_on
from tui_nn.settings.flags import Parser, UsageError

HOW = """how to load it:
  bash  eval "$(tui-nn completion bash)" in ~/.bashrc
  zsh   eval "$(tui-nn completion zsh)" in ~/.zshrc, behind compinit
  fish  tui-nn completion fish > ~/.config/fish/completions/tui-nn.fish"""


def make_parser() -> Parser:
    """Return the parser of `tui-nn completion`."""
    import argparse

    parser = Parser(
        prog="tui-nn completion",
        description="Print a script that completes commands, flags and values of tui-nn.",
        epilog=HOW,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("shell", metavar="SHELL", nargs="?", help=f"one of {', '.join(SHELLS)}")
    return parser


def main(words: Sequence[str]) -> int:
    """Print the script."""
    shell = make_parser().read(words).shell
    if shell not in SHELLS:
        raise UsageError(f"{shell or 'nothing'} is not allowed; one of {', '.join(SHELLS)}")
    from tui_nn.commands.shells.bash import bash_script  # after the question, for they load every command
    from tui_nn.commands.shells.command_line import command_lines
    from tui_nn.commands.shells.fish import fish_script
    from tui_nn.commands.shells.zsh import zsh_script

    scripts = {"bash": bash_script, "zsh": zsh_script, "fish": fish_script}
    hand_on(scripts[shell](command_lines()))
    return 0
