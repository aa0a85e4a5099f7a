"""Finds what an article says that somebody is: "Tom Reed, a baker", "Tom Reed is a baker"."""

from collections.abc import Iterator

from tuireader.quotes.lexicon.language import Language
from tuireader.quotes.mentions.mention import DESCRIPTION, NAME, PRONOUN, Mention
from tuireader.quotes.parse import ParsedParagraph


def predications_in(
    paragraph: ParsedParagraph, language: Language
) -> Iterator[tuple[Mention, Mention, bool]]:
    """Yield each name with a description that the paragraph applies to it.

    The third value says whether the two stand in apposition.
    """
    subject: Mention | None = None
    sentence = -1
    previous: Mention | None = None
    for mention in paragraph.mentions:
        if mention.nested:
            continue
        sentence_number = paragraph.tokens[mention.first].sentence
        if sentence_number != sentence:
            sentence, previous = sentence_number, None
            subject = mention if mention.kind is not PRONOUN else None
        if previous is not None and _are_in_apposition(paragraph, previous, mention):
            if mention.kind is DESCRIPTION:
                yield previous, mention, True
            elif mention.kind is NAME and previous.kind is DESCRIPTION:
                yield mention, previous, True
        elif (
            subject is not None
            and subject.kind is not mention.kind
            and _is_predicate(paragraph, mention, language)
        ):
            display_text = subject.kind is NAME
            yield (subject, mention, False) if display_text else (mention, subject, False)
        previous = mention


def _are_in_apposition(paragraph: ParsedParagraph, first: Mention, second: Mention) -> bool:
    """Return whether a name and a description have only a comma, or an age in commas, between."""
    within = {
        position
        for mention in paragraph.mentions
        if mention.nested and first.last < mention.first and mention.last < second.outer
        for position in range(mention.outer, mention.last + 1)
    }
    positions = (
        position for position in range(first.last + 1, second.outer) if position not in within
    )
    kinds = [
        paragraph.tokens[position].kind
        for position in positions
        if paragraph.tokens[position].lower not in paragraph.language.possessives
    ]
    if kinds[:1] == ["("] and ")" in kinds:
        del kinds[: kinds.index(")") + 1]
    kinds_of_mentions = {first.kind, second.kind}
    if not kinds and first.kind is DESCRIPTION:
        # "el juez del Tribunal Superior Ángel Hurtado"
        return second.kind is NAME and paragraph.language.is_human(first.head)
    return kinds in ([","], [",", "#", ","]) and kinds_of_mentions == {
        NAME,
        DESCRIPTION,
    }


def _is_predicate(paragraph: ParsedParagraph, mention: Mention, language: Language) -> bool:
    """Return whether a copula precedes a mention, directly or before one more word."""
    if mention.kind is PRONOUN:
        return False
    before = paragraph.tokens[mention.outer - 1 : mention.outer] if mention.outer else ()
    if before and before[0].lower in language.copulas:
        return True
    earlier = paragraph.tokens[mention.outer - 2 : mention.outer - 1]
    return bool(
        before
        and earlier
        and before[0].lower in language.intervening_words
        and earlier[0].lower in language.copulas
    )
