"""Parses a paragraph into tokens, mentions, and one tag for each token."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from tuireader.quotes.caseless_names import with_caseless_names
from tuireader.quotes.lexicon.language import Language
from tuireader.quotes.mentions.mention import Mention
from tuireader.quotes.mentions.mentions import mentions_in
from tuireader.quotes.quoted_spans import Paragraph, QuotedSpan
from tuireader.quotes.tokens import Token, tokenize
from tuireader.quotes.unspaced_names import KnownNames

SAY, TELL, CALL, PARTICIPLE, ACCORDING, NOUN = "S", "T", "C", "G", "A", "O"
CUE_TAGS = frozenset("STCGA")
VERB_TAGS = frozenset("STC")
_MAX_MINOR_WORD = 3
"""The most letters of a word that is in lower case in headings too."""
_MIN_HEADING_WORDS, _MAX_HEADING_WORDS = 5, 25
"""The fewest and the most longer words of a heading."""


def tag_tokens(tokens: list[Token], mentions: list[Mention], language: Language) -> list[str]:
    """Return one tag for each token: what it does in its sentence, "" if that is unknown.

    M ends a mention. S, T, C and G are verbs of saying, telling, calling and their
    participles; S is a source postposition too. A ends a source phrase. O is a noun for what
    is said, t is "that", p a preposition, s a subordinator, k a conjunction, Q a quoted span,
    w any other word. Punctuation is its own tag.
    """
    tags = _word_tags(tokens, language)
    _tag_source_phrases(tokens, tags, language)
    for mention in mentions:
        start = mention.outer
        if mention.nested and start and tokens[start - 1].lower in language.of_prepositions:
            start -= 1
        for position in range(start, mention.last + 1):
            if position == mention.last and not mention.nested:
                tags[position] = "M"
            elif tags[position] != "M":
                tags[position] = ""
    return tags


def _tag_source_phrases(tokens: list[Token], tags: list[str], language: Language) -> None:
    """Tag the source phrases and the source postpositions."""
    present = {token.lower for token in tokens}
    for phrases, tag, after in (
        (language.source_phrases, ACCORDING, None),
        (language.source_phrases_after_quote, ACCORDING, ("Q", ",")),
        (language.source_postpositions, SAY, None),
    ):
        for phrase in phrases:
            if phrase[0] in present:
                _tag_phrase(tokens, tags, phrase, tag, after)
    for position in range(1, len(tags)):
        if tags[position] in VERB_TAGS and tags[position - 1] == ACCORDING:
            # "según explicó ella"
            tags[position - 1 : position + 1] = ["", ACCORDING]


def _word_tags(tokens: list[Token], language: Language) -> list[str]:
    """Return the tag of each token by itself; an ambiguous verb after a determiner is a noun."""
    by_word = _tags_by_word(language)
    endings = language.adverb_endings
    tags = []
    for token in tokens:
        kind = token.kind
        if kind in ("w", "N"):
            tag = by_word.get(token.lower)
            if tag is None:
                tag = "" if token.lower.endswith(endings) else "w"
            tags.append(tag)
        else:
            tags.append("w" if kind in ("#", "*") else kind)
    if language.ambiguous_cues or language.ambiguous_cue_endings:
        for position in range(1, len(tokens)):
            determined = tokens[position - 1].lower in language.determiners
            if determined and language.is_ambiguous_cue(tokens[position].lower):
                tags[position] = "w"
    return tags


@cache
def _tags_by_word(language: Language) -> Mapping[str, str]:
    """Return the tag of each word in a language's lists; the first list that has it counts."""
    lists = (
        (language.participles, PARTICIPLE),
        (language.say_verbs, SAY),
        (language.tell_verbs, TELL),
        (language.call_verbs, CALL),
        (language.complementizers, "t"),
        (language.intervening_words | language.allegations, ""),
        (language.determiners, ""),
        (language.neuter_pronouns, ""),
        (language.prepositions, "p"),
        (language.subordinators, "s"),
        (language.conjunctions, "k"),
        (language.cue_nouns, NOUN),
    )
    return {word: tag for words, tag in reversed(lists) for word in words}


def _tag_phrase(
    tokens: list[Token],
    tags: list[str],
    phrase: tuple[str, ...],
    tag: str,
    after: Container[str] | None = None,
) -> None:
    """Tag a phrase wherever it occurs, with the tag on its last word.

    With `after`, it counts only after a token with one of these tags.
    """
    size = len(phrase)
    for position in range(len(tokens) - size + 1):
        if (
            tokens[position].lower == phrase[0]
            and all(tokens[position + step].lower == phrase[step] for step in range(1, size))
            and (after is None or (position and tags[position - 1] in after))
        ):
            tags[position : position + size] = [""] * (size - 1) + [tag]


def tag_path(tags: list[str], start: int, end: int, limit: int = 12) -> str:
    """Return the tags of the tokens [start, end) as a string; a run of "w" is one "w"."""
    path: list[str] = []
    for position in range(start, end):
        tag = tags[position]
        if tag and not (tag == "w" and path and path[-1] == "w"):
            path.append(tag)
            if len(path) == limit:
                break
    return "".join(path)


@dataclass(frozen=True, slots=True)
class ParsedParagraph:
    """One paragraph with its tokens, mentions and tags."""

    number: int
    outside_prose: bool
    tokens: list[Token]
    mentions: list[Mention]
    tags: list[str]
    language: Language
    spans: Sequence[tuple[int, QuotedSpan]]
    """The quoted spans in it, with their numbers in the article."""
    verbs: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict, compare=False)
    """What `features.governing_verb` found for each mention, by its first and last token."""

    @property
    def is_title_case(self) -> bool:
        """Whether it is capitalised like a heading, so that capitals show no names."""
        if self.outside_prose:
            return True
        if "Q" in self.tags and self.tags[-1:] == ["."] and ("S" in self.tags):
            # "“…,” said Rusmik Oza, Head of Fundamental Research at Kotak Securities."
            return False
        if self.language.capital_nouns:
            return False
        major = capitals = 0
        for token in self.tokens:
            if len(token.word) > _MAX_MINOR_WORD:
                major += 1
                capitals += token.kind == "N"
                if major > _MAX_HEADING_WORDS:
                    return False
        least = _MIN_HEADING_WORDS + (self.tags[-1:] == ["."])
        return major >= least and capitals * 4 >= major * 3

    def position_of(self, span_number: int) -> int:
        """Return the position of a quoted span's token, or -1."""
        for position, token in enumerate(self.tokens):
            if token.span_number == span_number:
                return position
        return -1


def parse_paragraph(
    text: str,
    paragraph: Paragraph,
    number: int,
    spans: Sequence[tuple[int, QuotedSpan]],
    language: Language,
    *,
    common: Container[str] = (),
    known: KnownNames | None = None,
) -> ParsedParagraph:
    """Split a paragraph into tokens, find its mentions, and tag its tokens.

    Args:
        text: the article's text.
        paragraph: where the paragraph stands in it.
        number: the number of the paragraph in the article.
        spans: the quoted spans in it, with their numbers in the article.
        language: the language of the article.
        common: words that are no names (see `common_words_in`).
        known: the names of the paragraphs before, in scripts without capitals; those of this
            one are added.
    """
    tokens = tokenize(text, paragraph, spans, language)
    if language.caseless:
        tokens = with_caseless_names(tokens, language, known or KnownNames())
    mentions = mentions_in(tokens, number, language, common)
    tags = tag_tokens(tokens, mentions, language)
    return ParsedParagraph(number, paragraph.outside_prose, tokens, mentions, tags, language, spans)
