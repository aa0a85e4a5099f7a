"""Exports of press databases in documents of Word and in Rich Text."""

import re
from io import BytesIO

from tuireader.domain.errors import SourceError

LARGEST_DOCUMENT = 50_000_000
"""The largest document that is searched for the marks of an export, in bytes."""
_ZIP, _RTF = b"PK\x03\x04", b"{\\rtf"
_MARKS = re.compile(
    rb"End of Document|Ende des Dokuments|Fin du document|\d of \d{1,5} DOCUMENTS"
    rb"|(?:Document|Dokument) [A-Z]{2,8}0{2,8}20\d{6}"
)
"""What the exports of press databases have, at least one of these each, and no other document."""


def is_document(head: bytes) -> bool:
    """Return whether data is a document of Word or Rich Text, by its first bytes."""
    return head.startswith((_ZIP, _RTF))


def is_press_document(data: bytes) -> bool:
    """Return whether a Word or Rich Text document is the export of a press database.

    False for one that is too large or cannot be read.
    """
    if data.startswith(_ZIP):
        from tuireader.sources.zip_archive import ZipArchive  # noqa: PLC0415 - only for documents

        try:
            data = ZipArchive(BytesIO(data), "").read("word/document.xml")
        except SourceError:
            return False
    return _MARKS.search(data) is not None


def document_text(data: bytes, location: str) -> str:
    """Return the text of a document, with a line for each paragraph.

    Raises SourceError, which names `location`, if it cannot be read.
    """
    from tuireader.sources.documents.document import read_document  # noqa: PLC0415 - only for documents

    return read_document(BytesIO(data), location).text
