"""Reads the settings file, one TOML file, into one frozen value, and saves choices in it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_ISFIFO
from typing import Any

from tuireader.domain.errors import SettingsError
from tuireader.paths import replace_file
from tuireader.settings_faults import (
    MAX_SHOWN,
    nearest,
    one_of,
    shown,
    unusable,
    unusable_selector,
)
from tuireader.text.messages import shortened
from tuireader.text.toml_lines import line_of

MIN_COLUMN, MAX_COLUMN = 20, 200
"""The minimum and maximum width of the text column, in cells."""


PRESET_NAMES = ("vim", "less", "emacs", "newsboat")
"""The presets of keys that there are."""


@dataclass(frozen=True, slots=True)
class KeyChoice:
    """The keys that the settings give to an action."""

    action: str
    """The name of the action, which may not exist."""
    keys: tuple[str, ...]
    """The keys as they are written; () if the action has none."""
    pane: str = ""
    """The pane in which they hold; "" for all."""
    line: int = 0
    """The line of the settings file; 0 if it could not be found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The reader's settings. A setting that the file does not have keeps its default.

    All values are valid, except that theme and selectors are checked where they are used.
    """

    theme: str = "auto"
    """The name of the theme, which may not exist; "auto" for one that suits the terminal."""
    column: int = 72
    """The width of the text column, in cells."""
    sort: str = "as opened"
    """The order of the article list."""
    tint: bool = False
    """Whether the quotations in a text are tinted."""
    accessible: bool = False
    """Whether the screen is written for a screen reader."""
    articles_width: int = 0
    """The width of the list of articles, in cells; 0 for what fits best."""
    quotes_width: int = 0
    """The width of the list of quotations, in cells; 0 for what fits best."""
    keys: tuple["KeyChoice", ...] = ()
    """The keys that the reader chose; the names of actions are checked where they are used."""
    preset: str = "vim"
    """The name of the preset of keys."""
    commands: tuple[tuple[str, str], ...] = ()
    """The reader's own commands: pairs of a name and a command line with {text} and the like."""
    hyphenate: bool = False
    """Whether words are divided at the end of lines."""
    justify: bool = False
    """Whether lines are made even, where the gaps stay small."""
    small_caps: bool = True
    """Whether small capitals are shown with the letters that Unicode has for them."""
    wrap_code: bool = False
    """Whether long lines of code and tables are wrapped, and not scrolled sideways."""
    bidi: str = "terminal"
    """Who puts right-to-left text in visual order: one of `BIDI`."""
    sites: tuple[tuple[str, str], ...] = ()
    """Pairs of a host name and the CSS selector or XPath of the article on its pages."""
    warnings: tuple[str, ...] = field(default=(), compare=False)
    """A message for each setting that cannot be used."""


BIDI = ("terminal", "program", "off")
"""Who puts right-to-left text in visual order: the terminal, tuireader, or nobody."""

_KEYS = (
    "theme",
    "column",
    "sort",
    "tint",
    "hyphenate",
    "justify",
    "small_caps",
    "wrap_code",
    "bidi",
    "accessible",
    "articles_width",
    "quotes_width",
    "keys",
    "commands",
    "sites",
)
_TEXT = "a text in quotation marks"


def load_settings(path: Path) -> Settings:
    """Load the settings from the file; never raises SettingsError.

    A file that is missing or cannot be read gives the default settings. What cannot be used is told
    in `warnings`.
    """
    try:
        content = _content(path)
        found = _parsed(content, path) if content is not None else {}
    except SettingsError as error:
        lost = "what you choose on the screen is not kept until that is mended"
        return Settings(warnings=(f"{error}; the usual settings are used, and {lost}.",))
    if not found:
        return Settings()
    reading = _Reading(path, found, content or b"")
    keys = reading.keys()
    return Settings(
        theme=reading.theme(),
        column=reading.column(),
        sort=reading.sort(),
        tint=reading.flag("tint"),
        accessible=reading.flag("accessible"),
        articles_width=reading.width("articles_width"),
        quotes_width=reading.width("quotes_width"),
        keys=keys,
        preset=reading.preset(),
        commands=reading.commands(),
        hyphenate=reading.flag("hyphenate"),
        justify=reading.flag("justify"),
        small_caps=reading.flag("small_caps", usual=True),
        wrap_code=reading.flag("wrap_code"),
        bidi=reading.bidi(),
        sites=reading.sites(),
        warnings=(*reading.warnings, *_unknown(path, found)),
    )


