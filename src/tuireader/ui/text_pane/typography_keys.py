"""The keys for how the text is set and lit."""

from textual.binding import BindingType

from tuireader.ui.bindings import TYPOGRAPHY, key

SIDEWAYS_KEYS: list[BindingType] = [
    key(
        "z l,\\ >",
        "motion('right_side')",
        "Right",
        "More of the right side of wide code and tables",
        TYPOGRAPHY,
        name="right-side",
        show=True,
    ),
    key(
        "z h,\\ <",
        "motion('left_side')",
        "Left",
        "More of the left side of wide code and tables",
        TYPOGRAPHY,
        name="left-side",
    ),
]
"""The keys that scroll wide lines; they are active only where there are any."""

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
        "\\ c",
        "screen.typeset('small_caps')",
        "Small capitals",
        "Show small capitals, or small letters",
        TYPOGRAPHY,
    ),
    key(
        "\\ t",
        "screen.typeset('whole_lines')",
        "Whole lines",
        "Show long lines of code and tables whole, scrolled sideways, or wrapped",
        TYPOGRAPHY,
    ),
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
