"""Finds the passages of an article that a query's words are in: sentences, notes and quotations."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from tuireader.domain.article import Passage
from tuireader.domain.quotation_text import quotation_text
from tuireader.library.query.conditions import (
    And,
    Condition,
    Or,
    Query,
    TextCondition,
    TextMatch,
    ValueCondition,
)
from tuireader.library.search.documents import IndexedQuotation, StoredArticle
from tuireader.library.search.terms import index_text, is_hangul, is_unspaced, term_variants
from tuireader.text.search import find_all, term_pattern
from tuireader.text.sentences import sentence_at

MAX_MATCHES = 1000
"""Matches of a text that are looked at."""

MAX_QUOTATION = 600
"""Code points of a quotation that are shown."""


class PassageKind(StrEnum):
    """What a passage is from."""

    TEXT = "text"
    QUOTATION = "quotation"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPassage:
    """A sentence, a note or a quotation that contains words of a query."""

    kind: PassageKind
    text: str
    """The passage, with line breaks as spaces."""
    marks: tuple[Passage, ...]
    """Where the found words are in `text`, in code points."""
    start: int = -1
    """The offset in the article of its first found word, or of the quotation; -1 in a note."""
    speaker: str = ""
    """The speaker of a quotation; "" if unknown, or if it is not a quotation."""


@dataclass(frozen=True, slots=True)
class QueryWords:
    """The words of a query as patterns, by the part of an article that they apply to.

    `said` has those for the words of quotations.
    """

    text: tuple[re.Pattern[str], ...]
    note: tuple[re.Pattern[str], ...]
    said: tuple[re.Pattern[str], ...]
    title: tuple[re.Pattern[str], ...]
    speakers: tuple[re.Pattern[str], ...]

    def __bool__(self) -> bool:
        """Return whether there are any words of texts, notes or quotations."""
        return bool(self.text or self.note or self.said or self.speakers)

    def passages(self, article: StoredArticle, context: int = 0) -> Iterator[FoundPassage]:
        """Yield the passages of an article that contain words of the query.

        First quotations, if the query is about them, then sentences in the order of the text, then
        notes. `context` is how many sentences are added before and after each sentence. Nothing if
        no word is found.
        """
        quotations = [each for each in article.quotations if each.spans]
        yield from self._quotations(article.text, quotations)
        yield from self._sentences(article.text, quotations, context)
        for note in article.notes:
            if marks := _matches(note, self.note):
                yield FoundPassage(kind=PassageKind.NOTE, text=_one_line(note), marks=marks)

    def _quotations(
        self, text: str, quotations: Sequence[IndexedQuotation]
    ) -> Iterator[FoundPassage]:
        """Yield the quotations whose words or speaker the query asks for.

        Nothing if the query does not ask for quotations.
        """
        if not self.said and not self.speakers:
            return
        for quotation in quotations:
            if self.speakers and not _matches(quotation.speaker, self.speakers):
                continue
            words = quotation_text(quotation.spans, text)[:MAX_QUOTATION]
            marks = _matches(words, (*self.said, *self.text))
            if marks or not self.said:
                yield FoundPassage(
                    kind=PassageKind.QUOTATION,
                    text=words,
                    marks=marks,
                    start=quotation.spans[0].start,
                    speaker=quotation.speaker,
                )

    def _sentences(
        self, text: str, quotations: Sequence[IndexedQuotation], context: int
    ) -> Iterator[FoundPassage]:
        """Yield the sentences that contain words of the query, each once with all of them."""
        matches = list(_matches(text, self.text))
        while matches:
            first = matches[0]
            sentence = _sentences_around(text, first, context)
            inside = [each for each in matches if each.start < sentence.end]
            matches = matches[len(inside) :]
            shown = [
                Passage(each.start - sentence.start, min(each.end, sentence.end) - sentence.start)
                for each in inside
            ]
            quotation = _quotation_at(quotations, first.start)
            yield FoundPassage(
                kind=PassageKind.QUOTATION if quotation else PassageKind.TEXT,
                text=_one_line(sentence.of(text)),
                marks=tuple(shown),
                start=first.start,
                speaker=quotation.speaker if quotation else "",
            )


def query_words(query: Query) -> QueryWords:
    """Return the words that results of a query contain, as patterns.

    Words under `not` are left out. All parts are empty if the query has no words.
    """
    conditions = list(_positive(query.condition))

    def of(*fields: str) -> tuple[re.Pattern[str], ...]:
        return tuple(
            pattern
            for condition in conditions
            if isinstance(condition, TextCondition) and condition.field in fields
            for pattern in _patterns(condition)
        )

    speakers = (
        term_pattern(condition.value)
        for condition in conditions
        if isinstance(condition, ValueCondition) and condition.field == "speaker"
    )
    return QueryWords(
        text=of("any", "text"),
        note=of("any", "note"),
        said=of("said"),
        title=of("any", "title"),
        speakers=tuple(filter(None, speakers)),
    )


def best_passages(
    words: QueryWords, article: StoredArticle, limit: int, context: int = 0
) -> tuple[FoundPassage, ...]:
    """Return the passages of an article with the most different words of a query.

    At most `limit` passages, in the order in which `passages` yields them; empty if there are none.
    `context` is how many sentences are added before and after each sentence.
    """
    found = list(islice(words.passages(article, context), MAX_MATCHES))
    numbers = sorted(range(len(found)), key=_most_words(found))[:limit]
    return tuple(found[number] for number in sorted(numbers))


def title_marks(words: QueryWords, title: str) -> tuple[Passage, ...]:
    """Return where words of a query are in a title, in code points; empty if nowhere."""
    return _matches(title, words.title)


def _most_words(found: Sequence[FoundPassage]) -> Callable[[int], tuple[int, int]]:
    """Return a sort key for indexes into `found`.

    Passages with more different words come first, then earlier ones.
    """

    def key(number: int) -> tuple[int, int]:
        passage = found[number]
        return -len({index_text(mark.of(passage.text)) for mark in passage.marks}), number

    return key


def _positive(condition: Condition) -> Iterator[Condition]:
    """Yield the conditions on texts and values that are not negated, at any depth."""
    if isinstance(condition, And | Or):
        for each in condition.conditions:
            yield from _positive(each)
    elif isinstance(condition, TextCondition | ValueCondition):
        yield condition


def _patterns(condition: TextCondition) -> Iterator[re.Pattern[str]]:
    """Yield the patterns that find a condition's text and its equivalent spellings.

    Nothing if the text has no letter or digit.
    """
    folded = index_text(condition.text).strip()
    if not folded:
        return
    is_inside = condition.match is TextMatch.INSIDE or is_unspaced(folded[0])
    ends = not is_inside and condition.match is not TextMatch.PREFIX and not is_hangul(folded)
    for variant in (condition.text, *term_variants(folded, condition.match)[1:]):
        pattern = term_pattern(variant, begins_word=not is_inside, ends_word=ends)
        if pattern is not None:
            yield pattern


def _matches(text: str, patterns: Iterable[re.Pattern[str]]) -> tuple[Passage, ...]:
    """Return the matches of all patterns in order, without overlaps; empty if none match."""
    found = sorted(
        (match for pattern in patterns for match in islice(find_all(text, pattern), MAX_MATCHES)),
        key=lambda passage: (passage.start, -passage.end),
    )
    apart: list[Passage] = []
    for passage in found:
        if not apart or passage.start >= apart[-1].end:
            apart.append(passage)
    return tuple(apart)


def _sentences_around(text: str, match: Passage, context: int) -> Passage:
    """Return the range of the sentence that contains a match.

    With up to `context` sentences before and after it; it stays within its paragraph.
    """
    start = text.rfind("\n", 0, match.start) + 1
    end = text.find("\n", match.start)
    end = len(text) if end < 0 else end
    whole = sentence_at(text, start, end, match.start)
    for _ in range(context):
        if whole.start > start:
            before = sentence_at(text, start, end, max(start, whole.start - 2))
            whole = Passage(min(before.start, whole.start), whole.end)
        if whole.end < end - 1:
            after = sentence_at(text, start, end, whole.end + 1)
            whole = Passage(whole.start, max(after.end, whole.end))
    return Passage(min(whole.start, match.start), max(whole.end, match.end))


def _quotation_at(quotations: Sequence[IndexedQuotation], offset: int) -> IndexedQuotation | None:
    """Return the quotation that contains an offset of the text; None if there is none."""
    for quotation in quotations:
        if any(span.start <= offset < span.end for span in quotation.spans):
            return quotation
    return None


def _one_line(text: str) -> str:
    """Return a text with each line break as a space; offsets stay."""
    return text.replace("\n", " ").replace("\t", " ").replace("\r", " ")
