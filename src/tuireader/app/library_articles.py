"""The articles of the library that a location on the command line names."""

from collections.abc import Iterable, Iterator

from tuireader.app.article_loader import ArticleLoader, canonical_source
from tuireader.app.library_changes import LibraryChanges
from tuireader.app.source_resolver import Report
from tuireader.domain.bookmark import Citation
from tuireader.domain.errors import SourceError
from tuireader.notebook.notebook import Notebook

NOT_IN_LIBRARY = "not in your library"


class LibraryArticles:
    """Finds articles of the library by their location, or by that of their source."""

    def __init__(self, loader: ArticleLoader, notebook: Notebook) -> None:
        """Take the loader and the open notebook."""
        self._loader = loader
        self._notebook = notebook
        self._changes = LibraryChanges(loader, lambda: notebook)

    def find(self, locations: Iterable[str], report: Report) -> list[Citation]:
        """Return the citations of the articles at locations, each once, in the given order.

        A folder, a file with several articles or a feed stands for all its articles. `report` is
        called with a SourceError for each location that is not in the library. Empty if none is.
        """
        return self.cited(self.locations(locations, report))

    def locations(self, locations: Iterable[str], report: Report) -> tuple[str, ...]:
        """Return the locations of the articles at locations; see `find`. No article is read."""
        found: dict[str, None] = {}
        for location in locations:
            try:
                found.update(dict.fromkeys(self._articles(location)))
            except SourceError as error:
                report(error)
        return tuple(found)

    def cited(self, locations: Iterable[str]) -> list[Citation]:
        """Return the citations of locations that are known to be in the library."""
        return [self._citation(location) for location in locations]

    def source_of(self, location: str) -> str:
        """Return the source that contains a location, as typed; "" if it is not in the library."""
        return self._changes.source_of(canonical_source(location))

    def kept_articles(self, source: str) -> tuple[str, ...]:
        """Return the articles of a web source with the user's notes, tags or stars.

        `source` is a canonical address; the result is empty for a file or folder.
        """
        return self._changes.kept_articles(source)

    def _articles(self, location: str) -> Iterator[str]:
        """Yield the locations of the articles at a location, itself if it cannot be read.

        Raises SourceError if it is not in the library.
        """
        name = canonical_source(location)
        if not self._changes.source_of(name):
            raise SourceError(location, NOT_IN_LIBRARY)
        try:
            yield from self._loader.locations(name)
        except SourceError:
            yield name  # The article's file is missing, but what is known of it can be changed.

    def _citation(self, location: str) -> Citation:
        """Return the citation of the article at a location, from its list entry."""
        entry = self._loader.describe(location)
        return Citation(location=location, title=entry.title, outlet=entry.outlet, date=entry.date)
