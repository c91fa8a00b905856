"""Teaching: the run waits at its moments, a card explains each, any key goes on."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from textual.widgets import Static

from tui_nn.lessons.about import shipped_abouts
from tui_nn.lessons.glossary import shipped_glossary
from tui_nn.screens.inside import InsideScreen
from tui_nn.screens.keys import KeysScreen
from tui_nn.screens.moment import MomentScreen
from tui_nn.settings.moments import MOMENTS
from tui_nn.training.snapshot import Status
from tui_nn.views.walk.page import WalkPage

Open = Any
Driven = Any
ABOUTS = shipped_abouts()
TERMS = shipped_glossary().terms


async def come_to(driven: Driven, kind: str) -> None:
    """Wait for the card of a kind of moment, and for its words, which are laid out for its size."""
    label = MOMENTS[kind].label
    await driven.until(
        lambda: is_explained(driven) and title(driven).lower().startswith(f"{label},") and words(driven)
    )


def is_explained(driven: Driven) -> bool:
    screen = driven.app.screen
    return isinstance(screen, MomentScreen) and bool(screen.query("#moment-text"))


def title(driven: Driven) -> str:
    return str(driven.app.screen.query_one("#moment").border_title)


def words(driven: Driven) -> str:
    return " ".join(str(driven.app.screen.query_one("#moment-text", Static).content).split())


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_the_first_passes_are_explained_in_the_runs_own_numbers(
    open_app: Open, size: tuple[int, int]
) -> None:
    async with open_app(size) as driven:
        await driven.press("T", "space")
        await come_to(driven, "first_forward")
        assert title(driven) == "First forward pass, step 0"
        assert ABOUTS["first_forward"].shows in words(driven)
        assert f"{driven.session.trainer.checkups.all[0].metrics.train_loss:.3g}" in words(driven)
        assert TERMS["forward_pass"].formula in words(driven)
        assert driven.session.trainer.step == 0

        await driven.press("x")
        await come_to(driven, "first_backward")
        assert title(driven) == "First backward pass, step 1"
        assert "Gradient norm" in words(driven)
        assert driven.session.trainer.step == 1


@pytest.mark.parametrize(
    "key", ["space", "a", "escape", "enter", "q", "tab", "left", "1", "colon", "question_mark"]
)
async def test_any_key_goes_on_and_does_nothing_else(open_app: Open, key: str) -> None:
    async with open_app(pause_on=("first_forward",)) as driven:
        await driven.press("space")
        await come_to(driven, "first_forward")
        before = driven.config
        await driven.press(key)

        await driven.until(lambda: driven.session.trainer.step > 1)
        assert driven.app.screen is driven.playground
        assert driven.app.return_value is None
        assert driven.config == before
        assert driven.said == "Running."


async def test_high_loss_is_explained_with_what_helps(open_app: Open) -> None:
    hot = {"optimizer": "sgd", "learning_rate": 3.0, "hidden_sizes": (8,), "loss": "mse", "dataset": "xor"}
    async with open_app(
        (80, 24), pause_on=("high_loss",), initializer="constant", bias_init=50.0, **hot
    ) as driven:
        await driven.press("space")
        await come_to(driven, "high_loss")

        assert "random guessing would give a loss of" in words(driven)
        assert "Try " in words(driven)
        assert driven.session.status is Status.PAUSED


async def test_the_walk_is_one_key_away_and_the_run_stays_paused(open_app: Open) -> None:
    async with open_app() as driven:
        await driven.press("T", "space")
        await come_to(driven, "first_forward")
        await driven.press("f")
        await driven.until(lambda: isinstance(driven.app.screen, InsideScreen))
        page = driven.app.screen.query_one(WalkPage)
        await driven.until(lambda: page.walk is not None)

        assert driven.session.trainer.step == 0
        await driven.press("1", "space")
        await come_to(driven, "first_backward")


async def test_a_reset_run_is_not_explained_twice_and_a_new_one_is(open_app: Open) -> None:
    async with open_app(pause_on=("first_forward", "first_backward")) as driven:
        await driven.press("s")
        await come_to(driven, "first_forward")
        await driven.press("space")
        await come_to(driven, "first_backward")
        await driven.press("space")
        await driven.until(lambda: driven.app.screen is driven.playground)
        await driven.press("r", "e")
        await driven.until(lambda: driven.snapshot.step == 25)
        assert driven.app.screen is driven.playground

        await driven.press("R", "e")
        await come_to(driven, "first_forward")


async def test_one_step_that_ends_at_a_moment_stays_one_step(open_app: Open) -> None:
    async with open_app(pause_on=("first_backward",)) as driven:
        await driven.press("s")
        await come_to(driven, "first_backward")
        await driven.press("space")
        await driven.settle()

        assert (driven.session.trainer.step, driven.session.status) == (1, Status.PAUSED)


async def test_the_card_waits_for_what_lies_over_the_screen(open_app: Open) -> None:
    async with open_app(pause_on=("first_forward",)) as driven:
        await driven.press("question_mark", "question_mark")
        assert isinstance(driven.app.screen, KeysScreen)
        driven.app.run_shown.play()
        await driven.until(lambda: driven.snapshot.paused_at)
        assert isinstance(driven.app.screen, KeysScreen)
        await driven.press("escape")

        await come_to(driven, "first_forward")


async def test_the_card_waits_for_what_is_typed(open_app: Open) -> None:
    async with open_app(pause_on=("first_forward",)) as driven:
        await driven.press("w")
        driven.app.run_shown.play()
        await driven.until(lambda: driven.snapshot.paused_at)
        assert driven.app.screen is driven.playground
        await driven.press("escape")

        await come_to(driven, "first_forward")


async def test_the_card_goes_when_the_run_is_told_something_else(open_app: Open) -> None:
    async with open_app(pause_on=("first_forward",)) as driven:
        await driven.press("space")
        await come_to(driven, "first_forward")
        driven.app.run_shown.reset()

        await driven.until(lambda: driven.app.screen is driven.playground)


async def test_a_run_that_diverged_is_explained_and_the_keys_of_recovery_work(open_app: Open) -> None:
    hot = {"optimizer": "sgd", "loss": "mse", "output_activation": "linear", "learning_rate": 1e6}
    async with open_app((80, 24), pause_on=("divergence",), **hot) as driven:
        await driven.press("space")
        await come_to(driven, "divergence")
        await driven.press("B")

        await driven.until(lambda: driven.config.learning_rate == 1e5)
        assert driven.app.screen is driven.playground


async def test_teaching_is_ended_at_the_card(open_app: Open) -> None:
    async with open_app() as driven:
        await driven.press("T", "space")
        await come_to(driven, "first_forward")
        await driven.press("T")

        assert driven.config.pause_on == ()
        await driven.until(lambda: driven.session.trainer.step > 1)
        assert driven.app.screen is driven.playground


async def test_a_lesson_is_taught_too(open_app: Open) -> None:
    async with open_app((80, 24)) as driven:
        await driven.app.players.lessons.play_named("1")
        await driven.until(lambda: driven.app.shown.snapshot is not None)
        driven.app.shown.set_focus(None)
        await driven.press("T", "space")
        await come_to(driven, "first_forward")
        await driven.press("x")

        await come_to(driven, "first_backward")
        assert driven.app.shown.lesson is not None

        await driven.press("x", "8")
        await driven.settle()
        assert driven.config.pause_on == tuple(MOMENTS), "the next step is taught too"
        await driven.press("G", "T", "G")
        assert driven.config.pause_on == ()


async def test_who_is_taught_is_taught_in_lessons_too(open_app: Open) -> None:
    async with open_app((80, 24)) as driven:
        await driven.press("T")
        await driven.app.players.lessons.play_named("1")
        assert driven.config.pause_on == tuple(MOMENTS)
        await driven.app.players.lessons.leave()

        assert driven.config.pause_on == tuple(MOMENTS)


async def test_watching_it_all_changes_no_bit(open_app: Open) -> None:
    async with open_app(pause_on=tuple(MOMENTS)) as driven:
        await driven.press("e")
        while driven.session.trainer.step < 25 or driven.snapshot.paused_at:
            await driven.press("space" if is_explained(driven) else "a")
        taught = driven.parameters
    async with open_app() as driven:
        await driven.press("e")
        await driven.until(lambda: driven.snapshot.step == 25)

        assert np.array_equal(driven.parameters, taught)


@pytest.mark.parametrize("kind", MOMENTS)
@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_no_card_is_cut(open_app: Open, kind: str, size: tuple[int, int]) -> None:
    from tui_nn.training.moments.log import Moment
    from tui_nn.training.moments.remedies import LEAKY, LOWER_RATE, NEW_WEIGHTS, STANDARDIZE

    what = "The gradient of hidden 1 is 0.0003 times that of output: 1,024 of its neurons are saturated"
    moment = Moment(kind, 1_000_000, what, (STANDARDIZE, LEAKY, NEW_WEIGHTS, LOWER_RATE))
    async with open_app(size) as driven:
        driven.app.push_screen(MomentScreen((moment,), can_go_on=True, is_ascii=False))
        await driven.until(lambda: is_explained(driven))
        await driven.settle()
        text = driven.app.screen.query_one("#moment-text", Static)
        card = driven.app.screen.query_one("#moment")

        assert ABOUTS[kind].shows in words(driven)
        assert f"Here: {what}." in words(driven)
        assert f"{moment.advice}." in words(driven)
        assert text.region.bottom < card.region.bottom <= size[1]
        assert card.region.y >= 0
