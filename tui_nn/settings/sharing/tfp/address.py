"""From an address of TensorFlow Playground to settings and back."""

from __future__ import annotations

from urllib.parse import urlsplit

from tui_nn.settings.config import SETTINGS, Config
from tui_nn.settings.naming import nearest
from tui_nn.settings.presets import presets
from tui_nn.settings.setting import ConfigError, Scope
from tui_nn.settings.sharing.line import LineError, SharedLine
from tui_nn.settings.sharing.tfp.meaning import CONTROLS, HIDE, PRESET, meaning, properties
from tui_nn.settings.sharing.tfp.properties import (
    ACTIVATIONS,
    CLASSES,
    PENALTIES,
    PROPERTIES,
    SAMPLES,
    START,
    VALUES,
)
from tui_nn.settings.sharing.tfp.rest import HOME, Rest, read_rest, write_rest

HOST = "playground.tensorflow.org"
NOT_THERE = (
    "epochs",
    "stop_epochs",
    "stop_accuracy",
    "stop_loss",
    "patience",
    "dtype",
    "weights_seed",
    "tfp",
)
"""What the page has nothing like, and what makes no other run: when it ends, the type of its numbers."""


def read_address(address: str) -> SharedLine:
    """Return what an address says, as a share line says it. Raises LineError."""
    place, _, fragment = "".join(address.split()).partition("#")
    said = _said(fragment)
    unknown = [name for name in said if name not in PROPERTIES and not name.endswith(HIDE)]
    if urlsplit(place).hostname != HOST and (unknown or not said):
        raise LineError(f"{place[:80]} is no address of TensorFlow Playground, the only one that can be read")
    if unknown:
        like = nearest(unknown[0], PROPERTIES)
        means = f"; did you mean {like}?" if like else ""
        raise LineError(f"TensorFlow Playground has no property {unknown[0][:60] or 'without a name'}{means}")
    values = meaning(said)
    texts = {name: SETTINGS[name].typed(value) for name, value in values.items()}
    try:
        rest = write_rest(_rest(said, place, Config().replace(**values)), said)
    except ConfigError:
        return SharedLine(texts)  # whoever takes the settings says what is wrong with them
    return SharedLine({**texts, "tfp": rest} if rest else texts)


def write_address(config: Config) -> str:
    """Return the address of a run, by what it was read from as far as that is still so. Raises LineError."""
    _check(config)
    rest = read_rest(config.tfp, PROPERTIES)
    said = properties(config)
    hidden = {name: text for name, text in rest.texts.items() if name.endswith(HIDE) and text is not None}
    if hidden:
        before = {name: text for name, text in said.items() if name.endswith(HIDE)}
        said = {name: text for name, text in said.items() if name not in before}
        said |= {name: text for name, text in hidden.items() if _is_hidden(name, text, config)}
        said |= {name: text for name, text in before.items() if name not in said}
    for name, text in rest.texts.items():
        if name in PROPERTIES:
            other = {**said, name: text or ""} if text is not None else _without(said, name)
            if meaning(other) == meaning(said):
                said = other
    order = [name for name in PROPERTIES if name in said] + [name for name in said if name not in PROPERTIES]
    return rest.place + "#" * bool(order) + "&".join(f"{name}={said[name]}" for name in order)


def _said(fragment: str) -> dict[str, str]:
    """Return the properties of an address as the page takes them: the last one of a name counts."""
    pairs = (part.partition("=") for part in fragment.split("&") if part)
    return {name: value.partition("=")[0] for name, _, value in pairs}


def _rest(said: dict[str, str], place: str, config: Config) -> Rest:
    """Return what the address that these settings would be given has otherwise."""
    usual = properties(config)
    texts: dict[str, str | None] = {
        name: said.get(name) for name in PROPERTIES if said.get(name) != usual.get(name)
    }
    hidden, expected = (
        [(name, text) for name, text in given.items() if name.endswith(HIDE)] for given in (said, usual)
    )
    if hidden != expected:
        texts |= dict(hidden)
    return Rest(texts, place or HOME)


def _without(said: dict[str, str], name: str) -> dict[str, str]:
    return {other: text for other, text in said.items() if other != name}


def _is_hidden(name: str, text: str, config: Config) -> bool:
    """Return whether what an address said of a control is still so."""
    ours = CONTROLS.get(name.removesuffix(HIDE))
    return ours is None or (ours in config.hide) == (text == "true")


def _check(config: Config) -> None:
    """Raise LineError, naming what it is, where the page has no such run."""
    page = Config.from_dict(presets()[PRESET].settings)
    if config.dataset not in (*CLASSES, *VALUES):
        raise LineError(f"TensorFlow Playground has no data set {config.dataset}")
    wrong = []
    for name, allowed in _allowed(config, page).items():
        value = getattr(config, name)
        if value not in allowed:
            shown = SETTINGS[name].kind.format
            wrong.append(f"{SETTINGS[name].label} {shown(value)} (it has {' or '.join(map(shown, allowed))})")
    if wrong:
        raise LineError(f"TensorFlow Playground has no {'; no '.join(wrong)}")


def _allowed(config: Config, page: Config) -> dict[str, tuple[object, ...]]:
    """Return, for each setting that an address cannot say in full, the values that the page has."""
    said = {"dataset", "noise", "train_fraction", "features", "learning_rate", "regularization_rate"}
    said |= {"batch_size", "data_seed", "hidden_sizes", "bias_init", *NOT_THERE}
    allowed: dict[str, tuple[object, ...]] = {
        name: (getattr(page, name),)
        for name, setting in SETTINGS.items()
        if setting.scope is not Scope.APP and name not in said and config.is_relevant(name)
    }
    chosen = config.activation
    each = () if isinstance(chosen, str) else tuple((name,) * len(chosen) for name in ACTIVATIONS)
    return allowed | {
        "samples": (SAMPLES[config.task],),
        "activation": each or ACTIVATIONS,
        "hidden_sizes": (tuple(size for size in config.hidden_sizes if isinstance(size, int)),),
        "regularization": tuple(PENALTIES.values()),
        "initializer": tuple(name for name, _ in START.values()),
        "bias_init": (START[config.initializer == "zeros"][1],),
    }
