"""The warnings about values of the settings file that cannot be used."""

from collections.abc import Collection, Iterable
from pathlib import Path

from tuireader.text.messages import shortened

MAX_SHOWN = 60
"""Characters of a value that a warning shows."""

_SELECTOR = "a selector (tag, .class, #id or an XPath)"


def place_in(path: Path, line: int) -> str:
    """Return the settings file and a line of it, for the start of a sentence; 0 is no line."""
    return f"{path}, line {line}" if line else str(path)


def unusable(
    path: Path,
    key: str,
    value: object,
    *,
    allowed: str,
    instead: str,
    known: Collection[str] = (),
    line: int = 0,
) -> str:
    """Return the warning for a value of the settings that cannot be used, as a sentence.

    Args:
        path: The settings file.
        key: The name of the setting.
        value: The value that is in the file.
        allowed: What the value must be, such as "a whole number from 20 to 200".
        instead: What is done instead, as a clause: "72 is used".
        known: The valid values, of which the most similar one is suggested; () for none.
        line: The line of the file; 0 if it is not known.
    """
    meant = nearest(value, known)
    hint = f" Did you mean “{meant}”?" if meant else ""
    where = place_in(path, line)
    return f"{where}: {key} must be {allowed}; {shown(value)} is ignored, and {instead}.{hint}"


def one_of(values: Iterable[str]) -> str:
    """Return a list of allowed values in words for a warning: `one of “a”, “b”`."""
    return f"one of {', '.join(f'“{value}”' for value in values)}"


def unusable_selector(path: Path, site: str, selector: object, line: int = 0) -> str:
    """Return the warning for a site in the settings whose selector is not valid.

    `line` is the line of the file, 0 if it is not known.
    """
    key, instead = f"“{site}” in [sites]", "its pages are read as usual"
    return unusable(path, key, selector, allowed=_SELECTOR, instead=instead, line=line)


def nearest(value: object, known: Collection[str]) -> str:
    """Return the known value that is most similar to an invalid one; "" if none is similar."""
    if not known or not isinstance(value, str):
        return ""
    from difflib import get_close_matches  # noqa: PLC0415 - only for what is wrong

    return next(iter(get_close_matches(value[:MAX_SHOWN].lower(), known, 1)), "")


def shown(value: object) -> str:
    """Return a value for a warning: on one line, and shortened to `MAX_SHOWN` characters."""
    if isinstance(value, dict | list):
        return "a table" if isinstance(value, dict) else "a list"
    if isinstance(value, str):
        return f"“{shortened(value, MAX_SHOWN)}”"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) and abs(value) > 10**MAX_SHOWN:  # str() refuses very large ones
        return "a number that large"
    return shortened(str(value), MAX_SHOWN)
