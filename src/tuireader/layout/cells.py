"""Measures and cuts text in terminal cells, and finds the graphemes in it."""

from bisect import bisect_right
from itertools import accumulate

from tuireader.layout.terminal_widths import STANDARD, TerminalWidths
from tuireader.text.lazy_pattern import lazy_pattern

SIMPLE = lazy_pattern(
    "[ -~\xa0-\xac\xae-\u02ff\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u0482\u048a-\u052f"
    "\u0531-\u0556\u05d0-\u05ea\u0620-\u064a\u1e00-\u1f15\u2010-\u2027\u202f-\u205e"
    "\u2070\u2074-\u208e\u20a0-\u20c0\u2100-\u2319\u2500-\u25fc]*"
)
"""Characters that take one cell each and join nothing; the only breaking space among them is " ".

A subset of what Rich 15 measures as one cell. Unlike Rich's own set, it has the typographic quotes
and dashes, so that prose is not measured character by character.
"""

NARROW, OPENING, CLOSING = "a", "o", "c"
BLANK, WIDE_BLANK, EMPTY_BLANK = "_", "S", "z"
MARK, CELL_MARK, AM, JOINER, EMOJI_MARK, BREAK_MARK = "x", "y", "A", "J", "V", "b"
WIDE, WIDE_OPENING, WIDE_CLOSING, SYLLABLE, LEADING = "W", "O", "C", "G", "L"
FLAG, TONE, KEYCAP, VOWEL, TAMIL_VOWEL, VIRAMA, ACCENT = "R", "m", "k", "d", "t", "v", "q"

BLANKS = frozenset((BLANK, WIDE_BLANK, EMPTY_BLANK))
MARKS = frozenset(
    MARK
    + CELL_MARK
    + AM
    + JOINER
    + EMOJI_MARK
    + BREAK_MARK
    + TONE
    + KEYCAP
    + VOWEL
    + TAMIL_VOWEL
    + VIRAMA
    + ACCENT
)
"""The classes of characters that belong to the character before them."""
WIDES = frozenset((WIDE, WIDE_OPENING, WIDE_CLOSING, SYLLABLE, LEADING))

_TWO = (*WIDES, WIDE_BLANK)
_NONE = (EMPTY_BLANK, MARK, EMOJI_MARK, BREAK_MARK, KEYCAP, VIRAMA)
_DEPENDENT = lazy_pattern(f"[{JOINER}{EMOJI_MARK}{FLAG}{TONE}{VIRAMA}]")
"""A class whose characters change the cells of others."""


class _Terminal:
    """The widths of the terminal in use, and from them the cells of each class."""

    def __init__(self, widths: TerminalWidths) -> None:
        self.widths = widths
        cells = dict.fromkeys(_TWO, 2) | dict.fromkeys(_NONE, 0)
        cells |= {ACCENT: widths.mark, JOINER: widths.joiner, FLAG: widths.lone_flag}
        cells |= {TONE: widths.modifier, VOWEL: widths.vowel, TAMIL_VOWEL: widths.tamil_vowel}
        cells[AM] = widths.thai_am
        self.cells = bytes(cells.get(chr(kind), 1) for kind in range(256))


_terminals = [_Terminal(STANDARD)]
"""One element: the terminal of this process."""


def use_widths(widths: TerminalWidths) -> bool:
    """Measure texts as a terminal with these widths does; return whether that is a change.

    Rows that were laid out before must be laid out again.
    """
    changed = widths != _terminals[0].widths
    if changed:
        _terminals[0] = _Terminal(widths)
    return changed


def widths_in_use() -> TerminalWidths:
    """Return the widths by which texts are measured."""
    return _terminals[0].widths


_VIRAMAS = "\u094d\u09cd\u0acd\u0b4d\u0c4d\u0d4d"
"""The signs that join two consonants into a conjunct (Indic_Conjunct_Break=Linker)."""
_NO_BREAK = "\xa0\u2007\u202f"
_NOT_FIRST = frozenset(
    ",.;:!?/…‥%°‰′″℃'\"、。，．：；？！％‼⁇⁈⁉ー々〻〜～゠・･ゝゞヽヾ゛゜ｰ"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿｧｨｩｪｫｬｭｮｯ"
)
"""Marks that do not begin a row: the classes CL, EX, IN, IS, SY, PO, NS and CJ of UAX 14."""
_NOT_LAST = frozenset("$£¥€№＄￡￥￦")
"""Signs before a number, which do not end a row: the class PR of UAX 14."""
_MAX_CLUSTER = 256
_TABLE = "latest"
"""The Unicode version of Rich's own table; "auto" may stand for the terminal's (`ui/terminal`)."""


class _Kinds(dict[int, int]):
    """Maps code points to their kind, computed on first use, for `str.translate`."""

    def __missing__(self, code: int) -> int:
        kind = self[code] = ord(_kind(chr(code)))
        return kind


_KINDS = _Kinds()


