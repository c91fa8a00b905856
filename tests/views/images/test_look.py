from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tui_nn.data.digits import pixel_values, to_pixels
from tui_nn.data.drawing import fit_drawing
from tui_nn.engine import EngineError
from tui_nn.settings.config import Config
from tui_nn.training import commands as do
from tui_nn.training.branching import use_parameters
from tui_nn.training.rehearsal import rehearse
from tui_nn.training.shipped import digits_config, shipped_parameters
from tui_nn.training.snapshot import ViewRequest
from tui_nn.training.trainer import Trainer
from tui_nn.views.images.look import look_at_images, shown_part
from tui_nn.views.images.values import MOST_IMAGES, Errors, ImageRequest

SMALL = Config().replace(
    dataset="digits", samples=400, train_fraction=0.5, hidden_sizes=(16,), optimizer="adam", batch_size=32
)
KINDS: dict[str, dict[str, Any]] = {
    "dense": {},
    "convolutional": {"hidden_sizes": ("4c5", "p2", 12)},
    "with dropout": {"hidden_sizes": (24, 12), "dropout": 0.3},
    "with batch norm": {"hidden_sizes": (24, 12), "batch_norm": True},
    "float64": {"dtype": "float64"},
}
EVERYTHING = ImageRequest(drawing=np.eye(28, dtype=np.uint8) * 255, sample=3, n_filters=5, errors=True)


def trained(steps: int = 25, **changes: Any) -> Trainer:
    trainer = Trainer(SMALL.replace(**changes))
    for _ in range(steps):
        trainer.advance()
    return trainer


def probabilities(trainer: Trainer, images: np.ndarray) -> np.ndarray:
    """Return what the network itself predicts, one image after another, (n, n_classes)."""
    network = trainer.network
    return np.array(
        [
            network.loss.probabilities(network.predict(pixel_values(image[None], trainer.config.dtype)))[0]
            for image in images
        ]
    )


def errors(trainer: Trainer, **options: Any) -> Errors:
    found = look_at_images(trainer, ImageRequest(errors=True, **options)).errors
    assert found is not None
    return found


