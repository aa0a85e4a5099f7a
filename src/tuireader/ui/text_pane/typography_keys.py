"""The keys for how the text is set and lit."""

from textual.binding import BindingType

from tuireader.ui.bindings import TYPOGRAPHY, key

TYPOGRAPHY_KEYS: list[BindingType] = [
    key(
        "\\ i",
        "screen.choose('picture')",
        "Picture",
        "Show the picture at the cursor, or the nearest one",
        TYPOGRAPHY,
    ),
    key(
        "\\ r",
        "screen.choose('rapid')",
        "A word at a time",
        "Read a word at a time, at 200 to 900 words a minute",
        TYPOGRAPHY,
    ),
    key("\\ h", "screen.typeset('hyphenate')", "Hyphenate", "Divide words, or do not", TYPOGRAPHY),
    key(
        "\\ j",
        "screen.typeset('justify')",
        "Justify",
        "Make the lines even, or do not",
        TYPOGRAPHY,
    ),
    key(
        "\\ t",
        "screen.typeset('whole_lines')",
        "Whole lines",
        "Show long lines of code and tables whole, scrolled sideways, or wrapped",
        TYPOGRAPHY,
    ),
    key("\\ >", "screen.typeset('right')", "Right side", "More of the right side", TYPOGRAPHY),
    key("\\ <", "screen.typeset('left')", "Left side", "More of the left side", TYPOGRAPHY),
    key(
        "\\ f",
        "screen.typeset('focus')",
        "Focus",
        "Dim all but the paragraph of the cursor, or do not",
        TYPOGRAPHY,
    ),
    key(
        "\\ w",
        "screen.typeset('typewriter')",
        "Typewriter",
        "Keep the line of the cursor in the middle, or do not",
        TYPOGRAPHY,
    ),
]
