from pathlib import Path

from tuireader.app.startup import build_context
from tuireader.paths import AppPaths


def test_an_opened_folder_is_the_source_of_its_articles_before_it_has_been_listed(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    article = folder / "ferry.txt"
    article.write_text("The ferry\n\nIt sails at noon.", encoding="utf-8")
    context = build_context((str(folder),), AppPaths.find(str(tmp_path / "data"), {}))
    try:
        assert context.source_of(str(article)) == str(folder)
        context.notebook.sources.remove(str(folder))
        assert list(context.find_locations()) == [str(article)]
        assert context.source_of(str(article)) == ""
    finally:
        context.close_notebook()
