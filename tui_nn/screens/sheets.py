"""What stands on a sheet of help, as lines of text that are broken for a width; nothing here is Textual's."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rich.text import Text

from tui_nn.lessons.about import About
from tui_nn.lessons.glossary import Glossary, Term
from tui_nn.render.cells import wrap
from tui_nn.settings.moments import MOMENTS
from tui_nn.settings.wording import capitalized
from tui_nn.training.moments.log import Moment

Lines = Callable[[int], list[Text]]
INDENT = 2


@dataclass(frozen=True)
class Sheet:
    """One sheet."""

    title: str
    lines: Lines
    """Returns its lines, each of at most so many cells; an empty one may be left out where room is short."""


def about_sheet(about: About, glossary: Glossary) -> Sheet:
    """Return what is said of a screen, a page or a panel: what it shows, its words, its keys."""

    def lines(width: int) -> list[Text]:
        found = [*_wrapped(about.shows, width), Text()]
        for key in about.words:
            found += _explained(glossary.terms[key], width)
        found.append(Text())
        keys_width = max(len(keys) for keys, _ in about.keys)
        for keys, words in about.keys:
            found += key_lines(keys, words, keys_width, width)
        return found

    return Sheet(about.name, lines)


def term_sheet(term: Term, glossary: Glossary) -> Sheet:
    """Return what is said of a term."""

    def lines(width: int) -> list[Text]:
        found = [*_wrapped(term.meaning, width), Text(), *_wrapped(term.formula, width, "bold"), Text()]
        if term.also:
            found += _wrapped(f"Also called: {', '.join(term.also)}.", width)
        if term.see:
            found += _wrapped(f"See also: {', '.join(other.name for other in glossary.see(term))}.", width)
        return found

    return Sheet(term.name, lines)


def moment_lines(
    moments: Sequence[Moment], abouts: Mapping[str, About], glossary: Glossary, width: int, height: int
) -> list[Text]:
    """Return what moments are, what was seen, what helps; and their words within `height` lines."""
    found: list[Text] = []
    words: list[str] = []
    for moment in moments:
        kind, about = MOMENTS[moment.kind], abouts.get(moment.kind)
        if len(moments) > 1:
            found += _wrapped(capitalized(kind.label), width, "bold")
        found += _wrapped(kind.help if about is None else about.shows, width)
        found += _wrapped(f"Here: {moment.what}.", width, "bold")
        if moment.advice:
            found += _wrapped(f"{moment.advice}.", width)
        words += about.words if about is not None else ()
    for key in dict.fromkeys(words):
        explained = _explained(glossary.terms[key], width)
        if len(found) + len(explained) <= height:
            found += explained
    return found


def key_lines(keys: str, words: str, keys_width: int, width: int) -> list[Text]:
    """Return keys and what they do; words that have no room go on below themselves."""
    parts = wrap(words, max(1, width - keys_width - 2 * INDENT)) or [""]
    heads = [keys, *[""] * (len(parts) - 1)]
    return [
        Text.assemble((f"{'':{INDENT}}{head:<{keys_width}}{'':{INDENT}}", "bold"), part)
        for head, part in zip(heads, parts, strict=True)
    ]


def _explained(term: Term, width: int) -> list[Text]:
    """Return a term's sentence behind its name, and its formula below."""
    first, *rest = wrap(f"{term.name}: {term.meaning}", width)
    head = Text(first)
    head.stylize("bold", 0, len(term.name) + 1)
    formula = [Text(f"{'':{INDENT}}{part}") for part in wrap(term.formula, max(1, width - INDENT))]
    return [head, *map(Text, rest), *formula]


def _wrapped(text: str, width: int, style: str = "") -> list[Text]:
    return [Text(part, style=style) for part in wrap(text, width)]
