"""What settings are chosen from, each entry with a sentence of help."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from tui_nn.data.features import feature_label
from tui_nn.engine import ACTIVATIONS, OPTIMIZERS, SCHEDULES

if TYPE_CHECKING:
    from tui_nn.settings.config import Config


class Notes(Mapping[str, str]):
    """The help of each entry of a registry, as it is now: what is added to it later is allowed at once."""

    def __init__(self, registry: Mapping[str, Any]) -> None:
        self._registry = registry

    def __getitem__(self, name: str) -> str:
        return str(self._registry[name].help)

    def __iter__(self) -> Iterator[str]:
        return iter(self._registry)

    def __len__(self) -> int:
        return len(self._registry)


def uses(name: str) -> Callable[[Config], bool]:
    """Return whether the chosen optimizer or schedule takes a number of this name."""

    def is_taken(config: Config) -> bool:
        chosen = OPTIMIZERS[config.optimizer].hyperparameters, SCHEDULES[config.schedule].hyperparameters
        return any(entry.name == name for entries in chosen for entry in entries)

    return is_taken


ACTIVATIONS_OF_ONE = Notes({name: entry for name, entry in ACTIVATIONS.items() if entry.is_elementwise})
"""Those that look at one neuron alone."""
OUTPUTS = Notes({name: ACTIVATIONS[name] for name in ("linear", "sigmoid", "tanh", "softmax")})
SHUFFLES = {"epoch": "a new order every epoch", "once": "one order for the whole run"}
REMAINDERS = {
    "use": "train on the smaller last batch",
    "drop": "skip them in this epoch",
    "carry": "add them to the first batch of the next epoch",
}
DTYPES = {"float32": "4 bytes per number, fast", "float64": "8 bytes per number, precise"}
SCREENS = {
    "playground": "small networks on 2-D points",
    "digits": "draw digits and watch them being classified",
    "inside": "every number inside the network",
    "space": "the network in 3-D",
    "lessons": "the course",
}
COLUMN = "the name or number of a column"
TABLES = "a file of rows, - for standard input, or sklearn:iris"
COLUMNS = "names or numbers of columns, separated by commas, or all"
TASKS = {
    "auto": "classes where the target is words or few whole numbers, else an amount",
    "classification": "the target is a class",
    "regression": "the target is an amount",
}
MISSING = {
    "refuse": "they are named and nothing is trained",
    "drop": "rows that lack a value are left out",
    "mean": "numbers are filled by their mean, words by the most frequent",
}
COLORS = {
    "auto": "what the terminal supports",
    "truecolor": "16 million colors",
    "256": "the 256 colors of xterm",
    "16": "the 16 colors of the terminal's own theme",
    "mono": "no color; signs shown by glyph",
}


def standardize_in_words(config: Config) -> str:
    """Return whether features are standardized, and whether that was chosen."""
    done = "on" if config.standardizes else "off"
    return f"auto ({done})" if config.standardize is None else done


def features_in_words(config: Config) -> str:
    """Return the labels of the features, with the names of a table's columns."""
    labels = [feature_label(name, config.dataset_spec.input_names) for name in config.features]
    return " ".join(label.replace(" ", "") for label in labels)
