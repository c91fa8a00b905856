"""An optimizer's rule with the numbers of one parameter: what each line makes goes into the next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from tui_nn.engine import OPTIMIZERS, OptimizerKind
from tui_nn.views.walk.look.numbers import fill_in, number, one_cell_each, plain, short
from tui_nn.views.walk.look.tables import result
from tui_nn.views.walk.values import Line

REMEMBERED: Mapping[str, Callable[[Mapping[str, float]], tuple[tuple[str, float], ...]]] = {
    "momentum": lambda hyper: (("v", 1.0),),
    "nesterov": lambda hyper: (("v", 1.0),),
    "adagrad": lambda hyper: (("s", 1.0),),
    "adadelta": lambda hyper: (("s", 1.0), ("u", 1.0)),
    "rmsprop": lambda hyper: (("s", 1.0 - hyper["decay"]),),
    "adam": lambda hyper: (("m", 1.0 - hyper["beta1"]), ("v", 1.0 - hyper["beta2"])),
    "adamw": lambda hyper: (("m", 1.0 - hyper["beta1"]), ("v", 1.0 - hyper["beta2"])),
}
"""What the rows of an optimizer's state are in its formula: a letter, and the factor that makes it that."""
LETTERS = {"beta1": "β1", "beta2": "β2", "epsilon": "ε", "weight_decay": "λ", "momentum": "μ", "decay": "ρ"}
CORRECTED = ("m_hat ← m / (1 - β1^t)", "v_hat ← v / (1 - β2^t)")
"""What Adam does to its means, because they start from zero."""
PLAIN = OPTIMIZERS["sgd"].formula
WIDEST = 44
"""Cells of a line of numbers."""


@dataclass(frozen=True)
class Moved:
    """One parameter around a step."""

    p: float
    """Before it."""
    g: float
    """Its gradient, as the optimizer got it."""
    state_before: tuple[float, ...]
    """What the optimizer remembered of it, as the engine keeps that."""
    state_after: tuple[float, ...]


def rules_of(kind: OptimizerKind) -> list[str]:
    """Return the lines of a rule, such as "v ← μ v + g"; what is subtracted from p has one of its own, d."""
    text = kind.formula
    if kind.name == "adamw":
        text = f"p ← p - r λ p;  {OPTIMIZERS['adam'].formula}"
    rules: list[str] = []
    for rule in one_cell_each(text).replace(" = ", " ← ").split(";  "):
        if "_hat" in rule:
            rules += CORRECTED
        subtracted = rule.removeprefix("p ← p - ")
        rules += [rule] if subtracted in (rule, "r d") else [f"d ← {subtracted}", "p ← p - d"]
    return rules


def is_known(kind: OptimizerKind) -> bool:
    """Return whether a rule can be worked out here; another one may have been registered."""
    return kind.name in REMEMBERED or kind.formula == PLAIN


def worked(
    kind: OptimizerKind, hyper: Mapping[str, float], steps: int, rate: float, moved: Moved
) -> tuple[list[Line], float]:
    """Return the rule line by line, and the parameter after it; steps: the optimizer's, this one included."""
    values = {LETTERS.get(name, name): value for name, value in hyper.items()}
    letters = {name: plain(value) for name, value in values.items()} | {"r": plain(rate), "t": str(steps)}
    values |= {"r": rate, "t": float(steps), "p": moved.p, "g": moved.g}
    remembered = REMEMBERED[kind.name](hyper) if kind.state_rows else ()
    after = {}
    for (letter, factor), old, new in zip(remembered, moved.state_before, moved.state_after, strict=True):
        values[letter], after[letter] = old * factor, new * factor
    letters |= {name: short(values[name]) for name in ("p", "g", *after)}
    if kind.formula == PLAIN:
        right = PLAIN.partition(" ← ")[2]
        return [Line(fill_in(right, letters))], moved.p - rate * moved.g
    lines: list[Line] = []
    for rule in rules_of(kind):
        name, _, right = rule.partition(" ← ")
        values[name] = after[name] if name in after else MADE[right](values)
        lines += _line(name, fill_in(_with_complements(right, values), letters), values[name])
        letters[name] = short(values[name])
    return lines, values["p"]


def _with_complements(right: str, values: Mapping[str, float]) -> str:
    """Return a formula with numbers for 1-β and 1-ρ."""
    for name, value in values.items():
        right = right.replace(f"(1-{name})", f"{1.0 - value:.4g}")
    return right


MADE: Mapping[str, Callable[[Mapping[str, float]], float]] = {
    "p - d": lambda n: n["p"] - n["d"],
    "r v": lambda n: n["r"] * n["v"],
    "r (g + μ v)": lambda n: n["r"] * (n["g"] + n["μ"] * n["v"]),
    "r g / (√s + ε)": lambda n: n["r"] * n["g"] / (np.sqrt(n["s"]) + n["ε"]),
    "g √(u + ε) / √(s + ε)": lambda n: n["g"] * np.sqrt(n["u"] + n["ε"]) / np.sqrt(n["s"] + n["ε"]),
    "p - r d": lambda n: n["p"] - n["r"] * n["d"],
    "r λ p": lambda n: n["r"] * n["λ"] * n["p"],
    "m / (1 - β1^t)": lambda n: n["m"] / (1.0 - n["β1"] ** n["t"]),
    "v / (1 - β2^t)": lambda n: n["v"] / (1.0 - n["β2"] ** n["t"]),
    "r m_hat / (√v_hat + ε)": lambda n: n["r"] * n["m_hat"] / (np.sqrt(n["v_hat"]) + n["ε"]),
}
"""What the right sides of rules say; what is remembered comes from the engine."""


def _line(name: str, filled: str, value: float) -> list[Line]:
    """Return a formula with its numbers and what it makes, in as many lines as that takes."""
    text, made = f"{name} = {filled}", number(value).strip()
    if len(text) + 3 + len(made) <= WIDEST:
        return [Line(f"{text} = {made}")]
    if len(text) > WIDEST and (at := _break(text)):
        return [Line(text[:at]), Line(f"   {text[at:]} = {made}")]
    return [Line(text), result("", value, role="")]


def _break(text: str) -> int:
    """Return where the last term or divisor outside of parentheses begins; 0 if there is none."""
    outside = [at for at in range(len(text)) if text[:at].count("(") == text[:at].count(")")]
    return max((at for at in outside if text[at : at + 3] in (" + ", " / ")), default=0)
