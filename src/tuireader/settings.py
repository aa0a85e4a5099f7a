"""Reads the settings file, one TOML file, into one frozen value, and saves choices in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_ISFIFO
from typing import Any

from tuireader.domain.errors import SettingsError
from tuireader.paths import replace_file
from tuireader.settings_faults import (
    MAX_SHOWN,
    nearest,
    place_in,
    shown,
    unusable,
    unusable_selector,
)
from tuireader.text.messages import shortened
from tuireader.text.toml_lines import line_of


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
    """Who puts right-to-left text in visual order: one of `settings_table.BIDI`."""
    sites: tuple[tuple[str, str], ...] = ()
    """Pairs of a host name and the CSS selector or XPath of the article on its pages."""
    warnings: tuple[str, ...] = field(default=(), compare=False)
    """A message for each setting that cannot be used."""


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
    from tuireader.settings_table import setting_specs  # noqa: PLC0415 - needed only with a file

    reading = _Reading(path, found, (content or b"").decode("utf-8-sig"))
    values = {name.rpartition(".")[2]: reading.value(name) for name in setting_specs()}
    return Settings(
        **values,
        keys=reading.keys(),
        commands=reading.commands(),
        sites=reading.sites(),
        warnings=(*reading.warnings, *reading.unknown()),
    )


def setting_line(path: Path, table: str, key: str) -> int:
    """Return the line of the settings file that sets a key in a table ("" for none).

    0 if the file or the key cannot be found.
    """
    try:
        content = _content(path) or b""
    except SettingsError:
        return 0
    return line_of(content.decode("utf-8-sig", "replace"), table, key)


def save_setting(path: Path, **choices: str | int) -> None:
    """Save choices in the file, as `column=80`; comments and other settings stay as they are.

    A name with a dot, such as `keys.preset`, is that of a table and a key in it. The file is
    created if it is missing. Raises SettingsError if that fails; the file is then
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

    before = wanted = _parsed(content, path)
    try:
        document = tomlkit.parse(content.decode("utf-8-sig"))
        for name, value in choices.items():
            table, _, key = name.rpartition(".")
            here = before.get(table, {}) if table else before
            lost = name if isinstance(here, dict) else table
            there = here.get(key) if isinstance(here, dict) else here
            if isinstance(there, dict | list) or not isinstance(here, dict):
                raise SettingsError(f"{path}: {lost} is {shown(there)}, which is not replaced")
            if table:
                document.setdefault(table, tomlkit.table())[key] = value
                wanted = wanted | {table: here | {key: value}}
            else:
                document[key] = value
                wanted = wanted | {key: value}
    except TOMLKitError as error:
        raise SettingsError(f"{path}: the settings are not TOML ({error})") from error
    changed = tomlkit.dumps(document).encode("utf-8")
    if _parsed(changed, path) != wanted:
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
    content: str
    warnings: list[str] = field(default_factory=list)

    def value(self, name: str) -> Any:
        """Return the value of a setting; its usual one, with a warning, if it is not valid.

        A theme and a selector are checked where they are used.
        """
        from tuireader.settings_table import setting_specs  # noqa: PLC0415 - needed only with a file

        spec = setting_specs()[name]
        table, _, key = name.rpartition(".")
        found = self.found.get(table, {}) if table else self.found
        value = found.get(key, spec.usual) if isinstance(found, dict) else spec.usual
        if spec.accepts(value):
            return value
        self._warn(
            f"{key} in [{table}]" if table else key,
            value,
            allowed=spec.allowed,
            instead=spec.instead,
            known=spec.values,
            line=self._line(table, key),
        )
        return spec.usual

    def unknown(self) -> list[str]:
        """Return a warning for each key in the file that is not a setting of this version."""
        from tuireader.settings_table import TABLES, setting_specs  # noqa: PLC0415 - as above

        warnings = []
        names = (*(name for name in setting_specs() if "." not in name), *TABLES)
        for key in self.found:
            if key not in names:
                meant = nearest(key, names)
                listed = f"the settings are {', '.join(names)}."
                hint = f"did you mean “{meant}”?" if meant else listed
                where = place_in(self.path, self._line("", key))
                told = shortened(key, MAX_SHOWN)
                warnings.append(f"{where}: “{told}” is not a setting and is ignored; {hint}")
        return warnings

    def _line(self, table: str, key: str) -> int:
        """Return the line of the file that sets a key; 0 if it is not found."""
        return line_of(self.content, table, key)

    def keys(self) -> tuple[KeyChoice, ...]:
        """Return the keys that the table [keys] and its tables of panes give to actions.

        What is no key and no list of keys is left out with a warning.
        """
        table = self.found.get("keys", {})
        if not isinstance(table, dict):
            instead = "the usual keys are used"
            line = self._line("", "keys")
            self._warn("keys", table, allowed="a table [keys]", instead=instead, line=line)
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
        line = self._line(f"keys.{pane}" if pane else "keys", action)
        written = value if isinstance(value, list) else [value]
        keys = tuple(each for each in written if isinstance(each, str))
        if len(keys) == len(written):
            return KeyChoice(action, keys, pane, line)
        allowed, instead = "a key or a list of keys", "it keeps its usual keys"
        self._warn(f"{action} in [keys]", value, allowed=allowed, instead=instead, line=line)
        return KeyChoice(action, (), pane, -1)

    def commands(self) -> tuple[tuple[str, str], ...]:
        """Return the reader's commands as pairs of a name and a command line.

        Those that are no texts, or have an open quotation mark, are left out with a warning.
        """
        from shlex import split  # noqa: PLC0415 - needed only with a file

        table = self.found.get("commands", {})
        if not isinstance(table, dict):
            allowed, line = "a table [commands]", self._line("", "commands")
            self._warn("commands", table, allowed=allowed, instead="there are none", line=line)
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
                where = self._line("commands", name)
                told = f"“{name}” in [commands]"
                self._warn(told, line, allowed=allowed, instead=instead, line=where)
        return tuple(commands)

    def sites(self) -> tuple[tuple[str, str], ...]:
        """Return the pairs of host name and selector; () if there are none.

        Invalid entries are left out with a warning. Selectors are checked where they are used.
        """
        table = self.found.get("sites", {})
        if not isinstance(table, dict):
            instead = "the article is looked for on every page"
            line = self._line("", "sites")
            self._warn("sites", table, allowed="a table [sites]", instead=instead, line=line)
            return ()
        sites = []
        for site, selector in table.items():
            line = self._line("sites", site)
            if not isinstance(selector, str):
                self.warnings.append(unusable_selector(self.path, site, selector, line))
            elif not site or set(site) & set("/:@ "):
                allowed, instead = "names such as “harbour.example”", "its pages are read as usual"
                told = "the keys of [sites]"
                self._warn(told, site, allowed=allowed, instead=instead, line=line)
            else:
                sites.append((site.lower(), selector))
        return tuple(sites)

    def _warn(self, key: str, value: object, **told: Any) -> None:
        """Add the warning for a value that is not used; the parameters are those of `unusable`."""
        self.warnings.append(unusable(self.path, key, value, **told))
