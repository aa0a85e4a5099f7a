"""The control sequences of pictures are decoded again, as the documents say that terminals do."""

import re
from base64 import b64decode
from io import BytesIO
from itertools import product

import pytest
from PIL import Image, ImageChops

from tuireader.ui.images.protocols import picture_sequence

SIZES = [(1, 1), (8, 12), (13, 7), (90, 31)]


def picture(width: int, height: int) -> Image.Image:
    """A picture of few colours, in which each row and column differs from its neighbours."""
    image = Image.new("RGB", (width, height))
    for y in range(height):
        for x in range(width):
            image.putpixel((x, y), (51 * (x % 6), 51 * (y % 6), 51 * ((x * y) % 2 * 5)))
    return image


def from_kitty(sequence: str) -> tuple[dict[str, str], Image.Image]:
    """The first control data of kitty's protocol, and the picture."""
    controls, payload = [], ""
    for found in re.finditer(r"\x1b_G([^;]*);([^\x1b]*)\x1b\\", sequence):
        controls.append(dict(pair.split("=") for pair in found[1].split(",")))
        assert len(found[2]) <= 4096
        payload += found[2]
    assert "".join(m[0] for m in re.finditer(r"\x1b_G.*?\x1b\\", sequence)) == sequence
    assert [control["m"] for control in controls] == ["1"] * (len(controls) - 1) + ["0"]
    assert all(set(control) == {"m"} for control in controls[1:])
    return controls[0], Image.open(BytesIO(b64decode(payload, validate=True))).convert("RGB")


def from_iterm2(sequence: str) -> tuple[dict[str, str], Image.Image]:
    """The arguments of iTerm2's protocol, and the picture."""
    found = re.fullmatch(r"\x1b\]1337;File=([^:]*):([^\a]*)\a", sequence)
    assert found
    arguments = dict(pair.split("=") for pair in found[1].split(";"))
    return arguments, Image.open(BytesIO(b64decode(found[2], validate=True))).convert("RGB")


def from_sixel(sequence: str) -> Image.Image:
    """The picture that a terminal draws for sixels, by the VT330/VT340 Programmer Reference."""
    found = re.fullmatch(r'\x1bP[\d;]*q"1;1;(\d+);(\d+)(.*)\x1b\\', sequence, re.DOTALL)
    assert found
    image = Image.new("RGB", (int(found[1]), int(found[2])))
    drawn: set[tuple[int, int]] = set()
    colours: dict[int, tuple[int, ...]] = {}
    x = y = colour = 0
    for part in re.finditer(r"#(\d+)(?:;2;(\d+);(\d+);(\d+))?|!(\d+)(.)|([?-~])|([$-])", found[3]):
        if part[1] is not None:
            colour = int(part[1])
            if part[2] is not None:
                colours[colour] = tuple(round(int(part[n]) * 255 / 100) for n in (2, 3, 4))
        elif part[8]:
            x, y = 0, y + 6 * (part[8] == "-")
        else:
            bits = ord(part[6] or part[7]) - 63
            after = x + int(part[5] or 1)
            for column, row in product(range(x, after), range(6)):
                if bits >> row & 1:
                    image.putpixel((column, y + row), colours[colour])
                    drawn.add((column, y + row))
            x = after
    assert "".join(re.findall(r"#[\d;]+|!\d+.|[?-~$-]", found[3])) == found[3]
    assert len(drawn) == image.width * image.height, "a pixel is drawn by no colour"
    return image


@pytest.mark.parametrize("size", SIZES)
def test_kittys_protocol_has_the_picture_and_its_cells(size: tuple[int, int]) -> None:
    image = picture(*size)
    control, shown = from_kitty(picture_sequence("kitty", image, 7, 3))

    expected = {"a": "T", "f": "100", "c": "7", "r": "3", "C": "1", "q": "2"}
    assert {key: control[key] for key in expected} == expected
    assert shown.tobytes() == image.tobytes()


def test_kittys_protocol_sends_a_large_picture_in_pieces() -> None:
    image = Image.effect_noise((90, 90), 80).convert("RGB")
    sequence = picture_sequence("kitty", image, 9, 5)

    assert sequence.count("\x1b_G") > 2
    assert from_kitty(sequence)[1].tobytes() == image.tobytes()


@pytest.mark.parametrize("size", SIZES)
def test_iterm2s_protocol_has_the_picture_and_its_cells(size: tuple[int, int]) -> None:
    image = picture(*size)
    arguments, shown = from_iterm2(picture_sequence("iterm2", image, 7, 3))

    assert arguments == {"inline": "1", "width": "7", "height": "3", "preserveAspectRatio": "1"}
    assert shown.tobytes() == image.tobytes()


@pytest.mark.parametrize("size", SIZES)
def test_sixels_draw_every_pixel_in_its_colour(size: tuple[int, int]) -> None:
    image = picture(*size)
    shown = from_sixel(picture_sequence("sixel", image, 7, 3))

    assert shown.size == image.size
    difference = ImageChops.difference(shown, image).tobytes()
    assert max(difference) <= 3, "percent of a colour are rounded"
