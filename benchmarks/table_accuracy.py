"""How good the defaults for tables are, against scikit-learn's MLPClassifier with its own.

    python benchmarks/table_accuracy.py [--splits 5] [NAME=VALUE ...]

Both learn the same rows of each split and are tested on the same others; for scikit-learn columns are
standardized by the training rows. Printed are medians over the splits, in percent: accuracy, for diabetes R².
NAME=VALUE are settings in place of the defaults. Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import statistics
import warnings
from collections.abc import Sequence
from typing import Any

from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.preprocessing import StandardScaler

from tui_nn.settings.config import SETTINGS, Config
from tui_nn.settings.flags import Parser, add_settings
from tui_nn.settings.precedence import read_config
from tui_nn.training.trainer import Trainer

SETS = ("iris", "wine", "breast_cancer", "digits", "diabetes")


def ours(config: Config) -> tuple[float, Trainer]:
    """Return the score on the test rows after the epochs of the config, and the trainer."""
    trainer = Trainer(config, timeline_bytes=0)
    for _ in range(config.epochs * config.steps_per_epoch):
        trainer.advance()
    metrics = trainer.measure()
    score = metrics.test_r2 if config.task == "regression" else metrics.test_accuracy
    return score or 0.0, trainer


def theirs(trainer: Trainer) -> float:
    """Return the score of scikit-learn's defaults on the same rows."""
    train, test = trainer.problem.train, trainer.problem.test
    kind: Any = MLPClassifier if trainer.problem.is_classification else MLPRegressor
    scaler = StandardScaler().fit(train.raw)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = kind(random_state=trainer.config.data_seed).fit(scaler.transform(train.raw), train.targets)
    return float(model.score(scaler.transform(test.raw), test.targets))


def main(words: Sequence[str] | None = None) -> None:
    """Print a line for each set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--splits", type=int, default=5)
    parser.add_argument("--alone", action="store_true", help="leave scikit-learn out")
    parser.add_argument("settings", nargs="*", metavar="NAME=VALUE")
    arguments = parser.parse_args(words)
    reader = Parser(prog="table_accuracy")
    add_settings(reader)
    pairs_given = (text.split("=", 1) for text in arguments.settings)
    flags = [f"{SETTINGS[name].flag}={value}" for name, value in pairs_given]
    print(f"{'set':<16}{'network':<12}{'tui-nn':>8}{'scikit-learn':>14}{'steps':>8}")
    for name in SETS:
        pairs = []
        for seed in range(arguments.splits):
            config = read_config(reader.read(["--data", f"sklearn:{name}", f"--seed={seed}", *flags]), {})
            score, trainer = ours(config)
            pairs.append((100 * score, 0.0 if arguments.alone else 100 * theirs(trainer)))
        mine, others = (statistics.median(column) for column in zip(*pairs, strict=True))
        sizes = ",".join(map(str, config.hidden_sizes))
        print(f"{name:<16}{sizes:<12}{mine:>8.1f}{others:>14.1f}{trainer.step:>8,}", flush=True)


if __name__ == "__main__":
    main()
