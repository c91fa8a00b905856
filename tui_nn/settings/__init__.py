"""The one list of settings: values, presets, flags, words for changes."""
