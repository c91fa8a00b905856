"""The terminal: size, colors, glyphs, what it answers, what lies between."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping

from tui_nn.commands.checkup.asking import SAMPLE, Replies, ask_terminal
from tui_nn.commands.checkup.finding import NOTE, TROUBLE, Finding
from tui_nn.render.terminal import color_depth, complaint, has_blocks, is_utf8

TOPIC = "terminal"
LEAST = 60, 20
GOOD = 80, 24
SLOW_MS = 150.0


def look_at_terminal(environment: Mapping[str, str]) -> Iterator[Finding]:
    """Yield what is known of the terminal; it is asked itself where there is one."""
    if reason := complaint(environment):
        yield Finding(TOPIC, "screen", "none", NOTE, f"{reason[:1].upper()}{reason[1:]}.")
    yield Finding(TOPIC, "TERM", environment.get("TERM") or "not set")
    yield from _size()
    yield from _colors(environment)
    yield from _glyphs(environment)
    yield from _between(environment)
    fds = [stream.fileno() for stream in (sys.stdin, sys.stderr) if stream is not None and stream.isatty()]
    if len(fds) < 2:
        yield Finding(TOPIC, "answers", "not asked: input or error output is no terminal")
        return
    try:
        replies = ask_terminal(*fds)
    except OSError as error:
        yield Finding(TOPIC, "answers", f"not asked: {error.strerror}")
        return
    yield from told(replies, is_utf8(environment))


def _size() -> Iterator[Finding]:
    for stream in (sys.stderr, sys.stdout, sys.stdin):
        try:
            size = os.get_terminal_size(stream.fileno())
        except (OSError, ValueError, AttributeError):
            continue
        columns, rows = size
        if not columns or not rows:
            change = "Set its size: stty cols 80 rows 24."
            yield Finding(TOPIC, "size", "unknown", TROUBLE, change)
        elif columns < LEAST[0] or rows < LEAST[1]:
            change = f"Enlarge the window, or shrink the font: {LEAST[0]}x{LEAST[1]} is the least."
            yield Finding(TOPIC, "size", f"{columns}x{rows}", TROUBLE, change)
        elif columns < GOOD[0] or rows < GOOD[1]:
            change = f"Enlarge the window to {GOOD[0]}x{GOOD[1]} to see all at once."
            yield Finding(TOPIC, "size", f"{columns}x{rows}", NOTE, change)
        else:
            yield Finding(TOPIC, "size", f"{columns}x{rows}")
        return
    yield Finding(TOPIC, "size", "no terminal")


def _colors(environment: Mapping[str, str]) -> Iterator[Finding]:
    depth = color_depth("auto", environment)
    if environment.get("NO_COLOR"):
        yield Finding(TOPIC, "colors", "none", NOTE, "NO_COLOR is set; --color 256 overrules it.")
    elif depth == "truecolor":
        yield Finding(TOPIC, "colors", "16 million")
    else:
        remote = " (over SSH: SendEnv COLORTERM here, AcceptEnv COLORTERM there)"
        change = "If it shows more: --color truecolor, or COLORTERM=truecolor"
        change += remote if environment.get("SSH_CONNECTION") else ""
        value = "none" if depth == "mono" else depth
        yield Finding(TOPIC, "colors", value, NOTE, f"{change}.")


def _glyphs(environment: Mapping[str, str]) -> Iterator[Finding]:
    names = ("LC_ALL", "LC_CTYPE", "LANG")
    found = next((f"{name}={environment[name]}" for name in names if environment.get(name)), "not set")
    if not is_utf8(environment):
        yield Finding(TOPIC, "locale", found, NOTE, "For more than ASCII: LANG=C.UTF-8 tui-nn.")
    else:
        yield Finding(TOPIC, "locale", found)
    has_all = has_blocks(environment)
    if is_utf8(environment) and not has_all:
        change = "A console has few glyphs; a terminal window shows blocks and dots."
        yield Finding(TOPIC, "glyphs", "ASCII", NOTE, change)
    else:
        yield Finding(TOPIC, "glyphs", "blocks and braille dots" if has_all else "ASCII")


def _between(environment: Mapping[str, str]) -> Iterator[Finding]:
    is_tmux, is_screen = "TMUX" in environment, "STY" in environment
    clipboard = "by OSC 52, if the terminal allows it"
    change = ""
    if is_tmux:
        yield Finding(
            TOPIC, "tmux", "yes", NOTE, 'For 16 million colors: set -as terminal-features ",*:RGB" in tmux.'
        )
        change = "In tmux: set -g set-clipboard on."
    elif is_screen:
        yield Finding(
            TOPIC, "screen(1)", "yes", NOTE, "tmux shows more colors and lets the clipboard through."
        )
        clipboard, change = "not through screen(1)", "Use tmux, or no multiplexer, for the clipboard."
    if environment.get("SSH_CONNECTION"):
        yield Finding(TOPIC, "SSH", "yes", NOTE, "On a slow line: ssh -C, and --fps 5.")
    yield Finding(TOPIC, "clipboard", clipboard, NOTE if change else "ok", change)


def told(replies: Replies, is_utf8: bool) -> Iterator[Finding]:
    """Yield what a terminal's own answers say."""
    if not replies.answers_cursor:
        change = "It works all the same, at 10 pictures a second at most."
        yield Finding(TOPIC, "answers", "none to where the cursor is", NOTE, change)
    else:
        delay = "" if replies.milliseconds is None else f" after {replies.milliseconds:.0f} ms"
        is_slow = (replies.milliseconds or 0.0) > SLOW_MS
        change = "The line is slow: --fps 5, and ssh -C." if is_slow else ""
        yield Finding(TOPIC, "answers", f"cursor{delay}", NOTE if is_slow else "ok", change)
    if is_utf8 and replies.sample_cells is not None:
        if replies.sample_cells == len(SAMPLE):
            yield Finding(TOPIC, "width of glyphs", "one cell each")
        else:
            change = "Set ambiguous characters to single width in the terminal's settings, or use --ascii."
            value = f"{SAMPLE} took {replies.sample_cells} cells, not {len(SAMPLE)}"
            yield Finding(TOPIC, "width of glyphs", value, TROUBLE, change)
    keyboard = "tells all keys apart" if replies.has_keyboard_protocol else "plain key codes, which do"
    yield Finding(TOPIC, "keyboard", keyboard)
    if replies.background is not None:
        yield Finding(TOPIC, "background", "light" if replies.background > 0.5 else "dark")
