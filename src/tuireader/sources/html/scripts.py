"""Superscripts and subscripts as plain text: 10⁶, x₁, and ^(…) where Unicode has no character."""

from tuireader.sources.html.elements import word_set

_PLAIN_HIGH = "0123456789+-−=()abcdefghijklmnoprstuvwxyz"
_HIGH = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ"
_PLAIN_LOW = "0123456789+-−=()aehijklmnoprstuvx"
_LOW = "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ"
_RAISED = dict(zip(_PLAIN_HIGH, _HIGH, strict=True))
_LOWERED = dict(zip(_PLAIN_LOW, _LOW, strict=True))

_ABBREVIATIONS = word_set(
    "st nd rd th er re ère ers res e es ème eme nde de ste o a os as ro ra do da to ta vo va no na",
    "me mes lle lles r rs gr sr sra mr mrs dr t te bis ter quater",
)
"""Ends of ordinals and titles, which are raised in print only: 21st, 1er, nº, Mme, Dr."""
_TRADE_MARKS = {"tm": "™", "sm": "℠", "mc": "ᴹᶜ"}
_SYMBOLS = "®©™℠*†‡§¶°′″"
_LONGEST = 12


def raised_text(words: str, before: str) -> str:
    """Return the text of a superscript: `⁶`, or `^(…)` if Unicode lacks a character.

    Args:
        words: What is raised; an ending such as "st" is returned as it is.
        before: The character before it; empty or white space if it begins a word.

    >>> raised_text("6", "0"), raised_text("st", "1"), raised_text("1/2", "x")
    ('⁶', 'st', '^(1/2)')
    """
    words = " ".join(words.split())
    begins = not before or before.isspace()
    if words.casefold() in _TRADE_MARKS and not begins:
        return _TRADE_MARKS[words.casefold()]
    if not words or words[0] in "[:" or all(sign in _SYMBOLS for sign in words):
        return words
    if words.strip(".").casefold() in _ABBREVIATIONS and (
        len(words) > 1 or before.isdigit() or begins
    ):
        return words
    return _script(words, "^", _RAISED, begins=begins)


def lowered_text(words: str, before: str) -> str:
    """Return the text of a subscript; the arguments are those of `raised_text`.

    >>> lowered_text("2", "H"), lowered_text("max", "T"), lowered_text("β", "x")
    ('₂', 'ₘₐₓ', '_β')
    """
    words = " ".join(words.split())
    return _script(words, "_", _LOWERED, begins=not before or before.isspace())


def _script(words: str, sign: str, table: dict[str, str], *, begins: bool) -> str:
    """Return raised or lowered words in Unicode's characters if it has all of them.

    Args:
        words: What is raised or lowered.
        sign: "^" or "_", which is put before the words if Unicode lacks a character.
        table: Unicode's raised or lowered characters.
        begins: Whether they begin a word; unless they are digits, they are then not changed.
    """
    if not words or len(words) > _LONGEST or (begins and not words.isdigit()):
        return words
    if all(letter in table for letter in words):
        return "".join(table[letter] for letter in words)
    return f"{sign}{words}" if len(words) == 1 else f"{sign}({words})"
