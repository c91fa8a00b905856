"""What the properties of an address mean together, as settings, and how settings are said as properties."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from tui_nn.settings.config import SETTINGS, Config
from tui_nn.settings.presets import presets
from tui_nn.settings.sharing.line import LineError
from tui_nn.settings.sharing.tfp.properties import (
    CLASSES,
    FEATURES,
    PROPERTIES,
    SAMPLES,
    VALUES,
    one_of,
    read_bool,
)

PRESET = "tf-playground"
"""What a run of the page is where its address says nothing."""
HIDE = "_hide"
CONTROLS = {
    "learningRate": "learning_rate",
    "activation": "activation",
    "regularization": "regularization",
    "regularizationRate": "regularization_rate",
    "dataset": "dataset",
    "percTrainData": "train_fraction",
    "noise": "noise",
    "batchSize": "batch_size",
    "numHiddenLayers": "hidden_sizes",
}
"""A control that can be hidden -> the setting that is then taken off the list; others have none here."""

Texts = Mapping[str, str]
"""What an address says, by the names of its properties, hidden controls among them."""


def meaning(said: Texts) -> dict[str, Any]:
    """Return the settings of an address. Raises LineError."""
    values = {
        **presets()[PRESET].settings,
        "data_seed": 0,
        "weights_seed": 0,
        "regularization": "none",
    }
    for entry in PROPERTIES.values():
        if (text := _text(said, entry.name)) is not None:
            values |= entry.read(text)
    problem = _chosen(said, "problem", SAMPLES)
    sets = ("dataset", CLASSES) if problem == "classification" else ("regDataset", VALUES)
    features = [
        ours
        for theirs, ours in FEATURES.items()
        if read_bool(_text(said, theirs) or "") and said.get(theirs + HIDE) != "true"
    ]
    if not features:
        raise LineError("no feature is switched on; a network needs one, such as x=true")
    hidden = {CONTROLS[name] for name in _hidden(said) if name in CONTROLS}
    return values | {
        "dataset": _chosen(said, *sets),
        "samples": SAMPLES[problem],
        "features": SETTINGS["features"].check(features),
        "hide": tuple(name for name in SETTINGS if name in hidden),
    }


def properties(config: Config) -> dict[str, str]:
    """Return the texts of settings, in the order of the page; then the controls that are hidden."""
    texts = {
        entry.name: entry.usual if entry.write is None else entry.write(config)
        for entry in PROPERTIES.values()
    }
    texts["dataset" if config.task == "classification" else "regDataset"] = config.dataset
    hidden = {name + HIDE: "true" for name, ours in CONTROLS.items() if ours in config.hide}
    return {name: text for name, text in texts.items() if text is not None} | hidden


def _hidden(said: Texts) -> Iterator[str]:
    return (name.removesuffix(HIDE) for name, text in said.items() if name.endswith(HIDE) and text == "true")


def _text(said: Texts, name: str) -> str | None:
    """Return what is said of a property, or what the page takes where nothing is."""
    text = said.get(name)
    if text is None or (not text.strip() and name != "networkShape"):
        return PROPERTIES[name].usual
    return unquote(text)


def _chosen(said: Texts, name: str, names: Collection[str]) -> str:
    return one_of(name, names, _text(said, name) or "")
