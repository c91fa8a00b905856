"""Every key of the program in one table: bindings, help page, command palette, keymaps are made from it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Action:
    """Something a key does."""

    name: str
    """The action's method, without its `action_`; with arguments as Textual writes them."""
    keys: tuple[str, ...]
    """Names of keys as Textual gives them; the first is the one that is shown."""
    shown: str
    """How the keys are written for a person."""
    label: str
    """One or two words for the key line; empty: not shown there."""
    help: str
    group: str
    priority: bool = False
    """Whether the key works even where a field or a pop-up takes keys."""


RUN = "Run"
TIME = "Time"
SETTINGS = "Change"
VIEW = "Look"
RECOVER = "Recover"
SCREENS = "Screens"
LESSON = "Lesson"
PROGRAM = "Program"

ACTIONS: tuple[Action, ...] = (
    Action("run('toggle')", ("space",), "space", "run/pause", "run or pause the training", RUN),
    Action("run('step')", ("s",), "s", "step", "pause, then train one step", RUN),
    Action("run('epoch')", ("e",), "e", "epoch", "pause, then train to the end of the epoch", RUN),
    Action("run('epochs')", ("n",), "n", "", "pause, then train N epochs (N is the setting `epochs`)", RUN),
    Action("run('reset')", ("r",), "r", "reset", "reset to the same initial weights", RUN),
    Action("run('reset_to_new_weights')", ("R",), "R", "", "reset to new initial weights", RUN),
    Action("run('draw_new_data')", ("g",), "g", "new data", "generate new data; weights stay", RUN),
    Action("screen.teach", ("T",), "T", "", "teaching: pause at each moment, explain it; or no more", RUN),
    Action("run('rewind', -1)", ("comma",), ",", "", "pause and go one moment back", TIME),
    Action("run('rewind', 1)", ("full_stop",), ".", "", "one moment forward", TIME),
    Action(
        "run('rewind_to', 0)", ("0",), "0", "", "go to the first moment; Compare: begin at the start", TIME
    ),
    Action("run('rewind_to')", ("9",), "9", "", "return to the latest step; Compare: begin from there", TIME),
    Action("run('replay')", ("semicolon",), ";", "", "replay the run, or stop", TIME),
    Action("screen.save(True)", ("W",), "W", "", "save the run with its history", TIME),
    Action(
        "run('nudge', 'learning_rate', -1)",
        ("left_square_bracket", "less_than_sign"),
        "[ <",
        "",
        "lower the learning rate",
        SETTINGS,
    ),
    Action(
        "run('nudge', 'learning_rate', 1)",
        ("right_square_bracket", "greater_than_sign"),
        "] >",
        "",
        "raise the learning rate",
        SETTINGS,
    ),
    Action("run('nudge', 'speed', -1)", ("minus",), "-", "", "train slower", SETTINGS),
    Action(
        "run('nudge', 'speed', 1)", ("plus", "equals_sign"), "+ =", "", "train faster, up to full", SETTINGS
    ),
    Action("run('nudge', 'hidden_sizes', 1)", ("h",), "h", "", "add a hidden layer of two neurons", SETTINGS),
    Action("run('nudge', 'hidden_sizes', -1)", ("H",), "H", "", "remove the last hidden layer", SETTINGS),
    Action(
        "screen.neuron(1)",
        ("u",),
        "u",
        "",
        "add a neuron to the layer under the cursor; Compare: a run",
        SETTINGS,
    ),
    Action(
        "screen.neuron(-1)",
        ("U",),
        "U",
        "",
        "remove a neuron from that layer; Compare: drop the run",
        SETTINGS,
    ),
    Action(
        "screen.settings",
        ("c",),
        "c",
        "",
        "edit settings: letters go to a row; digits . and - type a value",
        SETTINGS,
    ),
    Action(
        "screen.hold('freeze')",
        ("F",),
        "F",
        "",
        "freeze or unfreeze the selected weight or neuron",
        SETTINGS,
    ),
    Action(
        "screen.hold('cut')",
        ("X",),
        "X",
        "",
        "cut (set to zero) or restore the selected weight or neuron",
        SETTINGS,
    ),
    Action("run('undo')", ("ctrl+z",), "ctrl+z", "", "undo the last change of settings or weights", SETTINGS),
    Action("run('redo')", ("ctrl+y",), "ctrl+y", "", "redo", SETTINGS),
    Action("app.focus_next", ("tab",), "tab", "", "next panel; arrows and enter work inside it", VIEW),
    Action("app.focus_previous", ("shift+tab",), "shift+tab", "", "previous panel", VIEW),
    Action("screen.back", ("escape",), "escape", "", "back: leave a neuron, a panel or the zoom", VIEW),
    Action("screen.zoom", ("z",), "z", "", "zoom the focused panel, or unzoom", VIEW),
    Action("screen.swap", ("Z",), "Z", "", "the network and the map change places", VIEW),
    Action(
        "screen.show('test')",
        ("t",),
        "t",
        "",
        "test points on or off; Digits: all or misclassified",
        VIEW,
    ),
    Action(
        "screen.sample(-1)", ("left_curly_bracket", "left_parenthesis"), "{ (", "", "previous sample", VIEW
    ),
    Action("screen.sample(1)", ("right_curly_bracket", "right_parenthesis"), "} )", "", "next sample", VIEW),
    Action("screen.misclassified(-1)", ("J",), "J", "", "previous misclassified sample", VIEW),
    Action("screen.misclassified(1)", ("j",), "j", "", "next misclassified sample", VIEW),
    Action("screen.show('discrete')", ("d",), "d", "", "predicted classes or confidence on the map", VIEW),
    Action("screen.show('truth')", ("p",), "p", "", "true values beside the prediction, on or off", VIEW),
    Action("screen.show('log')", ("l",), "l", "", "loss on a log or linear scale", VIEW),
    Action("screen.show('recent')", ("L",), "L", "", "curves of the last quarter or the whole run", VIEW),
    Action(
        "screen.next_view",
        ("v",),
        "v",
        "",
        "network colors: activations, weights, gradients; Digits: view",
        VIEW,
    ),
    Action(
        "screen.show('flow')",
        ("k",),
        "k",
        "",
        "flow marks along the links, on or off",
        VIEW,
    ),
    Action("ascii", ("a",), "a", "", "plain ASCII or block characters", VIEW),
    Action(
        "run('recover')",
        ("b",),
        "b",
        "",
        "after divergence: to the last good step; else to better weights",
        RECOVER,
    ),
    Action(
        "run('recover', 'learning_rate')", ("B",), "B", "", "same, with a tenth of the learning rate", RECOVER
    ),
    Action(
        "run('recover', 'clip_norm')", ("x",), "x", "", "same, with the gradient norm clipped to 1", RECOVER
    ),
    Action(
        "open('playground')", ("1", "f1"), "1 f1", "", "Playground: small networks on 2-D points", SCREENS
    ),
    Action("open('digits')", ("2", "f2"), "2 f2", "", "Digits: draw digits and see them classified", SCREENS),
    Action("open('inside')", ("3", "f3"), "3 f3", "", "Inside: every number inside the network", SCREENS),
    Action("open('space')", ("4", "f4"), "4 f4", "", "Space: the network in 3-D", SCREENS),
    Action("course", ("5", "f5"), "5 f5", "", "Lessons: the course, or back from a lesson", SCREENS),
    Action("compare('')", ("6", "f6"), "6 f6", "", "Compare: runs side by side", SCREENS),
    Action(
        "compare('cursor')",
        ("C",),
        "C",
        "",
        "compare values of the setting under the cursor, or learning rates",
        SCREENS,
    ),
    Action(
        "compare('seeds')", ("A",), "A", "", "again with ten seeds of the weights: how much is luck", SCREENS
    ),
    Action("sweep", ("V",), "V", "", "the sweep that was opened (o): its table, or back to it", SCREENS),
    Action("screen.page(1)", ("m",), "m", "", "Inside: next page", SCREENS),
    Action("screen.page(-1)", ("M",), "M", "", "Inside: previous page", SCREENS),
    Action(
        "screen.example",
        ("E",),
        "E",
        "",
        "Inside: choose or type the example shown; Compare: type the values",
        SCREENS,
    ),
    Action("walk", ("f",), "f", "", "walk an example through the network, or stop", SCREENS),
    Action("screen.code", ("y",), "y", "", "Walk: source code of the stage", SCREENS),
    Action("screen.label", ("i",), "i", "", "Digits: label your drawing and save it", SCREENS),
    Action("screen.rehearse", ("I",), "I", "", "Digits: train on your drawings", SCREENS),
    Action("lesson('next')", ("8",), "8", "", "lesson: go on to the next step", LESSON),
    Action("lesson('back')", ("7",), "7", "", "lesson: one step back", LESSON),
    Action("lesson('hint')", ("K",), "K", "", "lesson: a hint", LESSON),
    Action("lesson('show')", ("S",), "S", "", "lesson: show me; does not count as solved", LESSON),
    Action("lesson('again')", ("G",), "G", "", "lesson: begin the step again", LESSON),
    Action("lesson('text')", ("D",), "D", "", "lesson: unfold or fold the text", LESSON),
    Action("screen.save", ("w",), "w", "", "save the run to a file: settings, weights, curves", PROGRAM),
    Action(
        "screen.share", ("Y",), "Y", "", "share the run: one line, also for the terminal's clipboard", PROGRAM
    ),
    Action("screen.load", ("o",), "o", "", "open a saved run, paused, or the journal of a sweep", PROGRAM),
    Action(
        "command_palette",
        ("colon", "ctrl+p"),
        ": ctrl+p",
        "",
        "find actions, settings, data sets, presets by name",
        PROGRAM,
    ),
    Action(
        "explain('')",
        ("question_mark",),
        "?",
        "help",
        "what the panel shows, its words; again: all keys",
        PROGRAM,
    ),
    Action("leave", ("q",), "q", "quit", "quit; asks if the run is not saved", PROGRAM),
    Action("leave_at_once", ("ctrl+q",), "ctrl+q", "", "quit, from anywhere", PROGRAM, priority=True),
    Action("interrupt", ("ctrl+c",), "ctrl+c", "", "press twice to quit", PROGRAM, priority=True),
)
