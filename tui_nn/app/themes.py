"""The look of everything around the views: dark and calm, with one accent; one theme for each color depth."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="tui-nn",
    primary="#5fafd7",
    secondary="#87afaf",
    accent="#ff5f87",
    foreground="#d0d0d0",
    background="#121212",
    surface="#1c1c1c",
    panel="#262626",
    warning="#ffd75f",
    error="#ff8787",
    success="#87d7af",
    dark=True,
    variables={
        "border": "#4e4e4e",
        "border-blurred": "#3a3a3a",
        "footer-key-foreground": "#ff5f87",
        "text-dim": "#949494",
        "block-cursor-background": "#ff5f87",
        "input-cursor-background": "#ff5f87",
    },
)
"""Every color is one of the 256 of xterm, so that this theme looks the same in 256 colors."""


def _ansi_variables(accent: str) -> dict[str, str]:
    """Return what Textual's own widgets ask of a theme in the terminal's own colors."""
    default = "ansi_default"
    return {
        "ansi-background": default,
        "ansi-foreground": default,
        "border": default,
        "border-blurred": default,
        "text-dim": default,
        "block-cursor-foreground": default,
        "block-cursor-background": default,
        "block-cursor-text-style": "reverse",
        "input-cursor-background": default,
        "input-cursor-foreground": default,
        "input-cursor-text-style": "reverse",
        "input-selection-background": default,
        "input-selection-foreground": default,
        "screen-selection-background": default,
        "screen-selection-foreground": default,
        "footer-key-foreground": accent,
        "scrollbar": default,
        "scrollbar-hover": default,
        "scrollbar-active": default,
        "scrollbar-background": default,
        "scrollbar-background-hover": default,
        "scrollbar-background-active": default,
        "scrollbar-corner-color": default,
    }


PLAIN = Theme(
    name="tui-nn-plain",
    primary="ansi_bright_blue",
    secondary="ansi_default",
    accent="ansi_bright_magenta",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    warning="ansi_bright_yellow",
    error="ansi_bright_red",
    success="ansi_bright_green",
    dark=True,
    ansi=True,
    variables=_ansi_variables("ansi_bright_magenta"),
)
"""The colors of the terminal's own theme, for 16 colors."""

MONO = Theme(
    name="tui-nn-mono",
    primary="ansi_default",
    secondary="ansi_default",
    accent="ansi_default",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    warning="ansi_default",
    error="ansi_default",
    success="ansi_default",
    dark=True,
    ansi=True,
    variables=_ansi_variables("ansi_default"),
)
"""No color at all."""

THEMES = {"truecolor": DARK, "256": DARK, "16": PLAIN, "mono": MONO}
"""Color depth -> theme."""