def save_setting(path: Path, **choices: str | int) -> None:
    """Save choices in the file, as `column=80`; comments and other settings stay as they are.

    The file is created if it is missing. Raises SettingsError if that fails; the file is then
    unchanged.
    """
    for_now = "your choice holds until you quit."
    try:
        replace_file(path, _changed(path, _content(path) or b"", choices))
    except SettingsError as error:
        raise SettingsError(f"{error}; {for_now}") from error
    except OSError as error:
        reason = f"the settings cannot be kept ({error.strerror})"
        raise SettingsError(f"{path}: {reason}; {for_now}") from error


def _changed(path: Path, content: bytes, choices: Mapping[str, str | int]) -> bytes:
    """Return the file's content with the choices set; `path` is for messages.

    Raises SettingsError if the content cannot be parsed, or anything else would change.
    """
    import tomlkit  # noqa: PLC0415 - 30 ms, needed only when a choice changes
    from tomlkit.exceptions import TOMLKitError  # noqa: PLC0415 - the same

    before = _parsed(content, path)
    for key in choices:
        if isinstance(before.get(key), dict | list):
            raise SettingsError(f"{path}: {key} is {shown(before[key])}, which is not replaced")
    try:
        document = tomlkit.parse(content.decode("utf-8-sig"))
        document.update(choices)
    except TOMLKitError as error:
        raise SettingsError(f"{path}: the settings are not TOML ({error})") from error
    changed = tomlkit.dumps(document).encode("utf-8")
    if _parsed(changed, path) != before | dict(choices):
        raise SettingsError(f"{path}: the settings cannot be changed without a loss")
    return changed


def _content(path: Path) -> bytes | None:
    """Return the bytes of the file, or None if it does not exist.

    Raises SettingsError if it cannot be read.
    """
    try:
        if S_ISFIFO(path.stat().st_mode):  # reading one would wait for ever
            raise SettingsError(f"{path}: the settings cannot be read (it is a pipe)")
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise SettingsError(f"{path}: the settings cannot be read ({error.strerror})") from error


def _parsed(content: bytes, path: Path) -> dict[str, Any]:
    """Parse the content of the settings file as TOML; `path` is for messages.

    Raises SettingsError if it is not TOML in UTF-8.
    """
    import tomllib  # noqa: PLC0415 - 3 ms that a reader without a settings file need not wait

    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise SettingsError(f"{path}: the settings are not UTF-8 (at line {line})") from error
    except (ValueError, RecursionError) as error:
        raise SettingsError(f"{path}: the settings are not TOML ({error})") from error


