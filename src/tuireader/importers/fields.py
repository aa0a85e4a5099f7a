"""Parses values that exports have in common: addresses, times, tags, colours, HTML."""

import colorsys
import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from email.utils import parsedate_to_datetime
from pathlib import PurePath
from typing import Any, TypeGuard
from urllib.parse import unquote, urlsplit

from tuireader.domain.bookmark import Colour
from tuireader.domain.dates import ArticleDate, parse_date
from tuireader.domain.errors import SourceError
from tuireader.domain.import_item import ImportItem
from tuireader.domain.tags import unique_tags
from tuireader.importers.export import NO_ADDRESS, ExportFile, ImportedItems, LeftOut, Skipped
from tuireader.sources.web.page_store import page_article
from tuireader.text.sanitize import sanitize, sanitize_line

FILE = "file:"

_ANNOTATIONS = ("highlights", "annotations", "selection", "note", "comments", "quote", "highlight")

_COLOURS = {
    "yellow": Colour.YELLOW, "orange": Colour.YELLOW, "gold": Colour.YELLOW,
    "green": Colour.GREEN, "olive": Colour.GREEN,
    "blue": Colour.BLUE, "cyan": Colour.BLUE, "purple": Colour.BLUE,
    "red": Colour.RED, "pink": Colour.RED, "magenta": Colour.RED,
}  # fmt: skip
_HEX = re.compile(r"#([0-9a-f]{6})(?:[0-9a-f]{2})?$", re.IGNORECASE)
_PARTIAL_DATE = re.compile(r"\d{4}(?:-\d\d)?")
_SLASHES = re.compile(r"\d{4}/\d\d?/\d\d?")
_OFFSET = re.compile(r"(?<=\d) ([+-]\d\d):?(\d\d)$")
_WEB = re.compile(r"https?://[^\s/?#]", re.IGNORECASE)
_FOLDED_UNITS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_TECHNICAL = frozenset(
    {"guid", "hash", "href", "id", "ids", "key", "slug", "uid", "uuid", "version"}
)
"""Field names that end with one of these words identify a record, and contain no user data."""
_NOTHING = frozenset({"", "0", "0.0", "false", "none", "null", "[]", "{}"})


class Entry:
    """A record of an export that remembers which of its fields were used.

    The methods take the names that a field may have. Names are tried in order. Fields that no
    method used are what the import leaves out, see `left_out`.
    """

    def __init__(self, given: Mapping[str, Any]) -> None:
        """Wrap the fields of a record, which are given by name."""
        self._given = given
        self._seen: set[str] = set()

    def get(self, *names: str) -> Any:
        """Return the value of the first field that has one; None if none has.

        Empty strings, lists and objects do not count as values. All fields count as used.
        """
        self._seen.update(names)
        return next((v for v in map(self._given.get, names) if v not in (None, "", [], {})), None)

    def has(self, name: str) -> bool:
        """Return whether a field has a value; it does not count as used by this."""
        return not _is_nothing(self._given.get(name))

    def line(self, *names: str) -> str:
        """Return the first field that is a string with text, as one sanitized line; else ""."""
        self._see(names, clean_line_of)
        return next(filter(None, (clean_line_of(self._given.get(name)) for name in names)), "")

    def text(self, *names: str) -> str:
        """Return the first field that is a string with text, sanitized and stripped; else ""."""
        self._see(names, clean_line_of)
        return next(filter(None, (clean_text_of(self._given.get(name)) for name in names)), "")

    def address(self, *names: str) -> str:
        """Return the first field that is a web address (http or https); "" if none is."""
        self._seen.update(names)
        return next(filter(None, (web_address(self._given.get(name)) for name in names)), "")

    def moment(self, *names: str) -> dt.datetime | None:
        """Return the first field that is a time, see `parse_moment`; None if none is."""
        self._see(names, parse_moment)
        return next(filter(None, (parse_moment(self._given.get(name)) for name in names)), None)

    def tags(self, *names: str) -> tuple[str, ...]:
        """Return the tags of all fields together, without duplicates; empty if there are none.

        A field is a list (see `tag_names`) or a string with commas between the tags.
        """
        found: list[Any] = []
        for name in names:
            value = self.get(name)
            found += value.split(",") if isinstance(value, str) else list_or_empty(value)
        return tag_names(found)

    def flag(self, *names: str) -> bool:
        """Return whether one of the fields means yes, see `is_true`; False if there is none."""
        self._seen.update(names)
        return any(is_true(self._given.get(name)) for name in names)

    def records(self, *names: str) -> Iterator["Entry"]:
        """Yield each object in the lists of all fields, as an `Entry`.

        Other members of the lists, and fields that are not lists, are ignored.
        """
        for name in names:
            yield from (Entry(given) for given in list_or_empty(self.get(name)) if is_record(given))

    def _see(self, names: tuple[str, ...], parse: Callable[[Any], object]) -> None:
        """Mark those fields as used that `parse` can parse (it returns a true value)."""
        self._seen.update(name for name in names if parse(self._given.get(name)))

    def ignore(self, *names: str) -> None:
        """Mark fields as used whose data is also in other fields, or is not worth reporting."""
        self._seen.update(names)

    def left_out(self, nouns: Mapping[str, str] | None = None) -> Iterator[LeftOut]:
        """Yield what the import leaves out: the fields that were not used.

        A list counts as many times as it has members. Identifiers and empty, zero or false fields
        are not reported. `nouns` has better names for some fields, in the singular; others are
        named by the words of the field name.
        """
        for name, value in self._given.items():
            if name in self._seen or not isinstance(name, str) or _is_nothing(value):
                continue
            units = [unit.casefold() for unit in _FOLDED_UNITS.findall(name)]
            if units and units[-1] in _TECHNICAL:
                continue
            is_list = isinstance(value, list)
            noun = (nouns or {}).get(name) or _noun(name, units, is_list=is_list)
            yield LeftOut(noun, len(value) if is_list else 1)


