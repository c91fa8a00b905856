"""What if one setting were another: configs that differ in one row, or in the seed alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import cycle, islice

from tui_nn.settings.config import SETTINGS, Config
from tui_nn.settings.setting import ConfigError

HIGHEST_SEED = 2**32 - 1


def neighbors(config: Config, name: str, count: int = 3) -> list[Config]:
    """Return this config and those around it in one setting, `count` in all, or as many as there are.

    They come in the order of the arrow keys, as many on one side as on the other while there are. Values that
    cannot be together with the other settings are left out.
    """
    below, above = ([config] for _ in range(2))
    walks = ((above, _walk(config, name, 1)), (below, _walk(config, name, -1)))
    seen = {getattr(config, name)}
    for side, walk in islice(cycle(walks), 2 * count):
        found = next((other for other in walk if getattr(other, name) not in seen), None)
        if found is not None and len(seen) < count:
            seen.add(getattr(found, name))
            side.append(found)
    return [*reversed(below[1:]), *above]


def _walk(config: Config, name: str, step: int) -> Iterator[Config]:
    """Yield the configs that one arrow key after another leads to, until they come again."""
    kind, value = SETTINGS[name].kind, getattr(config, name)
    seen = {value}
    while (value := kind.neighbor(value, step)) not in seen:
        seen.add(value)
        with suppress(ConfigError):
            yield config.replace(**{name: value})


def typed(config: Config, name: str, text: str, most: int) -> list[Config]:
    """Return configs with the values of one setting typed, apart at commas, or at ; where there is one.

    Raises ConfigError for a value that cannot be, for more than `most`, and for less than two.
    """
    parts = [part.strip() for part in text.split(";" if ";" in text else ",") if part.strip()]
    values = list(dict.fromkeys(SETTINGS[name].parse(part) for part in parts))
    if not 2 <= len(values) <= most:
        raise ConfigError(name, f"{len(values)} values", f"two to {most} are compared")
    return [config.replace(**{name: value}) for value in values]


def again(config: Config, count: int = 10) -> list[Config]:
    """Return the config with `count` seeds of weights: its own, and those that follow it."""
    return [
        config.replace(weights_seed=(config.weights_seed + more) % (HIGHEST_SEED + 1))
        for more in range(count)
    ]
