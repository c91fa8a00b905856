"""The headless commands, one a file; none imports Textual."""

from __future__ import annotations

COMMANDS = {
    "train": "train without a screen and print the result",
    "predict": "predict with a saved network",
    "evaluate": "how good a saved network is, with what it is sure of and what it mixes up",
    "export": "a saved network as JSON, NumPy, PyTorch, ONNX, safetensors; its history as CSV",
    "view": "a picture of a saved run as text, in colors or as SVG",
    "share": "a saved run as one line to hand on",
    "config": "the settings of a saved run as a file for --config",
    "session": "a run that a program drives, JSON lines both ways",
    "sweep": "train many runs that differ in some settings, on all cores or a cluster",
    "walk": "one example forward and backward, with every number",
    "data": "download MNIST, the classic handwritten digits",
    "gradcheck": "check gradients numerically, layer by layer",
    "explain": "a word of the field with its formula; which neurons of a saved network matter",
    "lesson": "play a lesson, write one, prove one",
    "doctor": "look at terminal, machine and folders, with what to change",
    "status": "the sessions of yours that are running",
    "keys": "every key with what it does, as a file to change and to use with --keys",
    "completion": "what lets bash, zsh or fish complete words",
    "man": "the manual page",
    "bench": "measure how fast the presets train on this machine",
}
"""Headless commands: each is the module of that name here."""