def _is_nothing(value: Any) -> bool:
    """Return whether a value has no information: it is empty, zero, false, or only such."""
    if isinstance(value, dict):
        return all(map(_is_nothing, list(value.values())[:100]))
    return value in (None, [], False) or str(value).strip().casefold()[:6] in _NOTHING


def _noun(name: str, units: list[str], *, is_list: bool) -> str:
    """Return a field name as words: "reminderDate" becomes "reminder date".

    `units` are the words of the name; the last becomes singular if the value `is_list`.
    """
    noun = " ".join(units) if name.isascii() else sanitize_line(name)
    if is_list and noun.endswith("s") and not noun.endswith("ss"):
        noun = f"{noun[:-3]}y" if noun.endswith("ies") else noun[:-1]
    return noun[:60]


def linked_entries(file: ExportFile, *names: str) -> Iterator[tuple[Entry, str] | Skipped]:
    """Yield each entry of a JSON list or CSV file with its web address.

    The address is in the first of the fields `names` that has one. The address of a local file
    ("file:") is also accepted if the entry has notes or highlights. Other entries are yielded as
    `Skipped`.
    """
    if file.json is None:
        numbered = ((f"line {number}", row) for number, row in file.rows())
    else:
        numbered = ((f"entry {number}", given) for number, given in enumerate(file.entries, 1))
    for where, given in numbered:
        if isinstance(given, Skipped):
            yield given
            continue
        entry = Entry(given if is_record(given) else {})
        address = entry.address(*names) or _annotated_file(entry, names)
        yield (entry, address) if address else Skipped(where, NO_ADDRESS)


def _annotated_file(entry: Entry, names: tuple[str, ...]) -> str:
    """Return the "file:" address of an entry that has notes or highlights; else ""."""
    address = entry.line(*names)
    is_annotated = any(entry.has(name) for name in _ANNOTATIONS)
    return address if address.startswith(FILE) and is_annotated else ""


def with_local_files(items: ImportedItems) -> ImportedItems:
    """Yield the items; those with a "file:" address get the path as their `file` instead.

    If the title was the address, it becomes the file name without its ending.
    """
    for item in items:
        if isinstance(item, ImportItem) and item.address.startswith(FILE):
            path = unquote(urlsplit(item.address).path)
            title = PurePath(path).stem if item.title == item.address else item.title
            yield replace(item, address="", file=path, title=title)
        else:
            yield item


def is_record(value: Any) -> TypeGuard[dict[str, Any]]:
    """Return whether a JSON value is an object."""
    return isinstance(value, dict)


def web_address(value: Any) -> str:
    """Return a sanitized web address (http or https); "" for any other value."""
    address = clean_line_of(value)
    return address if _WEB.match(address) else ""


def clean_line_of(value: Any) -> str:
    """Return a string as one sanitized line; "" for any other value."""
    return sanitize_line(value) if isinstance(value, str) else ""


def clean_text_of(value: Any) -> str:
    """Return a string sanitized and stripped; "" for any other value."""
    return sanitize(value).strip() if isinstance(value, str) else ""


def list_or_empty(value: Any) -> list[Any]:
    """Return a value that is a list; an empty list for any other value."""
    return value if isinstance(value, list) else []


def tag_names(values: Iterable[Any]) -> tuple[str, ...]:
    """Return the values as tags, without duplicates in any case; empty ones are left out.

    A value is a string, or an object whose name, label, text or tag is used.
    """
    return unique_tags(unique_names(values))


