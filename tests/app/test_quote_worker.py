import pytest

from tuireader.app.quote_worker import LONGEST, quotes_in_process
from tuireader.domain.article import Article
from tuireader.domain.errors import TuiReaderError


def test_a_text_that_is_too_long_is_refused_in_words() -> None:
    article = Article(location="long", text="a" * (LONGEST + 1))
    with pytest.raises(TuiReaderError, match="more than 12,000,000 characters"):
        quotes_in_process(article, lambda: None)
