"""Where the stylesheets are: inside a wheel, or at the top of a checkout."""

from pathlib import Path, PurePath

_PACKAGE = Path(__file__).parents[1]
_IN_WHEEL = _PACKAGE / "styles"
_IN_CHECKOUT = _PACKAGE.parents[1] / "styles"


def stylesheets(*names: str) -> list[str | PurePath]:
    """Return the paths of the stylesheets with these names, without ".tcss".

    They are in the order of the names; a later one overrides an earlier one.
    """
    folder = _IN_WHEEL if _IN_WHEEL.is_dir() else _IN_CHECKOUT
    return [folder / f"{name}.tcss" for name in names]