def unique_names(values: Iterable[Any]) -> tuple[str, ...]:
    """Return the values as sanitized lines, without duplicates; empty ones are left out.

    A value is a string, or an object whose name, label, text or tag is used.
    """
    names = []
    for value in values:
        named = value
        if isinstance(value, dict):
            named = value.get("name") or value.get("label") or value.get("text") or value.get("tag")
        names.append(clean_line_of(named))
    return tuple(dict.fromkeys(filter(None, names)))


def paragraphs(*texts: str) -> str:
    """Return the texts with blank lines between them; "" if all are empty.

    Empty and repeated texts are left out.
    """
    return "\n\n".join(dict.fromkeys(filter(None, texts)))


def parse_moment(value: Any) -> dt.datetime | None:
    """Parse a time in one of the forms that exports use; None if it is not one.

    A number, also as a string, is in seconds, milliseconds or microseconds since 1970; numbers
    before 1973 are rejected, because they may be years. Other strings are ISO 8601 or RFC 2822. A
    time without a zone is taken as UTC.
    """
    if isinstance(value, str):
        value = value.strip()
        if value.replace(".", "", 1).isdecimal():
            value = float(value[:30])
    if isinstance(value, int | float) and not isinstance(value, bool) and 1e8 <= value < 1e30:
        seconds = float(value)
        while seconds > 1e11:  # no article was read after the year 5000
            seconds /= 1000
        return dt.datetime.fromtimestamp(seconds, tz=dt.UTC)
    if not isinstance(value, str):
        return None
    written = value[:60].replace(" UTC", "+00:00")
    if _SLASHES.match(written):
        written = written.replace("/", "-")
    try:
        moment = dt.datetime.fromisoformat(_OFFSET.sub(r"\1\2", written))
    except ValueError:
        return _rfc_moment(written)
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def _rfc_moment(written: str) -> dt.datetime | None:
    """Parse a time such as "Fri, 06 May 2022 07:08:09 GMT"; None if it is not one.

    A time without a zone is taken as UTC.
    """
    try:
        moment = parsedate_to_datetime(written)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def parse_day(value: Any) -> ArticleDate | None:
    """Parse a date of publication; None if it is not one.

    It is a time that `parse_moment` accepts, or a date that may lack the day, or month and day.
    Slashes may stand for hyphens.
    """
    written = clean_line_of(value).strip("/").replace("/", "-")
    if _PARTIAL_DATE.fullmatch(written):
        try:
            return parse_date(written)
        except ValueError:
            return None
    moment = parse_moment(written or value)
    return moment.date() if moment else None


def nearest_colour(value: Any) -> Colour:
    """Return the highlight colour that is nearest to a name or to "#rrggbb".

    NONE for grey, for an unknown name, and for any other value.
    """
    name = clean_line_of(value).casefold()
    found = _HEX.match(name)
    if not found:
        return next((colour for word, colour in _COLOURS.items() if word in name[:40]), Colour.NONE)
    red, green, blue = (part / 255 for part in bytes.fromhex(found[1]))
    hue, saturation, _ = colorsys.rgb_to_hsv(red, green, blue)
    if saturation < 0.15:
        return Colour.NONE
    limits = ((25, Colour.RED), (68, Colour.YELLOW), (165, Colour.GREEN), (290, Colour.BLUE))
    return next((colour for limit, colour in limits if hue * 360 < limit), Colour.RED)


def is_true(value: Any) -> bool:
    """Return whether a value means yes: True, 1, "1", "yes" or "true" in any case."""
    return value is True or str(value).strip().casefold() in {"1", "yes", "true"}


def text_of_html(html: str) -> str:
    """Return the text of an HTML fragment; "" if it has none, or cannot be parsed."""
    try:
        return page_article(ImportItem(title="", html=html), "note").text.strip()
    except SourceError:
        return ""


def position_of(*, chapter: str = "", page: Any = "", location: Any = "") -> str:
    """Return the position of a highlight in words; "" if no part is given.

    >>> position_of(page=12, location="180-182")
    'page 12, location 180-182'
    """
    parts = (
        chapter,
        f"page {page}" if page not in ("", None) else "",
        f"location {location}" if location not in ("", None) else "",
    )
    return sanitize_line(", ".join(filter(None, parts)))


def left_out_total(left_out: Iterable[LeftOut]) -> dict[str, int]:
    """Return the total count of each noun, the greatest first; empty for nothing."""
    total: Counter[str] = Counter()
    for each in left_out:
        total[each.noun] += each.count
    return dict(total.most_common())
