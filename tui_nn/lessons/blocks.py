"""A lesson's file cut into its parts, each with the line it begins in: the head, then steps.

+++                  the head, TOML
title = "..."
+++
## A step            its title
Words.               its text
```toml              its task, if there is one
do = "press"
```
Words.               what is said when the task is done
---                  the next step
"""

from __future__ import annotations

from dataclasses import dataclass

from tui_nn.files.visible import visible
from tui_nn.lessons.problems import LessonError, Problem

FENCE, RULE, HEAD, TITLE = "```", "---", "+++", "## "


@dataclass(frozen=True)
class Block:
    """Lines of a file."""

    line: int
    """The number of the first one."""
    text: str


@dataclass(frozen=True)
class StepBlocks:
    """What one step consists of."""

    line: int
    title: str
    body: Block
    task: Block | None
    after: Block


def cut(file: str, text: str) -> tuple[Block, list[StepBlocks]]:
    """Return head and steps of a lesson's file; raise LessonError."""
    lines = text.replace("\r\n", "\n").split("\n")
    _refuse_controls(file, lines)
    if lines[0].strip() != HEAD:
        raise LessonError(
            [Problem(file, 1, f"a lesson begins with a line {HEAD}, and its head ends with another")]
        )
    ends = [number for number, line in enumerate(lines[1:], 2) if line.strip() == HEAD]
    if not ends:
        raise LessonError([Problem(file, 1, f"the head has no end: a second line {HEAD} is missing")])
    end = ends[0]
    head = Block(2, "\n".join(lines[1 : end - 1]))
    return head, [_step(file, start, part) for start, part in _parts(lines, end)]


def _refuse_controls(file: str, lines: list[str]) -> None:
    for number, line in enumerate(lines, 1):
        plain = line.replace("\t", " ")
        if visible(plain) != plain:
            found = next(character for character in plain if visible(character) != character)
            words = f"{visible(found)} is a control character; a lesson is plain text"
            raise LessonError([Problem(file, number, words)])


def _parts(lines: list[str], start: int) -> list[tuple[int, list[str]]]:
    """Return what stands between rules, but for those inside of a fence; `start` lines come before."""
    parts: list[tuple[int, list[str]]] = [(start + 1, [])]
    is_inside = False
    for number, line in enumerate(lines[start:], start + 1):
        if line.startswith(FENCE):
            is_inside = not is_inside
        if line.strip() == RULE and not is_inside:
            parts.append((number + 1, []))
        else:
            parts[-1][1].append(line)
    return parts


def _step(file: str, start: int, lines: list[str]) -> StepBlocks:
    numbered = list(enumerate(lines, start))
    while numbered and not numbered[0][1].strip():
        numbered.pop(0)
    if not numbered or not numbered[0][1].startswith(TITLE) or not numbered[0][1][len(TITLE) :].strip():
        at = numbered[0][0] if numbered else start
        raise LessonError([Problem(file, at, f"a step begins with its title: {TITLE}A short title")])
    line, title = numbered[0][0], numbered[0][1][len(TITLE) :].strip()
    fences = [number for number, text in numbered if text.startswith(FENCE)]
    if not fences:
        return StepBlocks(line, title, _block(numbered[1:], line + 1), None, Block(line, ""))
    opening = dict(numbered)[fences[0]].strip()
    if opening != f"{FENCE}toml":
        raise LessonError([Problem(file, fences[0], f"a task stands between {FENCE}toml and {FENCE}")])
    if len(fences) != 2:
        words = "the task has no end" if len(fences) == 1 else "a step has one task"
        raise LessonError([Problem(file, fences[min(2, len(fences) - 1)], words)])
    first, last = fences
    body = [pair for pair in numbered[1:] if pair[0] < first]
    task = [pair for pair in numbered if first < pair[0] < last]
    after = [pair for pair in numbered if pair[0] > last]
    return StepBlocks(
        line, title, _block(body, line + 1), _block(task, first + 1, strips=False), _block(after, last + 1)
    )


def _block(numbered: list[tuple[int, str]], line: int, strips: bool = True) -> Block:
    while strips and numbered and not numbered[0][1].strip():
        numbered = numbered[1:]
    text = "\n".join(text for _, text in numbered)
    return Block(numbered[0][0] if numbered else line, text.rstrip() if strips else text)
