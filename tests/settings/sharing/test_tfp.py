"""Addresses of TensorFlow Playground go in and come out the same."""

from __future__ import annotations

import random
from typing import Any
from urllib.parse import unquote

import pytest

from tui_nn.settings.config import SETTINGS, Config
from tui_nn.settings.presets import presets
from tui_nn.settings.sharing.line import LineError, SharedLine, read_line, write_line
from tui_nn.settings.sharing.reading import read_shared
from tui_nn.settings.sharing.tfp.address import write_address
from tui_nn.settings.suited import suited

HOME = "https://playground.tensorflow.org/#"
_ORDER = """
activation regularization batchSize dataset regDataset learningRate regularizationRate noise networkShape seed
showTestData discretize percTrainData x y xTimesY xSquared ySquared cosX sinX cosY sinY collectStats tutorial
problem initZero hideText
"""
ORDER = _ORDER.split()
"""The 27 properties, as `State.PROPS` in src/state.ts of tensorflow/playground lists them."""
_HIDABLE = """
showTestData discretize playButton stepButton resetButton learningRate activation regularization
regularizationRate problem dataset percTrainData noise batchSize numHiddenLayers
"""
HIDABLE = _HIDABLE.split()
"""`HIDABLE_CONTROLS` in src/playground.ts."""
RATES = ["0.00001", "0.0001", "0.001", "0.003", "0.01", "0.03", "0.1", "0.3", "1", "3", "10"]
START = (
    "activation=tanh&batchSize=10&dataset=circle&regDataset=reg-plane&learningRate=0.03&regularizationRate=0&noise=0"
    "&networkShape=4,2&seed=0.23142&showTestData=false&discretize=false&percTrainData=50&x=true&y=true&xTimesY=false"
    "&xSquared=false&ySquared=false&cosX=false&sinX=false&cosY=false&sinY=false&collectStats=false"
    "&problem=classification&initZero=false&hideText=false"
)
"""What the page writes when it is opened, with a seed that it drew."""


def drawn_address(rng: random.Random) -> str:
    """Return an address as the page writes it: its own values and those that only a typed one has."""

    def yes() -> str:
        return rng.choice(["true", "false"])

    features = ["x", "y", "xTimesY", "xSquared", "ySquared", "cosX", "sinX", "cosY", "sinY"]
    values = {
        "activation": rng.choice(["relu", "tanh", "sigmoid", "linear"]),
        "regularization": rng.choice([None, "L1", "L2"]),
        "batchSize": str(rng.randint(1, 30)),
        "dataset": rng.choice(["circle", "xor", "gauss", "spiral"]),
        "regDataset": rng.choice(["reg-plane", "reg-gauss"]),
        "learningRate": rng.choice(RATES),
        "regularizationRate": rng.choice(["0", *RATES[2:]]),
        "noise": str(rng.choice([*range(0, 55, 5), 80, 33])),
        "networkShape": ",".join(str(rng.randint(1, 12)) for _ in range(rng.randint(0, 6))),
        "seed": rng.choice([f"{rng.random():.5f}", f"{rng.random():.5f}", "a-word", "42"]),
        "percTrainData": str(rng.randrange(10, 100, 10)),
        "tutorial": rng.choice([None, None, "dendrites"]),
        "problem": rng.choice(["classification", "regression"]),
        **{
            name: yes()
            for name in (*features, "showTestData", "discretize", "collectStats", "initZero", "hideText")
        },
        rng.choice(features): "true",
    }
    hidden = [f"{name}_hide={yes()}" for name in rng.sample(HIDABLE, rng.choice([0, 0, 1, 3, 8]))]
    return HOME + "&".join([f"{name}={values[name]}" for name in ORDER if values[name] is not None] + hidden)


ADDRESSES = [
    HOME + START,
    HOME + START.replace("&hideText=false", ""),
    HOME + START.replace("seed=0.23142", "seed=word%20s;100%"),
    HOME + START.replace("&seed=0.23142", ""),
    HOME + START.replace("networkShape=4,2", "networkShape="),
    HOME + START.replace("networkShape=4,2", "networkShape=4%2C2"),
    HOME + START.replace("learningRate=0.03", "learningRate=3e-7"),
    HOME + START.replace("&x=true", "&x=1").replace("y=true", "y=false"),
    HOME + START + "&x_hide=true&playButton_hide=true&foo_hide=true&learningRate_hide=true",
    HOME + "dataset=spiral&networkShape=8,8",
    HOME + "regularization=none",
    HOME.replace("https", "http") + START,
    HOME.replace("/#", "/?from=a%20lesson#") + START,
    "https://someone.example/playground/#" + START,
    HOME.removesuffix("#"),
    *(drawn_address(random.Random(seed)) for seed in range(60)),
]


def config_of(line: SharedLine) -> Config:
    said = {name: SETTINGS[name].parse(text) for name, text in line.texts.items()}
    return Config().replace(**{**suited(line.texts["dataset"]), **said})


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_goes_in_and_comes_out_the_same(address: str) -> None:
    config = config_of(read_shared(address))

    assert write_address(config) == address
    assert write_address(config_of(read_line(write_line(config)))) == address, "by way of a share line too"