def character_classes(text: str) -> str:
    """Return one letter for each character of a text: its class for measuring and wrapping.

    The letters are the constants of this module: `NARROW`, `OPENING` and `CLOSING` punctuation,
    `BLANK` (a space that may end a row), `MARK` (a combining mark), `WIDE` (two cells), `FLAG` (a
    regional indicator) and their variants. The result is as long as the text.
    """
    return text.translate(_KINDS)


def cell_widths(text: str, kinds_of_text: str) -> bytes:
    """Return the cells of each character in the terminal (`use_widths`).

    By default, the sum is what Rich measures. A tab counts as one cell. `kinds_of_text` is what
    `character_classes` returns for the text.
    """
    widths = kinds_of_text.encode("ascii").translate(_terminals[0].cells)
    if _DEPENDENT.search(kinds_of_text):
        return _joined_widths(text, kinds_of_text, widths)
    return widths


def joins_previous(text: str, index: int) -> bool:
    """Return whether the character at the index belongs to the grapheme before it.

    The index must be from 1 to the last character's.
    """
    before, after = text[index - 1], text[index]
    if " " < after <= "~":
        return before == "\u200d"
    if before in "\r\n":
        return before == "\r" and after == "\n"
    kind, kind_before = chr(_KINDS[ord(after)]), chr(_KINDS[ord(before)])
    if kind in MARKS or kind_before == JOINER:
        return kind not in BLANKS
    if kind_before == VIRAMA:
        return text[index - 2 : index - 1].isalpha() and after.isalpha()
    if kind_before == LEADING:
        return kind in {LEADING, SYLLABLE}
    return kind == kind_before == FLAG and _flags_before(text, index) % 2 == 1


def grapheme_start(text: str, index: int) -> int:
    """Return the start of the grapheme that contains the character at the index.

    At most 256 code points back are examined. An index of 0 or less, or at or beyond the end of the
    text, is returned unchanged.
    """
    if not 0 < index < len(text):
        return index
    start = index
    while start > 0 and joins_previous(text, start):
        start -= 1
        if index - start == _MAX_CLUSTER:
            return index
    return start


def grapheme_end(text: str, index: int) -> int:
    """Return the index behind the grapheme that contains the character at the index.

    At most 256 code points on are examined; never more than the text's length.
    """
    last = min(len(text), index + _MAX_CLUSTER)
    end = index + 1
    while end < last and joins_previous(text, end):
        end += 1
    return min(end, len(text))


def _flags_before(text: str, index: int) -> int:
    """Return the number of regional indicators directly before the index, at most 256."""
    first = max(0, index - _MAX_CLUSTER)
    start = index
    while start > first and "\U0001f1e6" <= text[start - 1] <= "\U0001f1ff":
        start -= 1
    return index - start


def _joined_widths(text: str, kinds_of_text: str, widths: bytes) -> bytes:
    """Return widths corrected for what joins: emoji, flags and conjuncts.

    `kinds_of_text` is that of `character_classes`, `widths` has the cells of each character.
    """
    terminal = _terminals[0].widths
    corrected = bytearray(widths)
    measured = -1
    """The index of the last character that takes cells; -1 after a selector."""
    before = ""
    for index, kind in enumerate(kinds_of_text):
        if before == JOINER and terminal.joins:
            corrected[index] = 0
            before = ""
            continue
        if kind == EMOJI_MARK:
            if measured >= 0:
                corrected[index] = _selected(text, measured, index, terminal)
            measured = -1
        else:
            corrected[index] = _joined_width(text, index, kind, before, corrected[index])
            if corrected[index]:
                measured = index
        before = "" if kind == before == FLAG else kind
    return bytes(corrected)


def _joined_width(text: str, index: int, kind: str, before: str, cells: int) -> int:
    """Return the cells of the character at the index, which takes `cells` by itself.

    `kind` is its class, and `before` that of the character before it.
    """
    terminal = _terminals[0].widths
    if kind == before == FLAG:
        return max(0, terminal.flag - terminal.lone_flag)
    if before == VIRAMA and terminal.conjunct and joins_previous(text, index):
        return 0
    if kind == TONE and before != WIDE:
        return 2 if terminal.modifier else 0
    return cells


def _selected(text: str, measured: int, index: int, terminal: TerminalWidths) -> int:
    """Return the cells that an emoji variation selector adds.

    `measured` is the index of the character that it selects, and `index` that of the selector.
    """
    if text[index + 1 : index + 2] == "\u20e3" and measured == index - 1:
        return max(0, terminal.keycap - 1)
    return _widened(text[measured]) if terminal.selector else 0


def _widened(character: str) -> int:
    """Return by how many cells, 0 or 1, an emoji variation selector widens a character."""
    from rich.cells import cell_len  # noqa: PLC0415 - 3 ms that plain text need not pay

    return cell_len(character + "\ufe0f", _TABLE) - cell_len(character, _TABLE)


def _kind(character: str) -> str:
    """Return the class of a character, one of the letters that are defined above."""
    from rich.cells import get_character_cell_size  # noqa: PLC0415 - as above

    if character == "\u200d":
        return JOINER
    if character == "\ufe0f":
        return EMOJI_MARK
    if character in "\u200b\xad":
        return BREAK_MARK
    cells = 1 if character == "\t" else get_character_cell_size(character, _TABLE)
    if character.isspace() and character not in _NO_BREAK:
        return (EMPTY_BLANK, BLANK, WIDE_BLANK)[cells]
    if cells == 0:
        return _mark_kind(character)
    return _wide_kind(character) if cells == 2 else _narrow_kind(character)


