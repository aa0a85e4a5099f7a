"""Finds the line of a setting in a TOML text, for messages about it."""


def line_of(content: str, table: str, key: str) -> int:
    """Return the number of the line of a TOML text that sets a key in a table; 0 if none is found.

    `table` is "" for keys before the first table.
    """
    here = ""
    for number, line in enumerate(content.splitlines(), 1):
        stripped = line.strip()
        if stripped.startswith("["):
            here = stripped.strip("[]").partition("#")[0].strip().rstrip("]").replace('"', "")
        name = stripped.partition("=")[0].strip().strip("\"'")
        full = f"{here}.{name}" if here else name
        if "=" in stripped and full == (f"{table}.{key}" if table else key):
            return number
    return 0