@dataclass(frozen=True, slots=True)
class _Reading:
    """Reads and checks the settings in a parsed file, and collects warnings."""

    path: Path
    found: Mapping[str, Any]
    content: bytes
    warnings: list[str] = field(default_factory=list)

    def theme(self) -> str:
        """Return the name of the theme; the default if the value is not a text.

        Whether the theme exists is checked when the screen starts.
        """
        theme, usual = self.found.get("theme", Settings().theme), Settings().theme
        if isinstance(theme, str):
            return theme
        self._warn("theme", theme, allowed=_TEXT, instead=f"“{usual}” is used")
        return usual

    def column(self) -> int:
        """Return the width of the text column in cells; the default if the value is invalid.

        A warning is then added.
        """
        column, usual = self.found.get("column", Settings().column), Settings().column
        if type(column) is int and MIN_COLUMN <= column <= MAX_COLUMN:
            return column
        allowed = f"a whole number from {MIN_COLUMN} to {MAX_COLUMN}"
        self._warn("column", column, allowed=allowed, instead=f"{usual} is used")
        return usual

    def width(self, key: str) -> int:
        """Return the width of a list in cells, 0 by default; add a warning if it is invalid."""
        width = self.found.get(key, 0)
        if type(width) is int and 0 <= width <= MAX_COLUMN:
            return width
        allowed = f"a whole number from 0 to {MAX_COLUMN}"
        self._warn(key, width, allowed=allowed, instead="what fits best is used")
        return 0

    def sort(self) -> str:
        """Return the order of the article list; the default, with a warning, if it is invalid."""
        from tuireader.domain.article_list import SortOrder  # noqa: PLC0415 - needed only with a file

        orders = [order.value for order in SortOrder]
        sort, usual = self.found.get("sort", Settings().sort), Settings().sort
        if sort in orders:
            return str(sort)
        allowed, instead = one_of(orders), f"“{usual}” is used"
        self._warn("sort", sort, allowed=allowed, instead=instead, known=orders)
        return usual

    def flag(self, key: str, *, usual: bool = False) -> bool:
        """Return a setting that is true or false; the usual, with a warning, if it is neither."""
        value = self.found.get(key, usual)
        if isinstance(value, bool):
            return value
        self._warn(key, value, allowed="true or false", instead=f"{str(usual).lower()} is used")
        return usual

    def bidi(self) -> str:
        """Return who orders right-to-left text; the default, with a warning, if it is invalid."""
        bidi, usual = self.found.get("bidi", Settings().bidi), Settings().bidi
        if bidi in BIDI:
            return str(bidi)
        instead = f"“{usual}” is used"
        self._warn("bidi", bidi, allowed=one_of(BIDI), instead=instead, known=BIDI)
        return usual

    def preset(self) -> str:
        """Return the name of the preset of keys; the default, with a warning, if there is none."""
        table = self.found.get("keys", {})
        preset = table.get("preset", Settings().preset) if isinstance(table, dict) else "vim"
        if preset in PRESET_NAMES:
            return str(preset)
        allowed, instead = one_of(PRESET_NAMES), "“vim” is used"
        self._warn("preset in [keys]", preset, allowed=allowed, instead=instead, known=PRESET_NAMES)
        return Settings().preset

    def keys(self) -> tuple[KeyChoice, ...]:
        """Return the keys that the table [keys] and its tables of panes give to actions.

        What is no key and no list of keys is left out with a warning.
        """
        table = self.found.get("keys", {})
        if not isinstance(table, dict):
            self._warn("keys", table, allowed="a table [keys]", instead="the usual keys are used")
            return ()
        choices: list[KeyChoice] = []
        for name, value in table.items():
            if isinstance(value, dict):
                choices += [self._key(action, keys, name) for action, keys in value.items()]
            elif name != "preset":
                choices.append(self._key(name, value, ""))
        return tuple(choice for choice in choices if choice.line >= 0)

    def _key(self, action: str, value: object, pane: str) -> KeyChoice:
        """Return the keys of an action; with the line -1 and a warning if the value is no keys."""
        line = line_of(self.content.decode("utf-8-sig"), f"keys.{pane}" if pane else "keys", action)
        written = value if isinstance(value, list) else [value]
        keys = tuple(each for each in written if isinstance(each, str))
        if len(keys) == len(written):
            return KeyChoice(action, keys, pane, line)
        allowed, instead = "a key or a list of keys", "it keeps its usual keys"
        self._warn(f"{action} in [keys] (line {line})", value, allowed=allowed, instead=instead)
        return KeyChoice(action, (), pane, -1)

    def commands(self) -> tuple[tuple[str, str], ...]:
        """Return the reader's commands as pairs of a name and a command line.

        Those that are no texts, or have an open quotation mark, are left out with a warning.
        """
        from shlex import split  # noqa: PLC0415 - needed only with a file

        table = self.found.get("commands", {})
        if not isinstance(table, dict):
            self._warn("commands", table, allowed="a table [commands]", instead="there are none")
            return ()
        commands = []
        for name, line in table.items():
            try:
                is_line = isinstance(line, str) and bool(split(line))
            except ValueError:
                is_line = False
            if is_line:
                commands.append((name, line))
            else:
                allowed, instead = 'a command such as "trans :en {text}"', "it is not offered"
                self._warn(f"“{name}” in [commands]", line, allowed=allowed, instead=instead)
        return tuple(commands)

    def sites(self) -> tuple[tuple[str, str], ...]:
        """Return the pairs of host name and selector; () if there are none.

        Invalid entries are left out with a warning. Selectors are checked where they are used.
        """
        table = self.found.get("sites", {})
        if not isinstance(table, dict):
            instead = "the article is looked for on every page"
            self._warn("sites", table, allowed="a table [sites]", instead=instead)
            return ()
        sites = []
        for site, selector in table.items():
            if not isinstance(selector, str):
                self.warnings.append(unusable_selector(self.path, site, selector))
            elif not site or set(site) & set("/:@ "):
                allowed, instead = "names such as “harbour.example”", "its pages are read as usual"
                self._warn("the keys of [sites]", site, allowed=allowed, instead=instead)
            else:
                sites.append((site.lower(), selector))
        return tuple(sites)

    def _warn(
        self, key: str, value: object, *, allowed: str, instead: str, known: Collection[str] = ()
    ) -> None:
        """Add the warning for a value that is not used; the parameters are those of `unusable`."""
        self.warnings.append(
            unusable(self.path, key, value, allowed=allowed, instead=instead, known=known)
        )


def _unknown(path: Path, found: Mapping[str, Any]) -> list[str]:
    """Return a warning for each key in the file that is not a setting of this version."""
    warnings = []
    for key in found:
        if key not in _KEYS:
            meant = nearest(key, _KEYS)
            hint = f"did you mean “{meant}”?" if meant else f"the settings are {', '.join(_KEYS)}."
            warnings.append(
                f"{path}: “{shortened(key, MAX_SHOWN)}” is not a setting and is ignored; {hint}"
            )
    return warnings
