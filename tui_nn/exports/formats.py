"""FORMATS: what a trained network can be exported as."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tui_nn.exports.arrays import write_json, write_npz, write_safetensors
from tui_nn.exports.history import write_history
from tui_nn.exports.model import Model, model_of
from tui_nn.exports.numpy_source import write_numpy
from tui_nn.exports.onnx_graph import write_onnx
from tui_nn.exports.torch_source import write_torch
from tui_nn.exports.written import Written
from tui_nn.training.saved_run import SavedRun


@dataclass(frozen=True)
class Format:
    """One form of an export."""

    name: str
    suffix: str
    """The ending of its files."""
    write: Callable[[SavedRun], Written]
    """Raises ExportError, EngineError."""
    help: str


def _of_model(write: Callable[[Model], Written]) -> Callable[[SavedRun], Written]:
    return lambda run: write(model_of(run))


_ALL = (
    Format("json", ".json", _of_model(write_json), "layer types and arrays as lists"),
    Format("npz", ".npz", _of_model(write_npz), "the arrays by name, for NumPy"),
    Format("safetensors", ".safetensors", _of_model(write_safetensors), "the arrays by name (extra: export)"),
    Format("onnx", ".onnx", _of_model(write_onnx), "a graph for onnxruntime and others (extra: export)"),
    Format("numpy", ".py", _of_model(write_numpy), "a Python file that needs NumPy alone"),
    Format("torch", ".py", _of_model(write_torch), "a Python file with a PyTorch module"),
    Format("csv", ".csv", write_history, "the history of the run: losses and accuracies by step"),
)

FORMATS = {entry.name: entry for entry in _ALL}
BY_ENDING = {entry.suffix: entry.name for entry in reversed(_ALL)}
"""Ending -> format, the first of those that share one."""
