"""The words that are about what is said: repeat, where, quiet, help."""

from __future__ import annotations

from tui_nn.commands.text.action import Action, RefusedError
from tui_nn.commands.text.desk import Desk
from tui_nn.commands.text.state import run_words, state_words
from tui_nn.settings.naming import nearest

GROUP = "Speak"


def repeat(desk: Desk, words: str) -> None:
    """Say the last answer again."""
    answer = desk.voice.answer
    desk.voice.begin_answer()
    if not answer:
        desk.say("Nothing was said yet.")
    for line in answer:
        desk.voice.say_as_it_is(line)


async def where(desk: Desk, words: str) -> None:
    """Say where one is, how the run stands, what is waited for."""
    snapshot = await desk.see()
    config = desk.run.config
    if desk.lesson is not None:
        desk.say(desk.lesson.place_words)
    if snapshot is not None:
        desk.say(f"{desk.place.capitalize()}: {run_words(snapshot, config)}")
        desk.say(f"{snapshot.status.value.capitalize()} at {state_words(snapshot)}")
        if snapshot.timeline.is_past:
            desk.say("This is a past moment; latest returns.")
    if desk.walked is not None:
        desk.say(f"Walk: stage {desk.walked.stage + 1} of {len(desk.walked.walk.stages)}.")
    if desk.choices is not None:
        desk.say(f"{len(desk.choices.entries)} choices: {desk.choices.title} choices says them.")


def quiet(desk: Desk, words: str) -> None:
    """Say nothing that was not asked for."""
    desk.voice.is_quiet = True
    desk.say("Quiet. news says what waits, talk ends it.")


def talk(desk: Desk, words: str) -> None:
    """Say again what happens."""
    desk.voice.is_quiet = False
    desk.say("What happens is said, at most a line a second.")


def news(desk: Desk, words: str) -> None:
    """Say what waits to be said."""
    desk.voice.say_news()


def every(desk: Desk, words: str) -> None:
    """Say every so many seconds how a training goes on."""
    try:
        seconds = float(words.removesuffix("s"))
    except ValueError:
        seconds = 0.0
    if not 1 <= seconds <= 3600:
        raise RefusedError(f"every: {words[:40] or 'nothing'} is not allowed; seconds from 1 to 3600")
    desk.every_s = seconds
    desk.say(f"While it trains its state is said every {seconds:g} seconds.")


def choices(desk: Desk, words: str) -> None:
    """Say the choices again."""
    if desk.choices is None:
        desk.say("There is nothing to choose now.")
    else:
        desk.say(*desk.choices.begin())


def more(desk: Desk, words: str) -> None:
    """Say the next choices."""
    if desk.choices is None:
        desk.say("There is nothing more.")
    else:
        desk.say(*desk.choices.more())


def help_words(desk: Desk, words: str) -> None:
    """Say the words of all groups, or what one word does."""
    from tui_nn.commands.text.actions import ACTIONS, GROUPS, find_action

    if not words:
        for group in GROUPS:
            names = ", ".join(action.word for action in ACTIONS if action.group == group)
            desk.say(f"{group}: {names}.")
        desk.say("help and a word says what it does, and what it takes.")
        return
    if words.capitalize() in GROUPS:
        chosen = [action for action in ACTIONS if action.group == words.capitalize()]
        desk.say(*(f"{' '.join(filter(None, (a.word, a.takes)))}: {a.help}." for a in chosen))
        return
    found = find_action(words)
    if found is None:
        near = nearest(words, [action.word for action in ACTIONS])
        raise RefusedError(f"{words[:40]} is no word here.{f' The nearest is {near}.' if near else ''}")
    action = found[0]
    desk.say(f"{' '.join(filter(None, (action.word, action.takes)))}: {action.help}.")


def quit_program(desk: Desk, words: str) -> None:
    """Leave; ask first where something would be lost."""
    if any(run.is_worth_writing for run in desk.kept.values()):
        desk.ask("The run is not saved. yes leaves, save FILE keeps it.", lambda: desk.leave(0, True))
    else:
        desk.leave(0, is_asked_for=True)


ACTIONS = (
    Action("help", "WORD", "all words, or what one does", GROUP, help_words, ("words", "commands")),
    Action("where", "", "where you are, how the run stands, what is waited for", GROUP, where, ("status",)),
    Action("repeat", "", "the last answer again", GROUP, repeat, ("say again",)),
    Action("quiet", "", "say nothing that was not asked for", GROUP, quiet, ("silence",)),
    Action("talk", "", "say again what happens, at most a line a second", GROUP, talk),
    Action("news", "", "what happened and was not said yet", GROUP, news),
    Action("every", "SECONDS", "how often the state of a training is said", GROUP, every),
    Action("choices", "", "the numbered choices again", GROUP, choices),
    Action("more", "", "the next choices", GROUP, more),
    Action("quit", "", "leave; asks if the run is not saved", GROUP, quit_program, ("exit", "bye")),
)
