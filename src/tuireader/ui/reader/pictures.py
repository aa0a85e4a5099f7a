"""Opens the pictures of the open article on request."""

import asyncio
import os
from urllib.parse import urlsplit

from tuireader.app.pictures import PicturePlace, fetch_picture, place_of, read_picture
from tuireader.domain.article import Article, Picture
from tuireader.domain.blocks import BlockKind
from tuireader.domain.errors import SourceError
from tuireader.text.sanitize import sanitize_line
from tuireader.ui.notebook_editor import Notifier
from tuireader.ui.workers import Tasks


def picture_at(article: Article, offset: int) -> int:
    """Return the number of the picture at an offset: in its block, else the nearest; -1 if none."""
    pictures, blocks = article.pictures, article.blocks
    if not pictures:
        return -1
    block = blocks[blocks.index_at(offset)] if len(blocks) else None
    for number, picture in enumerate(pictures):
        if block and block.start <= picture.offset <= block.end:
            return number
    return min(range(len(pictures)), key=lambda number: abs(pictures[number].offset - offset))


def caption_of(article: Article, picture: Picture) -> str:
    """Return the caption at a picture, else its description, else the name of its file."""
    blocks = article.blocks
    if len(blocks):
        first = blocks.index_at(picture.offset)
        for block in blocks[first : first + 2]:
            if block.kind is BlockKind.CAPTION:
                return article.text[block.start : block.end]
    name = picture.target[:300].rpartition("/")[2]
    return picture.description or sanitize_line(name)


async def show_pictures(article: Article, offset: int, tasks: Tasks, notifier: Notifier) -> None:
    """Show the picture at an offset, and others on request.

    A picture on the web is fetched only if the user says so. Where one cannot be shown, its
    description is.
    """
    number = picture_at(article, offset)
    if number < 0:
        notifier.say("No pictures in this article")
        return
    while step := await _show(article, article.pictures[number], tasks, notifier):
        number = (number + step) % len(article.pictures)


async def _show(article: Article, picture: Picture, tasks: Tasks, notifier: Notifier) -> int:
    """Show a picture; return by how many the user goes on, 0 to go back."""
    caption = caption_of(article, picture)
    place = place_of(article, picture)
    try:
        data = await _data(place, tasks)
        from tuireader.ui.images.picture import decoded  # noqa: PLC0415 - only for pictures

        name = sanitize_line(picture.target[:80])
        image = await asyncio.to_thread(decoded, data, name) if data else None
    except SourceError as error:
        notifier.say(f"{error}. {caption}")
        return 0
    if image is None:
        notifier.say(f"The picture is not stored with the article. {caption}")
        return 0
    from tuireader.ui.images.picture_screen import PictureScreen  # noqa: PLC0415 - as above
    from tuireader.ui.images.protocols import protocol_of  # noqa: PLC0415 - as above

    return await tasks.ask(PictureScreen(image, caption, protocol_of(os.environ))) or 0


async def _data(place: PicturePlace, tasks: Tasks) -> bytes:
    """Return the bytes of a picture; b"" if there are none, or it is not to be fetched."""
    is_here = bool(place.path or place.data)
    data = await asyncio.to_thread(read_picture, place) if is_here else b""
    if data or not place.address:
        return data
    from tuireader.ui.screens.dialogs import OptionScreen  # noqa: PLC0415 - not at the start

    host = sanitize_line(urlsplit(place.address).hostname or place.address)
    options = [("Do not fetch it", False), (f"Fetch it from {host}", True)]
    if not await tasks.ask(OptionScreen("The picture is on the web", options)):
        return b""
    return await asyncio.to_thread(fetch_picture, place.address)