def _mark_kind(character: str) -> str:
    """Return the class of a character that takes no cell by itself."""
    from unicodedata import category  # noqa: PLC0415 - a table of 1 MB

    if character == "\u20e3":
        return KEYCAP
    if "\U0001f3fb" <= character <= "\U0001f3ff":
        return TONE
    if character in _VIRAMAS:
        return VIRAMA
    if "\u0300" <= character <= "\u036f":
        return ACCENT
    if "\u0900" <= character <= "\u0fff" and category(character) == "Mc":
        return TAMIL_VOWEL if "\u0b80" <= character <= "\u0bff" else VOWEL
    return MARK


def _wide_kind(character: str) -> str:
    """Return the class of a character that takes two cells."""
    from unicodedata import category  # noqa: PLC0415 - a table of 1 MB

    if "\uac00" <= character <= "\ud7a3":
        return SYLLABLE
    if "\u1100" <= character <= "\u115f" or "\ua960" <= character <= "\ua97c":
        return LEADING
    form = category(character)
    if character in _NOT_FIRST or form in {"Pe", "Pf"}:
        return WIDE_CLOSING
    return WIDE_OPENING if character in _NOT_LAST or form in {"Ps", "Pi"} else WIDE


def _narrow_kind(character: str) -> str:
    """Return the class of a character that takes one cell or none, and is no space."""
    from unicodedata import category  # noqa: PLC0415 - as above

    if "\U0001f1e6" <= character <= "\U0001f1ff":
        return FLAG
    if character in "\u0e33\u0eb3":
        return AM
    if character in "\uff9e\uff9f":
        return CELL_MARK
    form = category(character)
    if character in _NOT_FIRST or form in {"Pe", "Pf"}:
        return CLOSING
    return OPENING if character in _NOT_LAST or form in {"Ps", "Pi"} else NARROW


def cell_width(text: str) -> int:
    """Return the width of the text in cells; 0 for an empty one. A tab counts as one."""
    if SIMPLE.fullmatch(text):
        return len(text)
    return sum(cell_widths(text, character_classes(text)))


def cut_cells(text: str, cells: int) -> str:
    """Return the longest prefix of whole graphemes that takes at most `cells` cells.

    Returns "" if `cells` is 0 or less, or if the first grapheme is wider.
    """
    if cells <= 0:
        return ""
    if SIMPLE.fullmatch(text, 0, cells + 1):
        return text[:cells]
    edges = _edges(text)
    end = bisect_right(edges, cells) - 1
    return text[: grapheme_start(text, end)]


def split_cells(text: str, cells: int) -> tuple[str, str]:
    """Return a text in two parts, of which the first takes so many cells.

    A character over the cut becomes blanks in both. A text that is not wider is the first part.
    """
    before = cut_cells(text, cells)
    missing = cells - cell_width(before)
    if missing <= 0 or len(before) == len(text):
        return before, text[len(before) :]
    end = grapheme_end(text, len(before))
    over = cell_width(text[:end]) - cells
    return before + " " * missing, " " * over + text[end:]


def fit_cells(text: str, cells: int, ellipsis: str = "…") -> str:
    """Return the text cut or padded to exactly `cells` cells.

    A text that is too long ends with the ellipsis if that fits; a short one is padded with spaces.
    Returns "" if `cells` is 0 or less.
    """
    if cells <= 0:
        return ""
    shown = cut_cells(text, cells)
    if len(shown) < len(text) and cell_width(ellipsis) <= cells:
        shown = cut_cells(text, cells - cell_width(ellipsis)).rstrip() + ellipsis
    # A joiner at the end would hide the blank after it.
    shown = shown.rstrip("\u200d")
    return shown + " " * (cells - cell_width(shown))


def column_to_index(text: str, cells: int) -> int:
    """Return the index of the grapheme at a cell column, counted from 0.

    A column beyond the text gives the text's length; a negative one counts as 0.
    """
    cells = max(0, cells)
    if SIMPLE.fullmatch(text, 0, cells + 1):
        return min(cells, len(text))
    return grapheme_start(text, bisect_right(_edges(text), cells) - 1)


def next_grapheme(text: str, index: int) -> int:
    """Return the end of the grapheme at the index; the text's length at or behind its end.

    The index is the start of a grapheme. At most 256 code points are examined.
    """
    if index >= len(text):
        return len(text)
    return grapheme_end(text, index)


def previous_grapheme(text: str, index: int) -> int:
    """Return the start of the grapheme before the index; 0 at the start of the text.

    An index beyond the text counts as its end. At most 256 code points are examined.
    """
    return grapheme_start(text, min(index, len(text)) - 1) if index > 0 else 0


def _edges(text: str) -> list[int]:
    """Return the cell column of each character, and as the last element the whole width."""
    return list(accumulate(cell_widths(text, character_classes(text)), initial=0))
