"""The tour is offered in one line until it was answered, by any key; the palette brings it back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tui_nn.app.tour_offer import OFFER, offer_tour
from tui_nn.files.places import tour_file
from tui_nn.screens.find import FindScreen
from tui_nn.training.snapshot import Status
from tui_nn.widgets.lesson_panel import LessonPanel

Open = Any
Driven = Any


def is_touring(driven: Driven) -> bool:
    panels = driven.app.screen.query(LessonPanel)
    return bool(panels) and "1/6" in driven.text(panels.first())


async def test_enter_begins_the_tour_and_it_is_not_offered_again(open_app: Open) -> None:
    async with open_app((80, 24)) as driven:
        await offer_tour(driven.app)
        assert driven.said == OFFER
        await driven.press("enter")
        await driven.until(lambda: is_touring(driven))
        await driven.until(tour_file().exists)

        assert driven.app.players.lessons.playing.lesson.name == "tour"
    async with open_app((80, 24)) as driven:
        await offer_tour(driven.app)
        assert driven.said != OFFER


async def test_any_other_key_does_its_own_work_and_the_offer_is_gone_for_good(open_app: Open) -> None:
    async with open_app((80, 24)) as driven:
        await offer_tour(driven.app)
        await driven.press("s")
        await driven.until(tour_file().exists)
        assert driven.session.trainer.step == 1
        assert driven.said == "One step."
        await offer_tour(driven.app)
        await driven.press("enter")

        assert driven.app.players._lessons is None


async def test_what_happens_by_itself_does_not_hide_an_open_offer(open_app: Open) -> None:
    async with open_app((80, 24)) as driven:
        await offer_tour(driven.app)
        driven.app.tell("Something happened.")
        await driven.settle()
        assert driven.said == "Something happened. enter: the tour."
        await driven.press("c")

        assert driven.said == "Something happened."


async def test_an_offer_does_not_stay_where_the_key_says_nothing(open_app: Open) -> None:
    async with open_app((80, 24)) as driven:
        await offer_tour(driven.app)
        await driven.press("c")

        assert driven.said == ""
        assert driven.form.has_focus


async def test_where_nothing_can_be_written_it_is_said_once_and_keys_work(
    open_app: Open, tmp_path: Path
) -> None:
    (tmp_path / "state").write_bytes(b"a file where the folder should be")
    async with open_app((80, 24)) as driven:
        await offer_tour(driven.app)
        await driven.press("s")
        await driven.until_said("The tour will be offered again: ")
        assert driven.session.trainer.step == 1
        await driven.press("s")
        await driven.until_said("One step.")
        assert driven.session.trainer.step == 2


async def test_the_palette_brings_it_back(open_app: Open) -> None:
    async with open_app((80, 24)) as driven:
        await driven.press("colon")
        await driven.until(lambda: isinstance(driven.app.screen, FindScreen))
        await driven.type("tour")
        await driven.press("enter")
        await driven.until(lambda: is_touring(driven))


async def test_leaving_the_tour_gives_the_run_back_as_it_was(open_app: Open) -> None:
    async with open_app((80, 24)) as driven:
        await driven.press("s", "s")
        own, before = driven.session, driven.parameters
        await driven.app.action_play_lesson("tour")
        await driven.until(lambda: is_touring(driven))
        await driven.settle()
        await driven.press("space", "space", "5", "home", "enter")
        await driven.until(lambda: driven.app.shown.lesson is None)

        assert (own.trainer.network.parameters == before).all()
        assert own.trainer.step == 2
        assert driven.app.run_shown.status is Status.PAUSED
