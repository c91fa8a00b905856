"""Takes lines: does the action that a line names, or says which word is nearest to what was typed."""

from __future__ import annotations

import inspect

from tui_nn.commands.text.action import Action, RefusedError
from tui_nn.commands.text.actions import ACTIONS, find_action
from tui_nn.commands.text.desk import Desk
from tui_nn.commands.text.key_words import WORD_OF_KEY, in_words
from tui_nn.commands.text.state import run_words, state_words
from tui_nn.data import DataError
from tui_nn.engine import EngineError
from tui_nn.files.errors import FileError
from tui_nn.settings.naming import nearest
from tui_nn.settings.setting import ConfigError
from tui_nn.settings.wording import refusal_in_words

YES = ("yes", "y")


async def greet(desk: Desk, first: str) -> None:
    """Say where one is, and do what the command line asks for, which is a line; or offer what was lost."""
    with desk.voice.answering():
        desk.say("tui-nn, text mode. Type a word and enter: help says the words, where says where you are.")
        snapshot = await desk.see()
        if snapshot is not None:
            desk.say(f"{run_words(snapshot, desk.run.config)} {state_words(snapshot)}")
        if first:
            await obey(desk, first)
        else:
            await offer_lost(desk)


async def offer_lost(desk: Desk) -> None:
    """Offer the newest run that the last session lost."""
    lost = await desk.keeper.find()
    if lost is None:
        return

    async def bring_back() -> None:
        from tui_nn.training.remote.run_files import load

        await desk.go_to(lost.screen)
        path = desk.keeper.adopt(lost, lost.screen)
        await load(desk.run, str(path), name=f"the last run ({lost.words})")

    desk.refused = lambda: desk.keeper.refuse(lost)
    desk.ask(f"The last run was not saved ({lost.words}). yes opens it.", bring_back)


async def talk(desk: Desk) -> None:
    """Do what lines say, one after the other, until it is left or there are no more."""
    while desk.status is None:
        line = await desk.next_line()
        if line is None:
            desk.leave(0)
        elif desk.status is None:
            await obey(desk, line)


async def obey(desk: Desk, line: str) -> None:
    """Do what a line says; say why not where that cannot be."""
    desk.is_asked_to_leave = False
    if not (repeats := find_action(line)) or repeats[0].word != "repeat":
        desk.voice.begin_answer()
    with desk.voice.answering():
        try:
            await _do(desk, line)
        except RefusedError as error:
            desk.say(in_words(str(error)))
        except ConfigError as error:
            desk.say(f"{refusal_in_words(error)}.")
        except (FileError, DataError, EngineError, ValueError) as error:
            desk.say(f"{in_words(str(error)).rstrip('.')}.")


async def _do(desk: Desk, line: str) -> None:
    awaited, desk.awaited = desk.awaited, None
    if awaited is not None:
        if line:
            await _finished(awaited(line))
        else:
            desk.say("Nothing typed, nothing changed.")
        return
    question, desk.question = desk.question, None
    refused, desk.refused = desk.refused, None
    if question is not None:
        if line.casefold() in YES:
            await _finished(question())
            return
        if refused is not None:
            refused()
        if line.casefold() in ("no", ""):
            desk.say("Left as it is.")
            return
    if not line:
        return
    if line.isdecimal() and desk.choices is not None:
        choice = desk.choices.find(int(line[:9]))
        if choice is None:
            raise RefusedError(f"{line[:9]} is no choice; choices says them")
        await _finished(choice.take())
        return
    if desk.lesson is not None and desk.lesson.playing.chooses and _is_number(line):
        await desk.lesson.answer(line)
        return
    found = find_action(line)
    if found is None:
        raise RefusedError(unknown(line))
    action, rest = found
    if rest and not action.takes:
        raise RefusedError(f"{action.word} takes no words behind it; {rest[:40]} was typed")
    await _finished(action.do(desk, rest))
    if desk.lesson is not None:
        for key in counted(action, rest):
            desk.lesson.pressed(key)


def _is_number(line: str) -> bool:
    try:
        float(line.replace("%", ""))
    except ValueError:
        return False
    return True


async def _finished(result: object) -> None:
    if inspect.isawaitable(result):
        await result


def counted(action: Action, rest: str) -> tuple[str, ...]:
    """Return the keys of the screen that an action counts as in a lesson."""
    if action.counts is not None:
        return action.counts(rest)
    return tuple(key for key, word in WORD_OF_KEY.items() if word == action.word)[:1]


def unknown(line: str) -> str:
    """Return that a line names no action, with the nearest one."""
    names = [name for action in ACTIONS for name in (action.word, *action.others)]
    words = line.split()
    found = nearest(" ".join(words[:2]), names) or nearest(words[0], names)
    near = f" The nearest word is {found}." if found else ""
    return f"{line[:60]} is no word here.{near} help says all words."
