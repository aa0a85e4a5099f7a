import pytest

from tuireader.app.quote_worker import MAX_TEXT, quotes_in_process
from tuireader.domain.article import Article
from tuireader.domain.errors import TuiReaderError


def test_a_text_that_is_too_long_is_refused_in_words() -> None:
    article = Article(location="long", text="a" * (MAX_TEXT + 1))
    with pytest.raises(TuiReaderError, match="more than 12,000,000 characters"):
        quotes_in_process(article, lambda: None)
