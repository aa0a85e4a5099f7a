"""Sentences that were said, as numbers by which the same one is found in several articles.

Two quotations are the same utterance if they have a sentence in common, so that a quotation is
recognised where another article cuts it. A short sentence is no sign of that: several people say
“We will see.”
"""

import re
from collections.abc import Iterable
from functools import cache
from zlib import crc32

from tuireader.library.search.documents import IndexedQuotation
from tuireader.library.search.terms import index_text

FEWEST_WORDS = 6
"""Words of a sentence at least by which an utterance is recognised."""


@cache
def _end() -> re.Pattern[str]:
    return re.compile(r"[.!?…。！？؟;]")


@cache
def _word() -> re.Pattern[str]:
    return re.compile(r"[^\W_]+")


def sentence_numbers(quotations: Iterable[IndexedQuotation], text: str) -> set[int]:
    """Return a number for each sentence of at least `FEWEST_WORDS` words in quotations.

    `text` is the article's text. Case, accents, punctuation and line breaks do not matter.
    """
    return {
        # The length makes two sentences with the same checksum unlikely.
        crc32(words.encode("utf-8", "surrogatepass")) | len(words) << 32
        for quotation in quotations
        for sentence in _end().split(index_text(quotation.words(text)))
        if len(found := _word().findall(sentence)) >= FEWEST_WORDS
        for words in (" ".join(found),)
    }
