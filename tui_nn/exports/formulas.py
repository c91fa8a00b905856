"""The activations in the words of NumPy, PyTorch and ONNX; a test holds each against the engine's own."""

from __future__ import annotations

NUMPY = {
    "linear": "z",
    "step": "(z > 0).astype(z.dtype)",
    "sigmoid": "0.5 + 0.5 * np.tanh(0.5 * z)",
    "tanh": "np.tanh(z)",
    "relu": "np.maximum(z, 0)",
    "leaky_relu": "np.maximum(z, 0.01 * z)",
    "elu": "np.maximum(z, 0) + np.expm1(np.minimum(z, 0))",
    "selu": "1.0507009873554805 * (np.maximum(z, 0) + 1.6732632423543772 * np.expm1(np.minimum(z, 0)))",
    "gelu": "0.5 * z * (1 + np.tanh(np.sqrt(2 / np.pi).astype(z.dtype) * (z + 0.044715 * z * z * z)))",
    "silu": "z * (0.5 + 0.5 * np.tanh(0.5 * z))",
    "softplus": "np.logaddexp(0, z)",
    "softsign": "z / (1 + np.abs(z))",
    "mish": "z * np.tanh(np.logaddexp(0, z))",
    "sine": "np.sin(z)",
    "gaussian": "np.exp(-z * z)",
    "softmax": "(e := np.exp(z - z.max(1, keepdims=True))) / e.sum(1, keepdims=True)",
}

TORCH = {
    "linear": "z",
    "step": "(z > 0).to(z.dtype)",
    "sigmoid": "torch.sigmoid(z)",
    "tanh": "torch.tanh(z)",
    "relu": "torch.relu(z)",
    "leaky_relu": "F.leaky_relu(z, 0.01)",
    "elu": "F.elu(z)",
    "selu": "F.selu(z)",
    "gelu": "F.gelu(z, approximate='tanh')",
    "silu": "F.silu(z)",
    "softplus": "F.softplus(z)",
    "softsign": "F.softsign(z)",
    "mish": "F.mish(z)",
    "sine": "torch.sin(z)",
    "gaussian": "torch.exp(-z * z)",
    "softmax": "torch.softmax(z, 1)",
}

FEATURES = {
    "x": "p[:, 0]",
    "y": "p[:, 1]",
    "x2": "p[:, 0] ** 2",
    "y2": "p[:, 1] ** 2",
    "xy": "p[:, 0] * p[:, 1]",
    "sinx": "{library}.sin(p[:, 0])",
    "siny": "{library}.sin(p[:, 1])",
    "cosx": "{library}.cos(p[:, 0])",
    "cosy": "{library}.cos(p[:, 1])",
}
"""What is made of a point p (n, 2); NumPy and PyTorch write it alike."""
