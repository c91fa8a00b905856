"""What a screen or a headless command can tell a session to do: frozen, imperative, in the order sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from tui_nn.settings.config import Config
    from tui_nn.training.checkpoint import Checkpoint
    from tui_nn.training.comparing.kept import KeptRuns
    from tui_nn.training.example import Example
    from tui_nn.training.snapshot import ViewRequest


@dataclass(frozen=True)
class Play:
    """Train until told otherwise."""


@dataclass(frozen=True)
class Pause:
    """Stop after the step under way."""


@dataclass(frozen=True)
class GoOn:
    """Train on from the moment that the run paused at, as far as it was to; do not pause there again.

    It pauses there again in another run: with other seeds, or other numbers.
    """


@dataclass(frozen=True)
class LeaveMoment:
    """Stay paused where the run has paused at a moment, which has been seen."""


@dataclass(frozen=True)
class RunSteps:
    """Train `count` steps at the set speed, then pause."""

    count: int = 1


@dataclass(frozen=True)
class RunEpochs:
    """Train to the end of the epoch under way and `count - 1` more, then pause."""

    count: int = 1


@dataclass(frozen=True)
class Rewind:
    """Pause, and show the moment so many frames later; below 0: before."""

    by: int = -1


@dataclass(frozen=True)
class RewindTo:
    """Pause, and show a certain moment of the timeline."""

    position: int | None = 0
    """0 is the first; None is the present."""


@dataclass(frozen=True)
class RewindToStep:
    """Pause, and show the first moment of the timeline that is not before a step."""

    step: int


@dataclass(frozen=True)
class Reset:
    """Start over from the first weights of the config's weights_seed, on the same data."""


@dataclass(frozen=True)
class Begin:
    """Begin a run with these settings, paused, with nothing held and no history, as a new trainer does."""

    config: Config


@dataclass(frozen=True)
class Configure:
    """Go on with these settings; what they change follows from their scopes."""

    config: Config


@dataclass(frozen=True)
class SetParameter:
    """Give one weight or bias another value, exactly."""

    layer: int
    """Position of the layer, 0 is the first after the input."""
    source: int | None
    """The input of the layer, or None for the bias."""
    unit: int
    value: float


@dataclass(frozen=True)
class HoldParameter:
    """Keep one weight or bias out of training, or let it go; layer, source and unit as in SetParameter."""

    kind: str
    """"freeze": it keeps its value; "cut": it is zero, and has its value again when it is let go."""
    layer: int
    source: int | None
    unit: int
    is_held: bool = True


@dataclass(frozen=True)
class HoldNeuron:
    """Freeze a neuron's weights and bias, or cut these and all that read it; or let them go."""

    kind: str
    """As in HoldParameter."""
    node: tuple[int, int]
    """(layer, unit); layer 0 is the input."""
    is_held: bool = True


SETTINGS_FILE = ".toml"
"""What the name of a file ends in that holds settings alone."""


@dataclass(frozen=True)
class SaveRun:
    """Write the run to a file: as it is at the moment that is shown, or as a whole; or its settings alone."""

    path: str
    """An absolute one."""
    with_timeline: bool = False
    """Whether all moments are written that can be gone back to, and the present."""


@dataclass(frozen=True, eq=False)
class UseParameters:
    """Go on with all weights and biases given, as `Network.parameters` holds them."""

    parameters: NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Rehearse:
    """Train some steps on these images, mixed with training samples."""

    images: NDArray[np.uint8]
    """(n, rows, columns)"""
    classes: NDArray[np.int64]
    steps: int


@dataclass(frozen=True)
class WalkStep:
    """Pause, and train one step on one example, as its walk has announced."""

    example: Example


@dataclass(frozen=True)
class TakeBackStep:
    """Pause, and undo the step on an example that was the last change."""


@dataclass(frozen=True)
class Recover:
    """Go back, paused, to the last good moment of a run that diverged; else to the best weights kept."""


@dataclass(frozen=True, eq=False)
class Restore:
    """Go on, paused, from a checkpoint."""

    checkpoint: Checkpoint
    timeline_path: str | None = None
    """The file of the same run, where it holds the moments before, too."""
    is_written: bool = True
    """Whether it is in a file; what is not would be lost with the run."""


@dataclass(frozen=True)
class Compute:
    """Begin to compute what takes longer than a picture, while all else goes on."""

    request: object
    """What a look is asked for it; see LongLook."""


@dataclass(frozen=True)
class CancelCompute:
    """Stop computing; what there is stays."""


@dataclass(frozen=True, eq=False)
class CompareRuns:
    """Begin a comparison of runs with these settings, paused; only a session of a comparison obeys."""

    configs: tuple[Config, ...]
    moment: Checkpoint | None = None
    """All go on from this moment of a run; None: each begins from its first weights."""


@dataclass(frozen=True, eq=False)
class RestoreRuns:
    """Go on, paused, with the runs of a comparison from where they were kept."""

    kept: KeptRuns


@dataclass(frozen=True)
class ChangeRuns:
    """Let runs of a comparison go on with other settings."""

    changes: tuple[tuple[int, Config], ...]
    """The number of each run, and its settings."""


@dataclass(frozen=True)
class AddRun:
    """Put a run into a comparison, trained as far as the others."""

    config: Config


@dataclass(frozen=True)
class DropRun:
    """Take the run of a number out of a comparison; the others keep theirs."""

    number: int


@dataclass(frozen=True)
class SelectRun:
    """Let snapshots of a comparison show the numbers of this run."""

    number: int


@dataclass(frozen=True)
class RequestSnapshot:
    """Publish one Snapshot that holds what the request names."""

    request: ViewRequest


Command = (
    Play
    | Pause
    | GoOn
    | LeaveMoment
    | RunSteps
    | RunEpochs
    | Rewind
    | RewindTo
    | RewindToStep
    | Reset
    | Begin
    | Configure
    | SetParameter
    | HoldParameter
    | HoldNeuron
    | SaveRun
    | UseParameters
    | Rehearse
    | WalkStep
    | TakeBackStep
    | Recover
    | Restore
    | Compute
    | CancelCompute
    | CompareRuns
    | RestoreRuns
    | ChangeRuns
    | AddRun
    | DropRun
    | SelectRun
    | RequestSnapshot
)
