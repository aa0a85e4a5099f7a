"""Regular expressions that are compiled when they are first used.

Most starts of the program need few of the patterns of the modules that they import.
"""

import re
from typing import Any, AnyStr, Generic, cast

_METHODS = ("match", "fullmatch", "search", "finditer", "findall", "split", "sub", "subn")


class LazyPattern(Generic[AnyStr]):
    """A regular expression with the methods of `re.Pattern`, which compiles it on the first use.

    Made by `lazy_pattern`, which gives it the type of a pattern.
    """

    __slots__ = ("_flags", "_source", *_METHODS)

    def __init__(self, source: AnyStr, flags: int) -> None:
        """Keep the expression; whether it is valid is not checked yet."""
        self._source: AnyStr = source
        self._flags = flags

    def compiled(self) -> re.Pattern[AnyStr]:
        """Return the compiled pattern. Raises re.error if the expression is not valid."""
        return re.compile(self._source, self._flags)

    def __getattr__(self, name: str) -> Any:
        """Compile the pattern, and return an attribute of it.

        The methods are then attributes of this object, so that it compiles only once.
        """
        compiled = self.compiled()
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def lazy_pattern(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return a pattern that is compiled when it is first used; the arguments of `re.compile`."""
    return cast("re.Pattern[AnyStr]", LazyPattern(source, flags))
