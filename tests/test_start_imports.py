"""What a start imports: everything else is imported where it is used."""

import os
import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "src"

FOR_THE_FRAME_OF_LAST_TIME = """
tuireader tuireader.__main__ tuireader.app tuireader.app.last_frame tuireader.cli
tuireader.cli.parser tuireader.ui tuireader.ui.last_paint
"""
SLOW = {"typing", "re", "pathlib", "dataclasses", "enum", "collections", "contextlib", "functools"}

FOR_THE_FIRST_PAINT = """
tuireader tuireader.app tuireader.app.article_loader tuireader.app.context
tuireader.app.last_frame tuireader.app.library_changes tuireader.app.resume tuireader.app.startup
tuireader.app.stdin tuireader.app.usage tuireader.cli tuireader.cli.start tuireader.domain
tuireader.domain.article
tuireader.domain.article_list tuireader.domain.blocks tuireader.domain.dates
tuireader.domain.errors tuireader.layout tuireader.layout.border tuireader.layout.cells
tuireader.layout.chunks tuireader.layout.drawn_row tuireader.layout.flow tuireader.layout.frame
tuireader.layout.margins tuireader.layout.masthead tuireader.layout.signs
tuireader.layout.terminal_widths
tuireader.layout.typesetting tuireader.layout.wrap
tuireader.library tuireader.library.catalogue tuireader.paths tuireader.settings
tuireader.settings_faults tuireader.sources tuireader.text.toml_lines
tuireader.sources.documents tuireader.sources.documents.kinds tuireader.sources.files
tuireader.sources.filetype tuireader.sources.html tuireader.sources.html.scanner
tuireader.sources.html.selectors tuireader.sources.open tuireader.sources.own_exports
tuireader.sources.plaintext tuireader.sources.plaintext.captions
tuireader.sources.plaintext.charset tuireader.sources.plaintext.encoding
tuireader.sources.plaintext.header tuireader.sources.plaintext.headings
tuireader.sources.plaintext.paragraphs tuireader.sources.plaintext.reader
tuireader.sources.plaintext.title tuireader.sources.reading_options tuireader.text
tuireader.text.dates tuireader.text.language tuireader.text.lazy_pattern tuireader.text.messages
tuireader.text.sanitize tuireader.text.sentences tuireader.ui tuireader.ui.first_paint
tuireader.ui.last_paint tuireader.ui.terminal tuireader.ui.terminal.state
tuireader.ui.terminal.stored_widths tuireader.ui.text_pane tuireader.ui.text_pane.typography
tuireader.ui.themes
tuireader.ui.themes.automatic
"""

PAINT = """
from tuireader.app.startup import build_context
from tuireader.cli import start
from tuireader.paths import AppPaths
from tuireader.ui import first_paint
context = build_context((sys.argv[2],), AppPaths.find(sys.argv[3], {}))
assert first_paint.painting_of(
    context.first_article, 0, (120, 40), context.settings, context.resume
)
"""


def imported_by(program: str, *words: str) -> set[str]:
    """The modules that a program imports, without those of the interpreter's own start."""
    lines = [
        "import sys",
        "before = set(sys.modules)",
        "sys.path.insert(0, sys.argv[1])",
        program,
        "print(*sorted(set(sys.modules) - before))",
    ]
    command = [sys.executable, "-S", "-c", "\n".join(lines), str(PACKAGE), *words]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    result = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert result.returncode == 0, result.stderr
    return set(result.stdout.split())


def test_the_frame_of_last_time_waits_for_no_other_module() -> None:
    found = imported_by("import tuireader.__main__, tuireader.ui.last_paint")
    assert {name for name in found if name.startswith("tuireader")} == set(
        FOR_THE_FRAME_OF_LAST_TIME.split()
    )
    assert not found & SLOW


def test_the_first_paint_waits_for_no_other_module(tmp_path: Path) -> None:
    article = tmp_path / "harbour.txt"
    article.write_text("The harbour\n\nIt freezes.", encoding="utf-8")
    found = imported_by(PAINT, str(article), str(tmp_path / "data"))
    ours = {name for name in found if name.startswith("tuireader")}
    assert ours == set(FOR_THE_FIRST_PAINT.split())


def test_the_first_key_does_not_wait_for_the_notebook_and_the_quotations() -> None:
    program = "from tuireader.cli import start; start._import_asyncio(); import tuireader.ui.app"
    slow = {"tinydb", "tuireader.notebook", "tuireader.quotes.engine", "sqlite3", "rapidfuzz"}
    dialogs = {"tuireader.ui.screens.dialogs", "textual.widgets._text_area"}
    command = [sys.executable, "-c", f"import sys; {program}; print(*sys.modules)"]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    assert not (slow | dialogs | {"ssl"}) & set(result.stdout.split())


def test_web_pages_are_fetched_over_tls_though_the_screen_has_none() -> None:
    program = """
from tuireader.cli import start
start._import_asyncio()
import tuireader.sources.web.connections
assert tuireader.sources.web.connections.create_default_context().check_hostname
"""
    subprocess.run([sys.executable, "-c", program], check=True)
