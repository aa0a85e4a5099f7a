"""Turns the equations of Word documents into text, since mammoth leaves them out."""

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_STORED, ZipFile

from tuireader.sources.html.formulas import formula_text
from tuireader.sources.html.parser import parse_xml
from tuireader.sources.zip_archive import ZipArchive

if TYPE_CHECKING:
    from lxml.etree import _Element

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_EQUATION = b":oMath>"
_DEEPEST = 40
"""Levels of an equation that are set; deeper ones are joined as words."""
_TAGS = {"sSup": "msup", "sSub": "msub", "sSubSup": "msubsup", "f": "mfrac", "mr": "mtr"}
"""The element of MathML that has the same parts in the same order; a row for all others."""
_UNSEEN = "Pr"
"""The end of the names of elements that hold properties."""


def with_equations(data: bytes, archive: ZipArchive, pictures: str, location: str) -> bytes:
    """Return a Word document in which the equations are words; unchanged if it has none.

    Args:
        data: The document.
        archive: The document's parts, which have been checked for their size.
        pictures: The folder of parts that are left empty in the new document.
        location: The location that errors name.

    Raises SourceError if a part is ill-formed or nested too deeply.
    """
    parts = {
        name: part
        for name in archive
        if name.startswith("word/") and name.endswith(".xml")
        if _EQUATION in (part := archive.read(name))
    }
    if not parts:
        return data
    changed = BytesIO()
    with ZipFile(changed, "w", ZIP_STORED) as made:
        for name in archive:
            if name in parts:
                made.writestr(name, _with_words(parts[name], location))
            else:
                made.writestr(name, b"" if name.startswith(pictures) else archive.read(name))
    return changed.getvalue()


def _with_words(part: bytes, location: str) -> bytes:
    """Return an XML part of a document with each equation as a run of words.

    Raises SourceError, which names `location`, if it is ill-formed.
    """
    from lxml import etree  # noqa: PLC0415 - 20 ms, and only for equations

    root = parse_xml(part, location, repair=False)
    for equation in list(root.iter(f"{_MATH}oMath")):
        parent = equation.getparent()
        if parent is None:
            continue
        run = etree.Element(f"{_WORD}r")
        etree.SubElement(run, f"{_WORD}t").text = formula_text(_mathml(equation, "math", 0))
        parent.replace(equation, run)
    for paragraph in list(root.iter(f"{_MATH}oMathPara")):
        paragraph.tag = f"{_WORD}ins"  # an element whose runs mammoth reads
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))


def _mathml(element: "_Element", tag: str, depth: int) -> "_Element":
    """Return an equation, or a part of one, as an element of MathML.

    Args:
        element: The equation in Word's XML.
        tag: The name of the MathML element.
        depth: How many elements of the equation it is nested in; what is too deep is only text.
    """
    from lxml import etree  # noqa: PLC0415 - as above

    made = etree.Element(tag)
    if depth > _DEEPEST:
        made.text = "".join(part.text or "" for part in element.iter(f"{_MATH}t"))
        return made
    for part in element.iterchildren(f"{_MATH}*"):
        name = part.tag.removeprefix(_MATH)
        match name:
            case "t":
                etree.SubElement(made, "mi").text = part.text
            case "rad":
                made.append(_root(part, depth))
            case "d":
                made.extend(_enclosed(part, depth))
            case "nary":
                etree.SubElement(made, "mo").text = _sign(part, "chr", "∫")
                made.append(_mathml(part, "mrow", depth + 1))
            case _ if not name.endswith(_UNSEEN):
                made.append(_mathml(part, _TAGS.get(name, "mrow"), depth + 1))
            case _:
                pass
    return made


def _root(part: "_Element", depth: int) -> "_Element":
    """Return a root as MathML, without a degree if it states none.

    An empty row if nothing is below the root. `depth` is that of `_mathml`.
    """
    from lxml import etree  # noqa: PLC0415 - as above

    degree, below = part.find(f"{_MATH}deg"), part.find(f"{_MATH}e")
    made = etree.Element("mrow" if below is None else "msqrt")
    if below is None:
        return made
    made.append(_mathml(below, "mrow", depth + 1))
    if degree is not None and next(degree.iter(f"{_MATH}t"), None) is not None:
        made.tag = "mroot"
        made.append(_mathml(degree, "mrow", depth + 1))
    return made


def _enclosed(part: "_Element", depth: int) -> "list[_Element]":
    """Return an expression in brackets as MathML: the brackets, its parts and what separates them.

    `depth` is that of `_mathml`.
    """
    from lxml import etree  # noqa: PLC0415 - as above

    made: list[_Element] = []
    inside = part.findall(f"{_MATH}e")
    separator = _sign(part, "sepChr", "|")
    for number, expression in enumerate(inside):
        made.append(etree.Element("mo"))
        made[-1].text = separator if number else _sign(part, "begChr", "(")
        made.append(_mathml(expression, "mrow", depth + 1))
    made.append(etree.Element("mo"))
    made[-1].text = _sign(part, "endChr", ")")
    return made


def _sign(part: "_Element", name: str, usual: str) -> str:
    """Return a sign in the properties of an expression, such as its bracket.

    `name` is the property's name; `usual` is returned if it is not stated.
    """
    stated = part.find(f"{_MATH}{part.tag.removeprefix(_MATH)}Pr/{_MATH}{name}")
    return usual if stated is None else stated.get(f"{_MATH}val", usual)
