"""`tuireader remove`: removes sources from the library, and hides articles of sources."""

from tuireader.app.article_loader import ArticleLoader, canonical_source
from tuireader.app.command_notebook import open_notebook
from tuireader.app.library_articles import NOT_IN_LIBRARY, LibraryArticles
from tuireader.cli.options import command, sources_argument
from tuireader.cli.output import ErrorCounter, print_text
from tuireader.domain.errors import SourceError
from tuireader.paths import AppPaths
from tuireader.text.messages import counted


@command("remove", examples=("tuireader remove article.txt", "tuireader remove articles"))
@sources_argument(text="A source of the library, or an article in one")
def run(folders: AppPaths, *, sources: tuple[str, ...]) -> int:
    """Remove sources from the library.

    An article of a folder, file or feed is hidden, while its source stays. Articles of a feed that
    have notes, tags or a star stay in the library. No file is deleted, and u in the reader undoes
    it. The exit status is 1 if a SOURCE is not in the library.
    """
    errors = ErrorCounter()
    with open_notebook(folders) as notebook:
        library = LibraryArticles(ArticleLoader(folders, notebook.sources.citation), notebook)
        whole: list[str] = []
        parts: list[str] = []
        for location in sources:
            name = canonical_source(location)
            source = library.source_of(location)
            if not source:
                errors(SourceError(location, NOT_IN_LIBRARY))
            elif source == name:
                whole.append(name)
            else:
                parts.append(name)
        hidden = library.find(parts, errors)
        if whole:
            kept = [article for source in whole for article in library.kept_articles(source)]
            removed = notebook.sources.remove(*whole, keep=kept)
            but = f", except {counted(len(kept), 'article')} with your notes or stars"
            print_text(f"{counted(removed, 'source')} removed{but if kept else ''}.")
        if hidden:
            print_text(f"{counted(notebook.states.hide(hidden), 'article')} hidden.")
    return errors.status
