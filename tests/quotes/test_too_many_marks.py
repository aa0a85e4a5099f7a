from pathlib import Path

import pytest

from tuireader.__main__ import main
from tuireader.app.quote_worker import quotes_in_process
from tuireader.domain.article import Article
from tuireader.domain.errors import TooLongError
from tuireader.quotes.quote_marks import has_too_many_marks

MARKS = "“a”" * 300_000


def test_prose_is_looked_through_however_long_it_is() -> None:
    assert not has_too_many_marks("“No,” said Ada Moor, and she went. “Yes.”\n" * 50_000)


def test_a_short_text_is_looked_through_whatever_it_is_made_of() -> None:
    assert not has_too_many_marks("“a”" * 1_000)


def test_a_long_text_of_nothing_but_marks_is_not_looked_through(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "marks.txt").write_text(MARKS)
    (tmp_path / "prose.txt").write_text("“I saw them all,” said Ada Moor.\n")
    data = ["--data-dir", str(tmp_path / "data")]
    sources = [str(tmp_path / name) for name in ("marks.txt", "prose.txt")]
    assert main([*data, "quotes", *sources]) == 1
    printed = capsys.readouterr()
    assert "every few characters there is a quotation mark" in printed.err
    assert "I saw them all" in printed.out


def test_the_screen_is_told_why_there_are_no_quotations() -> None:
    with pytest.raises(TooLongError, match="no quotations are looked for"):
        quotes_in_process(Article(location="marks.txt", text=MARKS), lambda: None)
