"""Where the stylesheets are, inside a wheel or at the top of a checkout; and their parsed rules."""

import contextlib
import os
import pickle
from pathlib import Path, PurePath

from textual.css import model, parse, styles
from textual.css.stylesheet import Stylesheet

from tuireader.app.start_cache import StartCache
from tuireader.ui.textual_compat import Rules, parsed_rules, put_parsed_rules, variables_of

_PACKAGE = Path(__file__).parents[1]
_IN_WHEEL = _PACKAGE / "styles"
_IN_CHECKOUT = _PACKAGE.parents[1] / "styles"

_NAME = "rules"
_DAMAGE = (pickle.UnpicklingError, ValueError, EOFError, AttributeError, ImportError, TypeError)
_CODE = (model, parse, styles)
"""The modules that decide what rules are: kept ones are not used with another version of them."""


def stylesheets(*names: str) -> list[str | PurePath]:
    """Return the paths of the stylesheets with these names, without ".tcss".

    They are in the order of the names; a later one overrides an earlier one.
    """
    folder = _IN_WHEEL if _IN_WHEEL.is_dir() else _IN_CHECKOUT
    return [folder / f"{name}.tcss" for name in names]


class KeptRules:
    """The rules of all stylesheets that a start parses, kept from one start to the next.

    Parsing them takes seven times as long as reading the rules. They are recognized by the text of
    each stylesheet and by all variables, that is, by the theme.
    """

    def __init__(self, cache: StartCache, stylesheet: Stylesheet) -> None:
        """Put the kept rules into a stylesheet, whose variables are those of the theme."""
        self._cache = cache
        self._stylesheet = stylesheet
        self._facts = _facts(stylesheet)
        self._kept: Rules = []
        self._parsed: Rules = []
        with contextlib.suppress(*_DAMAGE):
            if content := cache.code.other(_NAME):
                facts, rules = pickle.loads(content)  # noqa: S301 - from Python's folder for code
                self._kept = rules if facts == self._facts else []
        put_parsed_rules(stylesheet, self._kept)

    def note(self) -> None:
        """Note which rules the start has needed; call it when the first screen is shown."""
        self._cache.stop()
        self._parsed = parsed_rules(self._stylesheet)

    def save(self) -> None:
        """Keep what was parsed, unless it is kept already, and all else of the cache."""
        if {key for key, _ in self._parsed} - {key for key, _ in self._kept}:
            with contextlib.suppress(pickle.PicklingError, TypeError, AttributeError):
                self._cache.code.keep(_NAME, pickle.dumps((self._facts, self._parsed)))
        self._cache.save()


def _facts(stylesheet: Stylesheet) -> tuple[object, ...]:
    """Return what rules depend on besides the texts of the stylesheets, as values to compare."""
    stamps = [os.stat(str(module.__file__)) for module in _CODE]  # noqa: PTH116 - quick
    versions = [(stamp.st_mtime_ns, stamp.st_size) for stamp in stamps]
    return versions, variables_of(stylesheet)
