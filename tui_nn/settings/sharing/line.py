"""A share line: `dataset=spiral&hidden=8,8`, what of a run is not as it is by default."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tui_nn.files.paths import near
from tui_nn.settings.config import SETTINGS, Config
from tui_nn.settings.naming import find_name, nearest
from tui_nn.settings.setting import Scope
from tui_nn.settings.suited import usual_config

PRESET, SEED, WEIGHTS = "preset", "seed", "weights"
MOST_CHARACTERS = 20_000
"""A longer text is no line that a person would hand on."""
OF_THE_APP = ("pause_on", "hide", "only")
"""What the sender has chosen of the screen; the rest of it is the reader's own."""
_PLAIN = "/:,.;@~-_"
"""Beside letters and digits, what stands in a line as it is."""


class LineError(ValueError):
    """A line that says nothing that can be carried out; the text is one sentence for a person."""


@dataclass(frozen=True)
class SharedLine:
    """What a line says, as texts that are not checked yet."""

    texts: Mapping[str, str]
    """By the name of a setting."""
    preset: str | None = None
    seed: str | None = None
    weights: str | None = None


def read_line(text: str) -> SharedLine:
    """Return what a share line says. Raises LineError."""
    from urllib.parse import unquote  # only who is given a line waits for it

    said: dict[str, str] = {}
    for part in "".join(text.split()).split("&"):  # a terminal breaks a long line where it likes
        key, equals, value = part.partition("=")
        if not part:
            continue
        if not equals:
            raise LineError(f"{key[:60]} has no value; a line is NAME=VALUE&NAME=VALUE")
        name = known_key(unquote(key))
        if name in said:
            raise LineError(f"{name} is given twice")
        said[name] = unquote(value)
    if not said:
        raise LineError("it says nothing; a line is NAME=VALUE&NAME=VALUE")
    others = {key: said.pop(key, None) for key in (PRESET, SEED, WEIGHTS)}
    return SharedLine(said, **others)


def known_key(key: str, others: Iterable[str] = (PRESET, SEED, WEIGHTS)) -> str:
    """Return the name of the setting, or the other word, that a key is; raise LineError with the nearest."""
    names = {name: _spellings(name) for name in SETTINGS} | dict.fromkeys(others, ())
    name = find_name(key, names)
    if name is None:
        shown = key.strip()[:60] or "nothing"
        like = nearest(key, [word for name, words in names.items() for word in (name, *words)])
        means = f"did you mean {like}?" if like else "see tui-nn train --help for those there are"
        raise LineError(f"{shown} is not a setting; {means}")
    return name


def _spellings(name: str) -> tuple[str, ...]:
    short = SETTINGS[name].short_flag
    return (short,) if short else ()


def write_line(config: Config, weights: str | None = None) -> str:
    """Return the line of a run: settings that are not as its data set has them by default, then weights."""
    from urllib.parse import quote

    pairs = [(SETTINGS[name].short_flag or name, _text(name, config)) for name in chosen_names(config)]
    if weights is not None:
        pairs.append((WEIGHTS, weights))
    return "&".join(f"{key}={quote(value, safe=_PLAIN)}" for key, value in pairs)


def chosen_names(config: Config) -> Iterator[str]:
    """Yield what a person has chosen and what has an effect; the data set, or the table, always."""
    usual = usual_config(config)
    for name, setting in SETTINGS.items():
        is_told = setting.scope is not Scope.APP or name in OF_THE_APP
        is_chosen = getattr(config, name) != getattr(usual, name) and config.is_relevant(name)
        is_data = name == "dataset" and config.table is None
        if is_data or (is_told and is_chosen):
            yield name


def _text(name: str, config: Config) -> str:
    """Return a value as it is typed; a file as it can be found from here, or from the home folder."""
    setting = SETTINGS[name]
    text = setting.typed(getattr(config, name))
    return near(text) if setting.opens_file(text) else text
