from __future__ import annotations

import numpy as np
import pytest

from tui_nn.data import DATASETS, DataError, best_possible_accuracy

SYNTHETIC = (
    "blobs circle xor gauss spiral moons linear rings pinwheel clusters reg-plane reg-gauss".split()  # noqa: SIM905
)


@pytest.mark.parametrize("name", SYNTHETIC)
def test_every_set_tells_what_it_is(name: str) -> None:
    kind = DATASETS[name]
    assert kind.name == name
    assert kind.help.endswith(".")
    assert kind.formula
    assert kind.plane == (name != "clusters")


@pytest.mark.parametrize("name", SYNTHETIC)
def test_generated_sets_are_consistent(name: str) -> None:
    kind = DATASETS[name]
    data = kind.generate(200, 0.1, kind.max_classes, np.random.default_rng(1))
    assert data.inputs.shape == (200, len(data.input_names))
    assert data.inputs.dtype == np.float64
    assert data.n_samples == len(data.targets) == 200
    assert data.best_possible_accuracy == best_possible_accuracy(name, 0.1, kind.max_classes)
    if data.task == "classification":
        assert data.targets.dtype == np.int64
        assert set(data.targets) == set(range(data.n_classes)) == set(range(kind.max_classes))
    else:
        assert data.targets.dtype == np.float64
        assert data.class_names == ()


@pytest.mark.parametrize("name", SYNTHETIC)
def test_the_same_seed_gives_the_same_bits_and_another_seed_others(name: str) -> None:
    kind = DATASETS[name]
    first, again, other = (
        kind.generate(50, 0.1, 2, np.random.default_rng(seed)).inputs for seed in (1, 1, 2)
    )
    assert first.tobytes() == again.tobytes()
    assert first.tobytes() != other.tobytes()


@pytest.mark.parametrize("name", SYNTHETIC)
def test_the_map_holds_nearly_all_points_at_the_default_noise(name: str) -> None:
    kind = DATASETS[name]
    data = kind.generate(5000, 0.1, kind.max_classes, np.random.default_rng(1))
    low, high = np.array(data.domain).T
    plane = data.inputs[:, :2]
    assert ((plane >= low) & (plane <= high)).all(axis=1).mean() > 0.998


@pytest.mark.parametrize(
    ("name", "samples", "noise", "classes", "message"),
    [
        ("moons", 0, 0.1, 2, "samples.*0"),
        ("moons", 10, -0.1, 2, "noise.*-0.1"),
        ("moons", 10, float("nan"), 2, "noise.*nan"),
        ("moons", 10, 0.9, 2, "noise.*0.8.*0.9"),
        ("moons", 10, 0.1, 3, "moons has 2 classes, not 3"),
        ("rings", 10, 0.1, 6, "rings has 2 to 5 classes, not 6"),
    ],
)
def test_values_out_of_range_are_refused_in_words(
    name: str, samples: int, noise: float, classes: int, message: str
) -> None:
    with pytest.raises(DataError, match=message):
        DATASETS[name].generate(samples, noise, classes, np.random.default_rng(0))


def test_regression_ignores_the_number_of_classes() -> None:
    assert DATASETS["reg-plane"].generate(10, 0.0, 0, np.random.default_rng(0)).n_classes == 0
