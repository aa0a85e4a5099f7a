"""The control sequences by which terminals show pictures: kitty's, iTerm2's, and sixel.

The specifications: https://sw.kovidgoyal.net/kitty/graphics-protocol/,
https://iterm2.com/documentation-images.html and the VT3xx manual for sixel.
"""

from base64 import b64encode
from collections.abc import Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Literal

from tuireader.text.lazy_pattern import lazy_pattern

if TYPE_CHECKING:
    from PIL.Image import Image

Protocol = Literal["kitty", "iterm2", "sixel", "blocks"]
"""How a terminal shows pictures; "blocks" are half blocks in colour, which all can."""

KITTY_CLEAR = "\x1b_Ga=d,d=A,q=2\x1b\\"
"""The control sequence that removes kitty's pictures from the screen."""

_CHUNK = 4096
_BAND = 6
"""Rows of pixels that a line of sixels has."""
_RUN = lazy_pattern(r"(.)\1{3,}")
_SIXEL_COLOURS = 255
_SIXEL_TERMINALS = ("foot", "mlterm", "yaft", "contour", "mintty")


def protocol_of(environment: Mapping[str, str]) -> Protocol:
    """Return how the terminal that the environment describes shows pictures.

    In a multiplexer such as tmux these are half blocks.
    """
    term, program = environment.get("TERM", ""), environment.get("TERM_PROGRAM", "")
    if term.startswith(("tmux", "screen")) or environment.get("TMUX"):
        return "blocks"
    if "kitty" in term or "ghostty" in term or program in {"ghostty", "WezTerm"}:
        return "kitty"
    if program == "iTerm.app" or environment.get("LC_TERMINAL") == "iTerm2":
        return "iterm2"
    is_sixel = term.startswith(_SIXEL_TERMINALS) or program in _SIXEL_TERMINALS
    return "sixel" if is_sixel else "blocks"


def picture_sequence(protocol: Protocol, image: "Image", columns: int, rows: int) -> str:
    """Return the control sequence that shows an image at the cursor, in columns and rows.

    The image has the size of these cells in pixels. "" for half blocks, which are text.
    """
    match protocol:
        case "kitty":
            return _kitty(_png(image), columns, rows)
        case "iterm2":
            size = f"inline=1;width={columns};height={rows};preserveAspectRatio=1"
            return f"\x1b]1337;File={size}:{_png(image)}\a"
        case "sixel":
            return _sixel(image)
        case _:
            return ""


def _png(image: "Image") -> str:
    """Return an image as PNG in base64."""
    stream = BytesIO()
    image.save(stream, "PNG")
    return b64encode(stream.getvalue()).decode("ascii")


def _kitty(data: str, columns: int, rows: int) -> str:
    """Return the sequence of kitty's protocol for a PNG in base64, in chunks of 4096 bytes."""
    chunks = [data[start : start + _CHUNK] for start in range(0, len(data), _CHUNK)] or [""]
    parts = []
    for number, chunk in enumerate(chunks):
        head = f"a=T,f=100,c={columns},r={rows},C=1,q=2," if number == 0 else ""
        parts.append(f"\x1b_G{head}m={int(number < len(chunks) - 1)};{chunk}\x1b\\")
    return "".join(parts)


def _sixel(image: "Image") -> str:
    """Return an image as a sixel sequence with at most 255 colours."""
    picture = image.convert("RGB").quantize(_SIXEL_COLOURS)
    width, height = picture.size
    palette = picture.getpalette() or []
    pixels = picture.tobytes()
    parts = [f'\x1bP0;1q"1;1;{width};{height}']
    for colour in range(len(palette) // 3):
        red, green, blue = (100 * part // 255 for part in palette[3 * colour : 3 * colour + 3])
        parts.append(f"#{colour};2;{red};{green};{blue}")
    for top in range(0, height, _BAND):
        lines: dict[int, bytearray] = {}
        for y in range(top, min(top + _BAND, height)):
            bit = 1 << (y - top)
            for x, colour in enumerate(pixels[y * width : (y + 1) * width]):
                line = lines.get(colour)
                if line is None:
                    line = lines[colour] = bytearray(b"?" * width)
                line[x] += bit
        parts.append("$".join(f"#{colour}{_runs(lines[colour])}" for colour in sorted(lines)) + "-")
    parts.append("\x1b\\")
    return "".join(parts)


def _runs(line: bytearray) -> str:
    """Return the sixels of a line in one colour; those that are repeated are counted."""
    sixels = line.rstrip(b"?").decode("ascii")
    return _RUN.sub(lambda run: f"!{len(run[0])}{run[1]}", sixels)
