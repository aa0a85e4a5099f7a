"""The settings that have one value each: what they are for, and what values they may have."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from tuireader.settings_faults import one_of

MIN_COLUMN, MAX_COLUMN = 20, 200
"""The minimum and maximum width of the text column, in cells."""

PRESET_NAMES = ("vim", "less", "emacs", "newsboat")
"""The presets of keys that there are."""

BIDI = ("terminal", "program", "off")
"""Who puts right-to-left text in visual order: the terminal, tuireader, or nobody."""

TABLES = ("keys", "commands", "sites")
"""The settings that are tables."""

_WORDS_OF_FLAGS = ("true", "false")


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingSpec:
    """What a setting is for, and what values it may have."""

    description: str
    """What it is, in a few words."""
    kind: Literal["theme", "choice", "number", "flag"]
    """A theme is a text that is checked elsewhere."""
    usual: str | int
    """The value if the file has none; false is 0."""
    values: tuple[str, ...] = ()
    """The values of a choice."""
    lowest: int = 0
    """The lowest value of a number."""
    fallback: str = ""
    """What the usual value means, as a clause; "" to name the value."""

    @property
    def allowed(self) -> str:
        """What a value must be, in words that follow "must be"."""
        match self.kind:
            case "theme":
                return "a text in quotation marks"
            case "number":
                return f"a whole number from {self.lowest} to {MAX_COLUMN}"
            case "flag":
                return "true or false"
        return one_of(self.values)

    @property
    def instead(self) -> str:
        """What is done instead of using a value that is not valid, as a clause."""
        if self.fallback:
            return self.fallback
        usual = f"“{self.usual}”" if isinstance(self.usual, str) else str(self.usual).lower()
        return f"{usual} is used"

    def known(self, themes: Collection[str] = ()) -> tuple[str, ...]:
        """Return the values that it may have, as they are typed; () if they are not listed.

        `themes` are the names of the themes.
        """
        if self.kind == "theme":
            return tuple(themes)
        return _WORDS_OF_FLAGS if self.kind == "flag" else self.values

    def accepts(self, value: object) -> bool:
        """Return whether a value of the file is valid; the name of a theme may be any text."""
        match self.kind:
            case "theme":
                return isinstance(value, str)
            case "number":
                return type(value) is int and self.lowest <= value <= MAX_COLUMN
            case "flag":
                return isinstance(value, bool)
        return value in self.values

    def typed(self, text: str, themes: Collection[str]) -> str | int | None:
        """Return the value for what was typed; None if it is not valid.

        `themes` are the names of the themes.
        """
        if self.kind == "number":
            number = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1
            return number if self.accepts(number) else None
        if text not in self.known(themes):
            return None
        return text == "true" if self.kind == "flag" else text


def _flag(description: str, *, usual: bool = False) -> SettingSpec:
    """Return a setting that is true or false."""
    return SettingSpec(description=description, kind="flag", usual=usual)


def _choice(description: str, *values: str) -> SettingSpec:
    """Return a setting with one of a few values, usually the first of them."""
    return SettingSpec(description=description, kind="choice", usual=values[0], values=values)


def _width(description: str) -> SettingSpec:
    """Return the width of a list in cells, usually 0 for what fits best."""
    fallback = "what fits best is used"
    return SettingSpec(description=description, kind="number", usual=0, fallback=fallback)


@cache
def setting_specs() -> Mapping[str, SettingSpec]:
    """Return the settings that have one value, by name, in the order of the lists.

    A name with a dot is that of a table and a key in it.
    """
    from tuireader.domain.article_list import SortOrder  # noqa: PLC0415 - needed only with a file

    return {
        "theme": SettingSpec(
            description="The colours: the name of a theme, or auto for one that suits the terminal",
            kind="theme",
            usual="auto",
        ),
        "column": SettingSpec(
            description=f"The width of the text column, {MIN_COLUMN} to {MAX_COLUMN} cells",
            kind="number",
            usual=72,
            lowest=MIN_COLUMN,
        ),
        "sort": _choice("The order of the list of articles", *(each.value for each in SortOrder)),
        "tint": _flag("Whether the quotations in a text are tinted"),
        "hyphenate": _flag("Whether words are divided at the end of lines"),
        "justify": _flag("Whether lines are made even, where the gaps stay small"),
        "small_caps": _flag("Whether small capitals are shown as such", usual=True),
        "wrap_code": _flag("Whether long lines of code and tables are wrapped"),
        "bidi": _choice("Who puts right-to-left text in visual order", *BIDI),
        "accessible": _flag("Whether the screen is for a screen reader"),
        "articles_width": _width("The width in cells of the list of articles; 0 for the best"),
        "quotes_width": _width("The width in cells of the list of quotations; 0 for the best"),
        "keys.preset": _choice("The preset of keys", *PRESET_NAMES),
    }