def bits(trainer: Trainer) -> tuple[Any, ...]:
    return (
        trainer.step,
        trainer.network.parameters.tobytes(),
        trainer.optimizer.state.tobytes(),
        trainer.batches.state()["order"].tobytes(),
        str(trainer.checkpoint().dropout_state),
        [values.tobytes() for values in trainer.network.state().values()],
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_reading_is_what_the_network_predicts(kind: str) -> None:
    trainer = trained(**KINDS[kind])
    moment = look_at_images(trainer, EVERYTHING)

    assert moment.sample is not None
    assert moment.drawing is not None
    for reading in (moment.sample, moment.drawing):
        expected = probabilities(trainer, reading.image[None])[0]
        assert reading.probabilities == pytest.approx(expected, abs=1e-5)
        assert reading.probabilities.sum() == pytest.approx(1, abs=1e-6)
    assert moment.sample.label == trainer.problem.test.targets[3]
    assert np.array_equal(moment.sample.image, trainer.problem.test.raw[3])
    assert moment.drawing.label is None
    assert moment.n_samples == len(trainer.problem.test)


def test_the_activations_are_those_of_each_layer() -> None:
    trainer = trained(hidden_sizes=(24, 12), activation="relu")
    reading = look_at_images(trainer, ImageRequest(sample=0)).sample
    assert reading is not None

    values = reading.image.ravel() / 255.0
    for placed, found in zip(trainer.network.layers, reading.activations, strict=True):
        sums = values @ np.asarray(placed.weights, dtype=np.float64) + placed.biases
        values = np.maximum(sums, 0)
        if placed is trainer.network.layers[-1]:
            values = np.exp(sums) / np.exp(sums).sum()
            found = np.asarray(reading.probabilities)
        assert found == pytest.approx(values, abs=1e-4)


def test_layers_of_images_keep_their_rows_and_columns() -> None:
    reading = look_at_images(trained(0, **KINDS["convolutional"]), ImageRequest(sample=0)).sample

    assert reading is not None
    shapes = [values.shape for values in reading.activations]
    assert [len(shape) for shape in shapes] == [3, 3, 1, 1]
    assert shapes[0][0] == shapes[1][0] == 4
    assert shapes[0][1] == 2 * shapes[1][1]
    assert shapes[2:] == [(12,), (10,)]


@pytest.mark.parametrize("sample", [0, 199, 200, 401, 10**9])
def test_test_digits_begin_again_after_the_last(sample: int) -> None:
    trainer = trained(0)
    reading = look_at_images(trainer, ImageRequest(sample=sample)).sample

    assert reading is not None
    assert np.array_equal(reading.image, trainer.problem.test.raw[sample % 200])


@pytest.mark.parametrize("kind", KINDS)
def test_the_confusion_matrix_counts_every_test_digit(kind: str) -> None:
    trainer = trained(**KINDS[kind])
    found, test = errors(trainer), trainer.problem.test
    counts = [[0] * 10 for _ in range(10)]
    for row, truth in zip(probabilities(trainer, test.raw), test.targets, strict=True):
        counts[int(truth)][max(range(10), key=lambda name: row[name])] += 1

    assert found.confusion.tolist() == counts
    assert found.n_tested == len(test)
    assert found.n_wrong == sum(counts[i][j] for i in range(10) for j in range(10) if i != j)
    assert found.n_wrong > 0


def test_the_wrong_ones_are_listed_whole_the_surest_first() -> None:
    trainer = trained()
    found, test = errors(trainer), trainer.problem.test
    read = probabilities(trainer, test.raw)
    wrong = {n for n in range(len(test)) if read[n].argmax() != test.targets[n]}

    assert set(found.samples.tolist()) == wrong
    assert len(found.samples) == len(wrong)
    certainties = found.certainties.tolist()
    assert certainties == sorted(certainties, reverse=True)
    for n, truth, answer, certainty in zip(
        found.samples, found.truths, found.answers, found.certainties, strict=True
    ):
        assert truth == test.targets[n]
        assert answer == read[n].argmax()
        assert certainty == pytest.approx(read[n].max(), abs=1e-6)
    assert np.array_equal(found.images, test.raw[found.samples[:MOST_IMAGES]])


def test_at_most_so_many_images_are_sent() -> None:
    found = errors(trained(0))

    assert found.n_wrong > MOST_IMAGES
    assert len(found.images) == MOST_IMAGES
    assert len(found.samples) == found.n_wrong


def test_a_cell_of_the_matrix_names_the_digits_behind_it() -> None:
    trainer = trained()
    found = errors(trainer)
    for truth in range(10):
        for answer in range(10):
            behind = errors(trainer, pair=(truth, answer))
            assert len(behind.samples) == found.confusion[truth, answer]
            assert set(behind.truths.tolist()) <= {truth}
            assert set(behind.answers.tolist()) <= {answer}
            assert behind.certainties.tolist() == sorted(behind.certainties.tolist(), reverse=True)


def test_all_test_digits_come_in_their_order() -> None:
    trainer = trained()
    found = errors(trainer, only_wrong=False)

    assert found.samples.tolist() == list(range(len(trainer.problem.test)))
    assert np.array_equal(found.truths, trainer.problem.test.targets)


def test_without_a_test_set_the_training_digits_are_looked_at() -> None:
    trainer = trained()
    test = trainer.problem.test
    empty = replace(test, raw=test.raw[:0], targets=test.targets[:0], coded=test.coded[:0])
    trainer.problem = replace(trainer.problem, test=empty)

    assert shown_part(trainer) is trainer.problem.train
    assert errors(trainer).n_tested == len(trainer.problem.train)


def test_filters_are_the_weights_of_the_first_neurons() -> None:
    trainer = trained()
    filters = look_at_images(trainer, ImageRequest(n_filters=7)).filters

    assert filters is not None
    assert filters.shape == (7, 28, 28)
    weights = np.asarray(trainer.network.layers[0].weights)
    for neuron in range(7):
        for row, column in [(0, 0), (3, 17), (27, 27)]:
            assert filters[neuron, row, column] == weights[28 * row + column, neuron]
    everything = look_at_images(trainer, ImageRequest(n_filters=999)).filters
    assert everything is not None
    assert len(everything) == 16


def test_filters_of_a_convolution_are_its_kernels() -> None:
    trainer = trained(**KINDS["convolutional"])
    filters = look_at_images(trainer, ImageRequest(n_filters=99)).filters

    assert filters is not None
    assert filters.shape == (4, 5, 5)
    assert sorted(filters.ravel().tolist()) == sorted(
        np.asarray(trainer.network.layers[0].weights, dtype=np.float32).ravel().tolist()
    )


def test_filters_are_those_of_the_first_layer_that_has_weights() -> None:
    kinds = ((("p2", "4c3", "p2"), (4, 3, 3)), (("p2", 6), (6, 14, 14)), (("a4",), (10, 7, 7)))
    for hidden_sizes, shape in kinds:
        filters = look_at_images(trained(2, hidden_sizes=hidden_sizes), ImageRequest(n_filters=99)).filters

        assert filters is not None
        assert filters.shape == shape


def test_what_is_not_asked_for_is_not_made() -> None:
    moment = look_at_images(trained(0), ImageRequest())

    assert (moment.drawing, moment.sample, moment.filters, moment.errors) == (None, None, None, None)
    assert moment.class_names == tuple("0123456789")


@pytest.mark.parametrize("kind", KINDS)
def test_looking_changes_no_bit_of_a_run(kind: str) -> None:
    watched, alone = trained(0, **KINDS[kind]), trained(0, **KINDS[kind])
    for _ in range(20):
        look_at_images(watched, EVERYTHING)
        watched.advance()
        alone.advance()
    look_at_images(watched, EVERYTHING)

    assert bits(watched) == bits(alone)


def test_requests_to_a_session_change_no_bit_of_its_run(play: Any, make_session: Any) -> None:
    watched, alone = make_session(SMALL), make_session(SMALL)
    request = do.RequestSnapshot(ViewRequest(looks=(EVERYTHING,), known_data=0))
    play(watched, *[line for _ in range(12) for line in (request, do.RunSteps(2), "pause")], request)
    play(alone, do.RunSteps(24), "pause")

    assert bits(watched.trainer) == bits(alone.trainer)
    assert alone.trainer.step == 24


def bar() -> np.ndarray:
    """Return a drawing that is no digit at all: a bar across."""
    drawing = np.zeros((28, 28), dtype=np.uint8)
    drawing[13:16, 4:24] = 255
    return to_pixels(fit_drawing(drawing))


@pytest.fixture(scope="module")
def well_trained() -> np.ndarray:
    """Return the weights that are shipped."""
    shipped = shipped_parameters()
    assert shipped is not None
    return shipped.parameters


@pytest.mark.parametrize("digit", [0, 5, 8])
def test_a_rehearsed_drawing_is_read_as_its_label_and_the_rest_is_kept(
    well_trained: np.ndarray, digit: int
) -> None:
    trainer = Trainer(digits_config().replace(samples=1000))
    use_parameters(trainer, well_trained)
    accuracy = trainer.measure().test_accuracy
    before = look_at_images(trainer, ImageRequest(drawing=bar())).drawing
    rehearse(trainer, bar()[None], np.array([digit]), 60)
    after = look_at_images(trainer, ImageRequest(drawing=bar())).drawing

    assert before is not None
    assert after is not None
    assert before.probabilities.argmax() != digit
    assert after.probabilities.argmax() == digit
    assert after.probabilities[digit] > 0.9
    assert not np.array_equal(trainer.network.parameters, well_trained)
    assert trainer.measure().test_accuracy > accuracy - 0.03
    assert trainer.step == 60


def test_training_goes_on_after_a_rehearsal_from_the_same_data() -> None:
    trainer = trained(10)
    raw, targets = trainer.problem.train.raw.copy(), trainer.problem.train.targets.copy()
    rehearse(trainer, bar()[None], np.array([3]), 5)
    trainer.advance()

    assert np.array_equal(trainer.problem.train.raw, raw)
    assert np.array_equal(trainer.problem.train.targets, targets)
    assert not trainer.has_diverged


def test_images_of_another_size_are_refused_and_nothing_is_changed() -> None:
    trainer = trained(5)
    before = bits(trainer)

    with pytest.raises(EngineError, match="do not fit"):
        rehearse(trainer, np.zeros((1, 8, 8), dtype=np.uint8), np.array([1]), 3)
    with pytest.raises(EngineError, match="do not fit"):
        rehearse(Trainer(Config(samples=60)), np.zeros((1, 28, 28), dtype=np.uint8), np.array([1]), 3)
    assert bits(trainer) == before


def test_taken_over_weights_are_the_weights() -> None:
    giver, taker = trained(40), trained(0)
    use_parameters(taker, giver.network.parameters)

    assert np.array_equal(taker.network.parameters, giver.network.parameters)
    assert taker.network.parameters is not giver.network.parameters
    assert taker.recorded.test_accuracy == giver.measure().test_accuracy
    assert taker.history.curves().steps.tolist() == [0]


def test_weights_of_another_network_are_refused() -> None:
    taker = trained(0)
    before = bits(taker)

    with pytest.raises(EngineError, match="different shape"):
        use_parameters(taker, trained(0, hidden_sizes=(8,)).network.parameters)
    assert bits(taker) == before
