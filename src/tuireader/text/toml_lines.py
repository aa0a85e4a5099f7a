"""Finds the line of a setting in a TOML text, for messages about it."""


def line_of(content: str, table: str, key: str) -> int:
    """Return the number of the line of a TOML text that sets a key in a table; 0 if none is found.

    `table` is "" for keys before the first table. The key may be a table itself, whose heading is
    found then, or the first key in it.
    """
    here, wanted, near = "", f"{table}.{key}" if table else key, 0
    for number, line in enumerate(content.splitlines(), 1):
        stripped = line.strip()
        if stripped.startswith("["):
            full = here = _plain(stripped.partition("#")[0].strip().strip("[]"))
        elif "=" in stripped:
            name = _plain(stripped.partition("=")[0])
            full = f"{here}.{name}" if here else name
        else:
            continue
        if full == wanted:
            return number
        if not near and f"{full}.".lower().startswith(f"{wanted}.".lower()):
            near = number
    return near


def _plain(name: str) -> str:
    """Return a name in TOML without the quotation marks and spaces of its parts."""
    return name.strip().replace('"', "").replace("'", "").replace(" ", "")