def test_what_the_page_starts_with_is_the_preset_of_that_name() -> None:
    config = config_of(read_shared(HOME + START))

    assert config.replace(data_seed=0, weights_seed=0) == Config.from_dict(
        presets()["tf-playground"].settings
    )
    assert (config.data_seed, config.weights_seed, config.tfp) == (23142, 23142, "")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("activation=relu", {"activation": "relu"}),
        ("regularization=L1", {"regularization": "l1"}),
        ("regularization=L2&regularizationRate=3", {"regularization": "l2", "regularization_rate": 3}),
        ("problem=regression&dataset=xor", {"dataset": "reg-plane", "samples": 1200}),
        ("problem=regression&regDataset=reg-gauss", {"dataset": "reg-gauss", "samples": 1200}),
        ("dataset=spiral", {"dataset": "spiral"}),
        ("noise=35&percTrainData=70", {"noise": 0.35, "train_fraction": 0.7}),
        ("networkShape=", {"hidden_sizes": ()}),
        ("networkShape=8,7,6,5,4,3", {"hidden_sizes": (8, 7, 6, 5, 4, 3)}),
        ("x=false&cosX=true&cosY=true&sinY=true", {"features": ("y", "siny", "cosx", "cosy")}),
        ("initZero=true", {"initializer": "zeros", "bias_init": 0.0}),
        ("batchSize=30&learningRate=0.00001", {"batch_size": 30, "learning_rate": 1e-5}),
        ("noise_hide=true&numHiddenLayers_hide=true&problem_hide=true&dataset_hide=false",
         {"hide": ("noise", "hidden_sizes")}),
        ("xTimesY=true&xTimesY_hide=true", {"features": ("x", "y")}),
        ("seed=0.00042", {"data_seed": 42, "weights_seed": 42}),
    ],
)  # fmt: skip
def test_each_property_is_its_setting(given: str, expected: dict[str, Any]) -> None:
    config = config_of(read_shared(HOME + given))

    assert {name: getattr(config, name) for name in expected} == expected
    rest = {"epochs", "tfp", *expected}
    page = Config.from_dict(presets()["tf-playground"].settings)
    others = [name for name in SETTINGS if name not in rest and getattr(config, name) != getattr(page, name)]
    assert others == []


def test_a_setting_that_is_changed_is_changed_in_the_address_alone() -> None:
    before = HOME + START.replace("seed=0.23142", "seed=word") + "&noise_hide=true&playButton_hide=true"
    config = config_of(read_shared(before)).replace(noise=0.2, hide=(), dataset="gauss")

    expected = before.replace("noise=0&", "noise=20&").replace("dataset=circle", "dataset=gauss")
    assert write_address(config) == expected.replace("&noise_hide=true", "")
    assert "seed=0.00007&" in write_address(config.replace(data_seed=7))


def test_an_address_is_made_of_a_run_that_was_none() -> None:
    page = Config.from_dict(presets()["tf-playground"].settings)
    config = page.replace(
        dataset="reg-gauss", samples=1200, hidden_sizes=(), features=("y", "cosx"), data_seed=3
    )

    changed = START.replace("regDataset=reg-plane", "regDataset=reg-gauss").replace("4,2", "")
    changed = (
        changed.replace("0.23142", "0.00003")
        .replace("&x=true", "&x=false")
        .replace("cosX=false", "cosX=true")
    )
    assert write_address(config) == HOME + changed.replace("=classification", "=regression")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"dataset": "moons"}, "no data set moons"),
        ({"optimizer": "adam"}, "no optimizer adam (it has sgd)"),
        ({"activation": "gelu"}, "no activation gelu (it has relu or tanh or sigmoid or linear)"),
        ({"activation": ("relu", "tanh")}, "no activation relu,tanh"),
        ({"samples": 600}, "no samples 600 (it has 500)"),
        ({"dropout": 0.1, "loss": "mse"}, "no loss mse (it has half_mse); no dropout 0.1 (it has 0)"),
        ({"bias_init": 0.5}, "no initial bias 0.5 (it has 0.1)"),
        ({"hidden_sizes": (4, "drop0.2")}, "no hidden layers 4,drop0.2"),
    ],
)
def test_a_run_that_the_page_cannot_have_is_refused_with_what_it_is(
    changes: dict[str, Any], says: str
) -> None:
    with pytest.raises(LineError) as error:
        write_address(Config.from_dict(presets()["tf-playground"].settings).replace(**changes))

    assert says in str(error.value)


@pytest.mark.parametrize(
    ("address", "says"),
    [
        (HOME + "learningrat=3", "no property learningrat; did you mean learningRate?"),
        (HOME + "activation=gelu", "activation: gelu is not allowed; one of relu, tanh, sigmoid, linear"),
        (HOME + "dataset=moons", "dataset: moons is not allowed; one of circle, xor, gauss, spiral"),
        (HOME + "noise=much", "noise: much is no number"),
        (HOME + "networkShape=4,x", "networkShape: x is no number"),
        (HOME + "networkShape=4.5", "networkShape: 4.5 is no whole number"),
        (HOME + "batchSize=NaN", "batchSize: NaN is no whole number"),
        (HOME + "x=false&y=false", "no feature is switched on"),
        ("https://example.org/", "https://example.org/ is no address of TensorFlow Playground"),
        ("https://example.org/#a=b", "is no address of TensorFlow Playground"),
    ],
)
def test_an_address_that_cannot_be_taken_is_answered_in_a_sentence(address: str, says: str) -> None:
    with pytest.raises(LineError) as error:
        read_shared(address)

    assert says in str(error.value)


def test_letters_that_an_address_escapes_are_read() -> None:
    assert unquote("4%2C2") == "4,2"
    assert config_of(read_shared(HOME + "networkShape=4%2C2")).hidden_sizes == (4, 2)
