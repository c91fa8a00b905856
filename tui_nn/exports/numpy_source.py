"""A Python file that needs NumPy alone: the network as a person would write it down."""

from __future__ import annotations

from tui_nn.exports.formulas import NUMPY
from tui_nn.exports.model import Layer, Model
from tui_nn.exports.source import forward_lines, function, names_of, numbers_of, prepare_lines
from tui_nn.exports.written import Written

_WINDOWS = '''
def windows(x, size, stride, zeros=((0, 0), (0, 0))):
    """Return the windows of images (n, channels, height, width): (n, channels, rows, columns, size, size)."""
    x = np.pad(x, ((0, 0), (0, 0), *zeros))
    seen = np.lib.stride_tricks.sliding_window_view(x, (size, size), (2, 3))
    return seen[:, :, ::stride, ::stride]

'''

_MAIN = '''
def predict(rows):
    """Return the outputs {shape} for raw rows (n, {n_raw}){meaning}."""
    return forward(prepare(rows))

{classify}
def read(lines):
    """Return the raw rows of a table, its columns found by the names in the first line, if it has names."""
    cells = [line.strip().split(",") for line in lines if line.strip()]
    try:
        return np.array(cells, float)
    except ValueError:
        header = [name.strip().strip('"') for name in cells[0]]
        columns = [header.index(name) for name in INPUTS] or range(len(header))
        return np.array(cells[1:], float)[:, columns]


if __name__ == "__main__":
    rows = read(sys.stdin)
    {printed}
'''

_CLASSIFY = '''
def classify(rows):
    """Return the name of the class of each raw row."""
    outputs = predict(rows)
    return [CLASSES[c] for c in {chosen}]

'''


def write_numpy(model: Model) -> Written:
    """Return the source of a module with `predict(rows)`, and beside it the weights where they are many."""
    numbers = numbers_of(model)
    text = "".join(
        (
            f'"""A network that tui-nn trained ({_shape(model)}); needs NumPy alone.\n\n',
            "predict(rows) takes raw rows; `python THIS_FILE < rows.csv` reads them from standard input.\n",
            '"""\n\nimport sys\n',
            "from pathlib import Path\n" if numbers.beside else "",
            "\nimport numpy as np\n\n",
            f"INPUTS = {list(model.input_names)!r}\n",
            f"CLASSES = {list(model.class_names)!r}\n",
            numbers.lines,
            f"\n\n{_prepare(model)}\n",
            _WINDOWS if any("kernel_size" in layer.numbers for layer in model.layers) else "",
            f"\n{_forward(model)}\n",
            _ending(model),
        )
    )
    return Written(text.encode(), numbers.beside)


def _shape(model: Model) -> str:
    return "-".join(str(layer.output_shape[0]) for layer in model.layers if layer.arrays)


def _prepare(model: Model) -> str:
    what = "features, standardized" if model.features else "raw rows in the scale of the network"
    lines = prepare_lines(model, "np", "np.asarray(rows, float)", "astype")
    return function("prepare(rows)", f"Return what the network is given: {what}.", lines)


def _forward(model: Model) -> str:
    told = "Return the outputs for inputs that are prepared, layer by layer."
    return function("forward(x)", told, forward_lines(model, _step, NUMPY))


def _step(position: int, layer: Layer) -> str:
    """Return the expression of z from x (n, ...)."""
    w, b, mean, variance = (names_of(position, name) for name in ("weights", "biases", "mean", "variance"))
    match layer.type:
        case "dense":
            flat = "x.reshape(len(x), -1)" if len(layer.input_shape) > 1 else "x"
            return f"{flat} @ {w} + {b}"
        case "conv":
            size, stride = layer.numbers["kernel_size"], layer.numbers["stride"]
            kernel = f"{w}.T.reshape(-1, {layer.input_shape[0]}, {size}, {size})"
            seen = f"windows(x, {size}, {stride}, {layer.numbers['zeros']})"
            return f"np.einsum('ncyxij,fcij->nfyx', {seen}, {kernel}, optimize=True) + {b}[:, None, None]"
        case "maxpool" | "avgpool":
            how = "max" if layer.type == "maxpool" else "mean"
            return f"windows(x, {layer.numbers['kernel_size']}, {layer.numbers['stride']}).{how}((4, 5))"
        case "batchnorm":
            at = "[:, None, None]" if len(layer.input_shape) > 1 else ""
            scale = f"({w} / np.sqrt({variance} + {layer.numbers['epsilon']}))"
            return f"(x - {mean}{at}) * {scale}{at} + {b}{at}"
        case _:
            return "x.reshape(len(x), -1)"


def _ending(model: Model) -> str:
    shape = f"(n, {model.n_outputs})"
    if not model.class_names:
        return _MAIN.format(
            shape=shape,
            n_raw=model.n_raw_inputs,
            meaning="",
            classify="",
            printed='print("\\n".join(f"{value:.9g}" for value in predict(rows)[:, 0]))',
        )
    is_single = model.n_outputs == 1
    chosen = f"(outputs[:, 0] > {model.threshold}).astype(int)" if is_single else "outputs.argmax(1)"
    meaning = f": above {model.threshold} it is CLASSES[1]" if is_single else ", one for each class"
    return _MAIN.format(
        shape=shape,
        n_raw=model.n_raw_inputs,
        meaning=meaning,
        classify=_CLASSIFY.format(chosen=chosen),
        printed="for name, row in zip(classify(rows), predict(rows)):\n"
        '        print(name, *(f"{value:.9g}" for value in row), sep=",")',
    )
