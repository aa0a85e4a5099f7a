"""Where the stylesheets are."""

from pathlib import Path, PurePath

_PACKAGE = Path(__file__).parents[1]
_IN_WHEEL = _PACKAGE / "styles"
_IN_CHECKOUT = _PACKAGE.parents[1] / "styles"


def stylesheets(*names: str) -> list[str | PurePath]:
    """The paths of the named stylesheets, in the order of the cascade."""
    folder = _IN_WHEEL if _IN_WHEEL.is_dir() else _IN_CHECKOUT
    return [folder / f"{name}.tcss" for name in names]
