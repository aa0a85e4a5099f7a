"""Formulas as text: from TeX, from MathML, and from the description of a formula's picture."""

import re
from itertools import islice
from typing import TYPE_CHECKING

from tuireader.sources.html.elements import names_of, tag_of
from tuireader.sources.html.scripts import lowered_text, raised_text

if TYPE_CHECKING:
    from lxml.etree import _Element

_LONGEST = 5_000
_DEEPEST = 40
_WRAPPED = re.compile(
    r"\s*(?:\{\s*\\(?:display|text)style\b(.*)\}|\\\((.*)\\\)|\\\[(.*)\\\]|\$\$?([^$]*)\$\$?)\s*",
    re.DOTALL,
)
_STYLE = re.compile(r"\\(?:display|text)style\b\s*")
_SCRIPT = re.compile(r"([\^_])(?:\{([^{}\\]{1,12})\}|([^\s{}\\]))")
_COMMAND = re.compile(r"\\([a-zA-Z]+|[,;:! %{}])\s*")
_SYMBOLS = {
    "times": "×", "cdot": "·", "pm": "±", "mp": "∓", "div": "÷", "leq": "≤", "le": "≤", "geq": "≥",
    "ge": "≥", "neq": "≠", "ne": "≠", "approx": "≈", "equiv": "≡", "sim": "∼", "propto": "∝",
    "infty": "∞", "to": "→", "rightarrow": "→", "leftarrow": "←", "Rightarrow": "⇒", "in": "∈",
    "notin": "∉", "subset": "⊂", "cup": "∪", "cap": "∩", "forall": "∀", "exists": "∃", "sum": "∑",
    "prod": "∏", "int": "∫", "partial": "∂", "nabla": "∇", "ldots": "…", "dots": "…", "cdots": "⋯",
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε",
    "zeta": "ζ", "eta": "η", "theta": "θ", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν",
    "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ", "varphi": "φ",
    "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ",
    "Pi": "Π", "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "left": "", "right": "",
    "quad": " ", ",": " ", ";": " ", ":": " ", "!": "", " ": " ", "%": "%", "{": "{", "}": "}",
}  # fmt: skip
_PICTURES = frozenset({"math", "tex", "latex", "katex", "mathjax", "formula", "equation", "mwe"})
_TEX_SERVERS = re.compile(r"codecogs|mathtex|mimetex|latex|/math/render/|/tex/", re.IGNORECASE)


FORMULA_TAGS = frozenset({"math", "span", "div", "p", "script"})
"""The elements that may be a formula."""


def formula_text(element: "_Element") -> str:
    """Return the text of a formula; empty if the element is not one.

    A formula is a `math` element, whose TeX is taken if it has one; a script with TeX; or an
    element that is named math and holds TeX between its delimiters.
    """
    tag = tag_of(element)
    if tag == "math":
        return _mathml_text(element)
    if tag == "script":
        return tex_text(element.text or "") if is_tex_script(element) else ""
    text = element.text or ""
    if len(element) or "\\" not in text[:10] or not names_of(element) & _PICTURES:
        return ""
    return tex_text(text) if _WRAPPED.fullmatch(text) else ""


def is_formula(element: "_Element") -> bool:
    """Return whether an element is a formula: `math`, a picture of one, or one in TeX."""
    tag = tag_of(element)
    if tag == "img":
        return bool(picture_formula(element))
    return tag == "math" or (tag in {"span", "div", "p"} and bool(formula_text(element)))


def is_tex_script(element: "_Element") -> bool:
    """Return whether an element is a script in which MathJax keeps a formula."""
    return element.tag == "script" and (element.get("type") or "").startswith("math/tex")


def is_formula_copy(element: "_Element") -> bool:
    """Return whether an element is a second display of a formula that stands beside it as TeX."""
    attributes = element.attrib
    if element.tag not in {"span", "div"} or "class" not in attributes:
        return False
    kind = str(attributes["class"])
    if "katex-html" in kind:
        parent = element.getparent()
        return parent is not None and next(parent.iter("{*}math"), None) is not None
    if not kind.startswith("MathJax"):
        return False
    return any(is_tex_script(other) for other in islice(element.itersiblings(), 2))


