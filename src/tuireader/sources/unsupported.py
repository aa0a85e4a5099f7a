"""What the reader can do about files that are not read: by their extensions, and in a folder."""

from collections import Counter
from importlib.util import find_spec

from tuireader.domain.errors import SkippedFilesError, SkippedKind
from tuireader.sources.filetype import ENDINGS

_KINDLE = "convert it to EPUB first, for example with Calibre: ebook-convert {name} book.epub"
_OLD_WORD = "save it as .docx first"
_SLIDES = "save it as PDF first"
_SCAN = "convert it to PDF with its text first"
_UNPACK = "unpack it first"
_TABLE = "use tuireader import for an export of another service"
ADVICE = {
    **dict.fromkeys((".mobi", ".azw", ".azw3", ".azw4", ".prc", ".kfx", ".kf8", ".lit"), _KINDLE),
    **dict.fromkeys((".doc", ".dot", ".wpd", ".wps", ".pages", ".sxw", ".hwp"), _OLD_WORD),
    **dict.fromkeys((".ppt", ".pptx", ".odp", ".key", ".xps", ".pub"), _SLIDES),
    **dict.fromkeys((".djvu", ".djv", ".cbz", ".cbr"), _SCAN),
    **dict.fromkeys((".bz2", ".xz", ".zst", ".7z", ".rar", ".tar", ".tgz"), _UNPACK),
    **dict.fromkeys((".csv", ".tsv"), _TABLE),
}
"""What to do about files with an extension, as a clause; `{name}` is a file's name."""
_KINDLE_SIGNATURES = (b"BOOKMOBI", b"TEXtREAd")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_EXTRAS = {
    "office": ("mammoth", (".docx", ".docm", ".dotx")),
    "office ": ("docutils", (".rst", ".rest")),
    "pdf": ("pypdfium2", (".pdf",)),
    "warc": ("warcio", (".warc", ".warc.gz", ".arc", ".arc.gz")),
    "web": ("trafilatura", (".html", ".htm", ".xhtml")),
}
"""The optional dependencies: their module, and the extensions that need it."""
_MOST_KINDS = 200


def advice_for(path: str, head: bytes = b"") -> str:
    """Return what the reader can do about a file that cannot be read, as a clause.

    Args:
        path: Its path; the extension is looked up in `ADVICE`.
        head: Its first bytes, for kinds that are recognised by them; may be empty.

    Empty if nothing is known about its kind.
    """
    name = path[path.rfind("/") + 1 :]
    if head[60:68] in _KINDLE_SIGNATURES:
        return _KINDLE.format(name=name)
    if head.startswith(_OLE):
        return f"it is an old document, or protected by a password; {_OLD_WORD}"
    at = name.rfind(".")
    return ADVICE.get(name[at:].lower(), "").format(name=name) if at > 0 else ""


def missing_extras() -> dict[str, str]:
    """Return the extra to install for each extension (".pdf") whose library is missing.

    Empty if all optional libraries are installed.
    """
    return {
        ending: extra.strip()
        for extra, (module, endings) in _EXTRAS.items()
        if find_spec(module) is None
        for ending in endings
    }


class SkippedFiles:
    """Counts the files of one folder that are skipped, by their extensions."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._missing = missing_extras()
        self._counts: Counter[str] = Counter()

    def is_skipped(self, name: str, is_article: bool) -> bool:
        """Return whether a file is skipped, and count it if so.

        A file is skipped if it is no article, or if the library for its extension is missing.

        Args:
            name: Its file name.
            is_article: Whether its type is one that tuireader reads.
        """
        lower = name.lower()
        if is_article and not (self._missing and lower.endswith(tuple(self._missing))):
            return False
        ending = lower[lower.rfind(".") :] if "." in lower[1:] else ""
        if ending not in self._counts and len(self._counts) >= _MOST_KINDS:
            ending = ""
        self._counts[ending] += 1
        return True

    def error(self) -> SkippedFilesError | None:
        """Return the error that lists the skipped files by extension; None if there are none."""
        if not self._counts:
            return None
        kinds = [
            SkippedKind(ending, count, self._advice(ending))
            for ending, count in self._counts.most_common()
        ]
        kinds.sort(key=lambda kind: not kind.advice)
        return SkippedFilesError(self._folder, tuple(kinds))

    def _advice(self, ending: str) -> str:
        """Return what to do about files with an extension, as a clause.

        Empty if nothing is known about it.
        """
        if extra := self._missing.get(ending):
            return f"install tuireader[{extra}]"
        if ending in ENDINGS:
            return "name them to add them"
        return ADVICE.get(ending, "").format(name=f"FILE{ending}")
