"""`tui-nn explain`: a word of the field with its formula, or which neurons of a model matter."""

from __future__ import annotations

import json
import os
import textwrap
from collections.abc import Sequence
from typing import Any

from tui_nn.commands.ablation import explain_ablation
from tui_nn.commands.models import MODEL_HELP
from tui_nn.files.visible import say
from tui_nn.lessons.course import language_of
from tui_nn.lessons.glossary import Glossary, Term, shipped_glossary
from tui_nn.settings.flags import Parser, UsageError

COLUMNS = 80
ONE_MODEL = "explain --ablation needs one model file, which `tui-nn train --save FILE` writes, or default"


def make_parser() -> Parser:
    """Return the parser of `tui-nn explain`."""
    parser = Parser(
        prog="tui-nn explain",
        usage="tui-nn explain [TERM] [--json]\n       tui-nn explain MODEL --ablation [--json]",
        description="Explain a word of the field: one sentence and one formula. Without a word: all of them. "
        "With --ablation: what a saved network loses when one hidden neuron after the other is silent.",
    )
    parser.add_argument("words", metavar="TERM", nargs="*", help="such as: learning rate")
    parser.add_argument(
        "--ablation",
        action="store_true",
        help="loss and accuracy of a model on its test rows without each of its hidden neurons and filters; "
        f"in place of TERM stands MODEL: {MODEL_HELP}",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def main(words: Sequence[str]) -> int:
    """Print a term, or all of them, or the ablation of a model. Raises FileError."""
    arguments = make_parser().parse_intermixed_args(list(words))  # a flag may stand among the words
    if arguments.ablation:
        if len(arguments.words) != 1:
            raise UsageError(ONE_MODEL)
        explain_ablation(arguments.words[0], arguments.json)
        return 0
    glossary = shipped_glossary(language_of(os.environ))
    if not arguments.words:
        _list(glossary, arguments.json)
    else:
        _explain(glossary, " ".join(arguments.words), arguments.json)
    return 0


def _list(glossary: Glossary, is_json: bool) -> None:
    terms = glossary.terms.values()
    if is_json:
        say(json.dumps({"terms": [_as_json(term, glossary) for term in terms]}))
    else:
        for term in terms:
            say(*_wrapped(f"{term.name}: {term.meaning}", first=""))


def _explain(glossary: Glossary, wanted: str, is_json: bool) -> None:
    term = glossary.find(wanted)
    if term is None and wanted.endswith(".npz"):
        raise UsageError(
            f"{wanted} is no word of the glossary; of a saved network --ablation tells what matters"
        )
    if term is None:
        near = glossary.near(wanted)
        meant = f"the nearest: {', '.join(near)}; " if near else ""
        raise UsageError(f"{wanted} is not in the glossary; {meant}tui-nn explain lists all")
    if is_json:
        say(json.dumps(_as_json(term, glossary)))
        return
    say(term.name, *_wrapped(term.meaning), *_wrapped(term.formula))
    if term.also:
        say(*_wrapped(f"also called: {', '.join(term.also)}"))
    if term.see:
        say(*_wrapped(f"see also: {', '.join(other.name for other in glossary.see(term))}"))


def _wrapped(text: str, first: str = "    ") -> list[str]:
    return textwrap.wrap(
        text, COLUMNS, initial_indent=first, subsequent_indent="    ", break_on_hyphens=False
    )


def _as_json(term: Term, glossary: Glossary) -> dict[str, Any]:
    return {
        "term": term.name,
        "meaning": term.meaning,
        "formula": term.formula,
        "also": list(term.also),
        "see": [other.name for other in glossary.see(term)],
    }