def _mathml_text(element: "_Element") -> str:
    """Return the text of a `math` element: its TeX if it has one, else its parts in one line."""
    for part in element.iterdescendants():
        is_tex = tag_of(part) == "annotation" and "tex" in (part.get("encoding") or "").lower()
        if is_tex and (tex := tex_text(part.text or "")):
            return tex
    return tex_text(element.get("alttext") or "") or " ".join(_linear(element, 0).split())


def tex_text(tex: str) -> str:
    r"""Return TeX as a reader would write it (`ax²+bx+c`) if it is simple, else as it is.

    >>> tex_text(r"{\displaystyle ax^{2}+bx+c}"), tex_text(r"\frac{1}{2}")
    ('ax²+bx+c', '\\frac{1}{2}')
    """
    tex = " ".join(tex[:_LONGEST].split())
    if wrapped := _WRAPPED.fullmatch(tex):
        tex = next(part for part in wrapped.groups() if part is not None).strip()
    tex = _STYLE.sub("", tex)
    plain = _SCRIPT.sub(_script, _COMMAND.sub(lambda found: _SYMBOLS.get(found[1], found[0]), tex))
    simple = not any(sign in plain for sign in "\\{}") and "^(" not in plain and "_(" not in plain
    return " ".join(plain.split()) if simple else tex


def _script(found: re.Match[str]) -> str:
    """Return the text for a superscript or subscript that the pattern matched in TeX."""
    words = found[2] or found[3]
    return raised_text(words, "x") if found[1] == "^" else lowered_text(words, "x")


def picture_formula(image: "_Element") -> str:
    """Return the formula that a picture shows, from its description.

    Empty if the picture shows no formula, or has no description.
    """
    words = image.get("alt") or ""
    if not words.strip():
        return ""
    if names_of(image) & _PICTURES or _TEX_SERVERS.search((image.get("src") or "")[:300]):
        return tex_text(words)
    return ""


def _linear(element: "_Element", depth: int) -> str:
    """Return the text of a MathML element in one line.

    `depth` counts the MathML elements around it; of one that is nested too deeply only the text is
    taken.
    """
    tag = tag_of(element)
    if depth > _DEEPEST:
        return "".join(element.itertext())
    if tag in {"annotation", "annotation-xml"} or not tag:
        return ""
    parts = [_linear(child, depth + 1) for child in element if tag_of(child)]
    return _joined(tag, parts) if parts else _token(tag, (element.text or "").strip())


def _joined(tag: str, parts: list[str]) -> str:
    """Return the texts of the parts of a MathML element, joined as its name `tag` requires.

    For example, the parts of `mfrac` are joined by "/".
    """
    match tag, parts:
        case (("msup" | "mover"), [base, high]):
            text = base + raised_text(high, "x")
        case (("msub" | "munder"), [base, low]):
            text = base + lowered_text(low, "x")
        case (("msubsup" | "munderover"), [base, low, high]):
            text = base + lowered_text(low, "x") + raised_text(high, "x")
        case "mfrac", [above, below]:
            text = f"{_grouped(above)}/{_grouped(below)}"
        case "msqrt", _:
            text = f"√{_grouped(''.join(parts))}"
        case "mroot", [base, root]:
            text = f"{raised_text(root, 'x')}√{_grouped(base)}"
        case "mtr", _:
            text = " ".join(parts) + "; "
        case _:
            text = "".join(parts)
    return text


def _token(tag: str, words: str) -> str:
    """Return an operator between spaces if it relates two sides; any other token as it is.

    `tag` is the MathML element of the token, `words` its text.
    """
    return (
        f" {words} " if tag == "mo" and words in {"=", "≠", "≤", "≥", "<", ">", "≈", "→"} else words
    )


def _grouped(words: str) -> str:
    """Return an expression in brackets unless it is one character, number or name."""
    return words if len(words) == 1 or words.isalnum() else f"({words})"
