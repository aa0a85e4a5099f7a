"""Loads the pictures of an article: from files beside it, its archive, or, if asked, the web."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, unquote_to_bytes, urljoin, urlsplit

from tuireader.domain.article import Article, Picture
from tuireader.domain.errors import SourceError
from tuireader.sources.files import is_address
from tuireader.sources.saved_pages.page import LARGEST_SAVED
from tuireader.sources.saved_pages.pictures import ENDINGS, is_inside, picture_inside

MAX_BYTES = 50_000_000
"""The size of a picture that is opened at most."""


@dataclass(frozen=True, slots=True)
class PicturePlace:
    """Where a picture is; no field is set if that cannot be known."""

    path: str = ""
    """The file."""
    member: str = ""
    """The path in the archive `path`, if the picture is in one."""
    address: str = ""
    """The address on the web; it is fetched only if the reader asks for it."""
    data: bytes = b""
    """The picture itself, from a `data:` URL."""
    inside: str = ""
    """Its name in the saved page that `path` or `member` is; `address` is for one that is not."""
    page: str = ""
    """The address of that page; "" if it is unknown."""


def place_of(article: Article, picture: Picture) -> PicturePlace:
    """Return where a picture of an article is; nothing is read or fetched."""
    target = picture.target
    file, _, member = article.location.partition("#")
    name = member or file
    if not is_address(file) and (is_inside(target) or name.lower().endswith(ENDINGS)):
        address = urljoin(article.source, target)
        return PicturePlace(
            path=file,
            member=member,
            inside=target,
            page=article.source,
            address=address if is_address(address) else "",
        )
    if target.lower().startswith("data:"):
        return PicturePlace(data=_data_of(target))
    if urlsplit(target).scheme.lower() in {"http", "https"} or target.startswith("//"):
        return PicturePlace(address=urljoin("https:", target))
    return _place_beside(article, target)


def _place_beside(article: Article, target: str) -> PicturePlace:
    """Return where a picture is that is named by a path, relative to its article."""
    file, _, member = article.location.partition("#")
    if file.lower().startswith(("http://", "https://")):
        return PicturePlace(address=urljoin(file, target))
    wanted = unquote(target.partition("#")[0].partition("?")[0])
    if member and _is_zip(file):
        from tuireader.sources.zip_archive import member_path  # noqa: PLC0415 - only for archives

        return PicturePlace(path=file, member=member_path(member, target))
    found = Path(file).parent / wanted
    if _is_beside(Path(file), found):
        return PicturePlace(path=str(found))
    if article.source.startswith(("http://", "https://")):
        return PicturePlace(address=urljoin(article.source, target))
    return PicturePlace()


def _is_beside(file: Path, picture: Path) -> bool:
    """Return whether a picture is a regular file in the folder of an article's file, or below it.

    Others are not read: a page must not name any file of the computer.
    """
    try:
        inside = picture.resolve().is_relative_to(file.parent.resolve())
        return inside and picture.is_file()
    except (OSError, ValueError):
        return False


def read_picture(place: PicturePlace) -> bytes:
    """Return the bytes of a picture that is a file, in an archive, or in the page itself.

    Returns b"" if it is not in the saved page that should have it.

    Raises SourceError if it cannot be read, or is larger than MAX_BYTES.
    """
    if place.data:
        return place.data
    if place.inside:
        saved = _content(place, LARGEST_SAVED, "the page is too large")
        return picture_inside(saved, place.member or place.path, place.inside, place.page)
    return _content(place, MAX_BYTES, "the picture is too large")


def _content(place: PicturePlace, most: int, refusal: str) -> bytes:
    """Return the bytes of the file or member at a place, which are at most `most`.

    Raises SourceError with `refusal` if they are more.
    """
    try:
        with Path(place.path).open("rb") as stream:
            if place.member:
                from tuireader.sources.zip_archive import ZipArchive  # noqa: PLC0415 - for archives

                return ZipArchive(stream, place.path).read(place.member)
            data = stream.read(most + 1)
    except OSError as error:
        raise SourceError(place.path, error.strerror or "it cannot be read") from error
    if len(data) > most:
        raise SourceError(place.path, refusal)
    return data


def fetch_picture(address: str) -> bytes:
    """Fetch a picture from the web; raises SourceError if that fails."""
    from tuireader.sources.web.fetch import fetch  # noqa: PLC0415 - only if the reader asked

    return fetch(address).data


def _data_of(target: str) -> bytes:
    """Return the bytes of a `data:` URL; b"" if it is malformed."""
    head, _, words = target.partition(",")
    if head.lower().endswith(";base64"):
        from base64 import b64decode  # noqa: PLC0415 - seldom needed

        try:
            return b64decode(unquote(words), validate=False)
        except ValueError:
            return b""
    return unquote_to_bytes(words)


def _is_zip(path: str) -> bool:
    """Return whether a file begins as a zip archive does."""
    try:
        with Path(path).open("rb") as stream:
            return stream.read(4) == b"PK\x03\x04"
    except OSError:
        return False
