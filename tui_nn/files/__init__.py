"""The doors through which every file goes, with no more than the standard library behind them.

    full_path(text)                 paths      what a person calls a file, as an absolute path
    opened(path), read_bytes, ...   reading    regular files alone, up to a size, never blocking
    replaced(path)                  writing    whole or not at all, where a link leads, mode and owner kept
    locked(folder)                  locking    one process at a time

Whatever goes wrong is a FileError: one sentence for a person.
"""
