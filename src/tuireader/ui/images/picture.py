"""Decodes a picture and fits it into cells of the screen; Pillow is imported when one is opened."""

from io import BytesIO
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style

from tuireader.domain.errors import SourceError, missing_extra

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_PIXELS = 100_000_000
"""Pixels of a picture that is decoded at most."""

CELL = (8, 16)
"""The width and height of a cell in pixels where the terminal does not state it."""


def decoded(data: bytes, name: str) -> "Image":
    """Return the image that some bytes are; `name` is for messages.

    Raises SourceError without Pillow, or if the bytes are no picture.
    """
    with missing_extra("images", name):
        from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: PLC0415 - an extra
    try:
        image = Image.open(BytesIO(data))
        if image.width * image.height > MAX_PIXELS:
            raise SourceError(name, "the picture is too large")
        image.load()
        return ImageOps.exif_transpose(image).convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise SourceError(name, "it is no picture that can be shown") from error


def fitted_cells(image: "Image", columns: int, rows: int, cell: tuple[int, int]) -> tuple[int, int]:
    """Return the columns and rows that an image takes in a room, without distortion.

    `cell` has the width and height of a cell in pixels. A small picture is not enlarged beyond
    twice its size.
    """
    scale = min(columns * cell[0] / image.width, rows * cell[1] / image.height, 2.0)
    wide = max(1, round(image.width * scale / cell[0]))
    high = max(1, round(image.height * scale / cell[1]))
    return min(columns, wide), min(rows, high)


def scaled(image: "Image", width: int, height: int, ground: str) -> "Image":
    """Return an image in a size in pixels, over a ground colour such as "#101010"."""
    from PIL import Image  # noqa: PLC0415 - an extra

    small = image.resize((max(1, width), max(1, height)), Image.Resampling.LANCZOS)
    below = Image.new("RGBA", small.size, ground)
    return Image.alpha_composite(below, small).convert("RGB")


def half_blocks(image: "Image", columns: int, rows: int, ground: str) -> list[list[Segment]]:
    """Return an image as rows of half blocks: two pixels a cell, one above the other."""
    pixels = scaled(image, columns, 2 * rows, ground).tobytes()
    width = 3 * columns

    def colour(x: int, y: int) -> str:
        red, green, blue = pixels[y * width + 3 * x : y * width + 3 * x + 3]
        return f"#{red:02x}{green:02x}{blue:02x}"

    return [
        [
            Segment("▀", Style(color=colour(x, 2 * y), bgcolor=colour(x, 2 * y + 1)))
            for x in range(columns)
        ]
        for y in range(rows)
    ]
