"""Addresses of TensorFlow Playground (playground.tensorflow.org): read as settings, made from settings."""
