"""Turns XML documents into HTML by a table that says what each element is in HTML."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tuireader.domain.errors import SourceError
from tuireader.sources.html.parser import parse_xml
from tuireader.text.sanitize import sanitize_line

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_ELEMENTS = 500_000
"""Elements that a document may have; one with so many is read in five seconds."""
DEEPEST = 2_000
"""How many elements may be nested in each other; documents by people have far fewer."""

SKIP = ""
"""Stands for an element that is left out with its content."""
HEADING = "heading"
"""Stands for a heading whose level is the number of sections around it."""
SECTION = "section"
"""Stands for an element that makes the headings in it one level lower."""
NOTE = "note"
"""Stands for a note that is put at the end of the text, with a mark in its place."""
LINE = "line"
"""Stands for a line of verse or of an address."""
FORMULA = "math"
"""Stands for a formula in MathML, which is taken over as a whole."""

Chooser = Callable[["_Element", str], str | None]
"""Returns what an element is in HTML, from the element and its name.

None to look its name up in the table.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class XmlVocabulary:
    """What the elements of one kind of XML document are in HTML."""

    tags: Mapping[str, str]
    """The HTML name, or one of the constants above, for each element's name.

    Of an element that is not in it, only the content is taken.
    """
    choose: Chooser = lambda _element, _name: None
    """Decides about elements for which the name is not enough."""
    base_level: int = 0
    """The level that is added to that of each heading."""


def local_name(element: "_Element") -> str:
    """Return an element's name without its namespace; empty for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def words_of(element: "_Element | None") -> str:
    """Return the words of an element and all in it as one line; empty for None."""
    return "" if element is None else sanitize_line(" ".join("".join(element.itertext()).split()))


def find(root: "_Element", path: str) -> "_Element | None":
    """Return the first descendant on a path of names, such as "a/b"; None if there is none.

    Namespaces do not matter.
    """
    return root.find(".//" + "/".join(f"{{*}}{name}" for name in path.split("/")))


def find_words(root: "_Element", *paths: str) -> str:
    """Return the text of the first of some paths that has any, as one line; empty if none has.

    The paths are those of `find`.
    """
    return next((words for path in paths if (words := words_of(find(root, path)))), "")


def parse_document(data: bytes, location: str) -> "_Element":
    """Return the root of an XML document.

    Raises SourceError, which names `location`, if it is damaged, or has too many elements.
    """
    if data.count(b"<") > 2 * MOST_ELEMENTS + 1_000:
        raise SourceError(location, f"it has more than {MOST_ELEMENTS:,} elements")
    return parse_xml(data, location)


@dataclass(slots=True)
class _Conversion:
    """The state of a conversion: the notes so far with their names, and the open sections."""

    notes: "list[tuple[_Element, str]]" = field(default_factory=list)
    sections: int = 0


def to_html(root: "_Element", vocabulary: XmlVocabulary, location: str) -> "_Element":
    """Return an HTML `body` with the content of an XML element, and its notes at the end.

    Args:
        root: The element.
        vocabulary: What each element is in HTML.
        location: The location that errors name.

    Raises SourceError if it is nested too deeply.
    """
    from lxml import etree  # noqa: PLC0415 - 20 ms, and only for markup

    body = etree.Element("body")
    state = _Conversion()
    _convert(root, body, vocabulary, state, location)
    if state.notes:
        etree.SubElement(body, "hr")
        listed = etree.SubElement(body, "ol")
        done = 0
        while done < len(state.notes):  # a note may hold another one
            note, name = state.notes[done]
            done += 1
            _convert(note, etree.SubElement(listed, "li", id=name), vocabulary, state, location)
    return body


def _convert(
    root: "_Element",
    target: "_Element",
    vocabulary: XmlVocabulary,
    state: _Conversion,
    location: str,
) -> None:
    """Add what is in the element `root`, as HTML, to the element `target`, without recursion.

    Raises SourceError, which names `location`, if it is nested too deeply.
    """
    from lxml import etree  # noqa: PLC0415 - as above

    open_targets = [target]
    opened: list[str] = [""]
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event not in {"start", "end"}:
            _add_text(open_targets[-1], element.tail)
        elif element is root:
            _add_text(target, element.text if event == "start" else None)
        elif event == "start":
            if len(open_targets) > DEEPEST:
                raise SourceError(location, "nested too deeply")
            name = local_name(element)
            meant = vocabulary.choose(element, name)
            meant = vocabulary.tags.get(name, "span") if meant is None else meant
            inside = _open(element, meant, open_targets[-1], vocabulary, state)
            if inside is None:
                walk.skip_subtree()
            open_targets.append(target if inside is None else inside)
            opened.append(meant if inside is not None else "")
            _add_text(open_targets[-1], element.text if inside is not None else None)
        else:
            open_targets.pop()
            meant = opened.pop()
            state.sections -= meant == SECTION
            if meant == LINE:
                etree.SubElement(open_targets[-1], "br")
            _add_text(open_targets[-1], element.tail)


def _open(
    element: "_Element",
    meant: str,
    parent: "_Element",
    vocabulary: XmlVocabulary,
    state: _Conversion,
) -> "_Element | None":
    """Add the HTML element for an XML element to `parent`, and return it.

    `meant` is what it is in HTML, or one of the constants above. None if its content is not to be
    converted: it is left out, a note, or a formula.
    """
    from lxml import etree  # noqa: PLC0415 - as above

    if meant == SKIP:
        return None
    if meant == NOTE:
        _mark_note(element, parent, state)
        return None
    if meant == FORMULA:
        parent.append(_formula(element))
        return None
    if meant == SECTION:
        state.sections += 1
    if meant == HEADING:
        level = vocabulary.base_level + state.sections
        meant = f"h{min(6, max(1, level))}"
    made = etree.SubElement(parent, {SECTION: "div", LINE: "span"}.get(meant, meant))
    if name := element.get("{http://www.w3.org/XML/1998/namespace}id") or element.get("id"):
        made.set("id", name)
    if made.tag == "a":
        made.set("href", _reference(element))
    return made


def _formula(element: "_Element") -> "_Element":
    """Return a copy of a formula without namespaces, as HTML has it."""
    made = deepcopy(element)
    made.tail = None
    for part in made.iter("{*}*"):
        part.tag = local_name(part)
    return made


def _mark_note(element: "_Element", parent: "_Element", state: _Conversion) -> None:
    """Put the mark of a note into `parent`, and keep the note for the end."""
    from lxml import etree  # noqa: PLC0415 - as above

    number = len(state.notes) + 1
    mark = etree.SubElement(parent, "a", href=f"#note-{number}")
    mark.text = f"[{number}]"
    state.notes.append((element, f"note-{number}"))


def _reference(element: "_Element") -> str:
    """Return what an element refers to: an address, or `#` and a name in the document.

    Empty if it refers to nothing.
    """
    href = next((value for key, value in element.items() if key.endswith(("href", "}url"))), "")
    href = href or element.get("target") or element.get("url") or ""
    inside = element.get("rid") or element.get("linkend") or ""
    return href or (f"#{inside.split()[0]}" if inside.strip() else "")


def _add_text(parent: "_Element", text: str | None) -> None:
    """Add text at the end of an element's content; None adds nothing."""
    if not text:
        return
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text
