"""What follows the noun of a description: "of the city", "close to the family".

Descriptions of people and bodies: "a high-level defector", "officials", "the mayor of York".
"""

from collections.abc import Iterator, Sequence

from tuireader.quotes.lexicon.language import Language
from tuireader.quotes.lexicon.loader import first_names
from tuireader.quotes.mentions.syntax import follows_source_verb, precedes_source_phrase
from tuireader.quotes.tokens import Token


def end_of_postmodifier(
    tokens: Sequence[Token], last: int, taken: set[int], language: Language
) -> int:
    """The last token of "of the city" and the like behind the noun."""
    while last + 2 < len(tokens):
        if tokens[last + 1].lower in language.postmodifier_adjectives and last + 3 < len(tokens):
            # "close to the family", "familiar with the plan"
            if tokens[last + 2].lower not in language.prepositions:
                break
            end = _phrase(tokens, last + 3, taken, language)
            if end is None:
                break
            last = end
            continue
        if tokens[last + 1].lower not in language.postmodifier_prepositions:
            break
        following = tokens[last + 2]
        close = tokens[last + 1].lower in language.of_prepositions
        if not (
            close
            or following.kind == "N"
            or following.lower in language.determiners
            or (language.capital_nouns and following.lower not in language.function_words)
        ):
            break
        end = _phrase(tokens, last + 2, taken, language)
        if end is None:
            break
        last = end
    return last


def _names_somebody(tokens: Sequence[Token], place: int) -> bool:
    """Whether a given name and another word with a capital stand at a place."""
    following = tokens[place + 1 : place + 2]
    return tokens[place].lower in first_names() and bool(following) and following[0].kind == "N"


def _phrase(tokens: Sequence[Token], place: int, taken: set[int], language: Language) -> int | None:
    end = None
    for index in range(place, min(place + 7, len(tokens))):
        token = tokens[index]
        if token.kind not in "wN#":
            break
        word = token.lower
        if end is not None and tokens[place].kind == "N" and token.kind == "w":
            if language.is_role(word):
                end = index
            break
        if language.noun_first and end is not None and _names_somebody(tokens, index):
            break
        if index > place or word not in language.determiners:
            if index not in taken and (
                (word in language.function_words and token.kind == "w")
                or word in language.cue_words
            ):
                break
            end = index
        if token.possessive:
            end = None
    return end


_LONGEST = 9
"""Words at most in a description without what follows its noun."""


def descriptions_in(
    tokens: Sequence[Token], taken: set[int], language: Language
) -> Iterator[tuple[int, int, str]]:
    """First token, last token and noun of each description, in order.

    `taken` holds the tokens that are names or pronouns.
    """
    place = 0
    while place < len(tokens):
        found = _description(tokens, place, taken, language)
        if found:
            yield found
            place = found[1] + 1
        else:
            place += 1


def _description(
    tokens: Sequence[Token], place: int, taken: set[int], language: Language
) -> tuple[int, int, str] | None:
    token = tokens[place]
    opens = token.lower in language.determiners and not _is_that(tokens, place, language)
    if not (
        token.kind in ("w", "N")
        and (
            not _is_relative(tokens, place, language)
            if opens
            else _may_open(tokens, place, taken, language)
        )
    ):
        return None
    last = _noun(tokens, place + opens, taken, language, article=opens)
    if last is None and opens:
        last = _in_place(tokens, place, taken, language)
    if last is None:
        return None
    head = tokens[last].lower
    last = end_of_postmodifier(tokens, last, taken, language)
    return place, last, head


def _is_relative(tokens: Sequence[Token], place: int, language: Language) -> bool:
    """Whether an article stands before another one: "…, die die Partei"."""
    following = tokens[place + 1 : place + 2]
    return (
        language.capital_nouns
        and bool(following)
        and following[0].lower in language.definite_articles
    )


def _may_open(tokens: Sequence[Token], place: int, taken: set[int], language: Language) -> bool:
    """Whether a description without an article may begin at a place."""
    token = tokens[place]
    if (
        place in taken
        or token.lower in language.function_words
        or token.lower in language.cue_words
    ):
        return False
    if (
        language.capital_nouns
        and token.kind == "w"
        and not token.lower.endswith(language.adjective_endings)
    ):
        return False
    before = tokens[place - 1] if place else None
    return (
        before is None
        or before.kind not in "wN"
        or place - 1 in taken
        or before.lower in language.function_words
        or before.lower in language.cue_words
    )


def _is_that(tokens: Sequence[Token], place: int, language: Language) -> bool:
    """Whether a word joins a clause: "said that officials", "that Mr Ri"."""
    if tokens[place].lower not in language.complementizers:
        return False
    before, after = tokens[max(0, place - 1)], tokens[place + 1 : place + 2]
    return (
        before.lower in language.cue_words
        or before.lower in language.cue_nouns
        or bool(after and (after[0].kind == "N" or after[0].lower in language.function_words))
    )


def _in_place(
    tokens: Sequence[Token], place: int, taken: set[int], language: Language
) -> int | None:
    """The last word of an unknown noun phrase that stands where a speaker would.

    That is behind a verb of saying or a word of source, or beside a name.
    """
    following = tokens[place + 1 : place + 2]
    if (
        tokens[place].lower in language.quantifiers
        and following
        and _is_cue(following[0], language)
    ):
        return place
    if not (
        follows_source_verb(tokens, place, language)
        or _is_apposed(tokens, place, taken)
        or precedes_source_phrase(tokens, place, language)
    ):
        return None
    last = None
    for index in range(place + 1, min(place + 6, len(tokens))):
        token = tokens[index]
        if (
            last is None
            and _is_verb(token, language)
            and not language.is_ambiguous_cue(token.lower)
        ):
            # "la llama": a pronoun and a verb.
            return None
        if (
            token.kind not in "wN"
            or token.possessive
            or (token.lower in language.function_words and token.kind == "w")
        ):
            break
        if last is not None and index in taken and _names_person(token, language):
            # "der Bäcker Ulf Prange" is a name with what its bearer is.
            return None
        last = index
    return last


def _names_person(token: Token, language: Language) -> bool:
    """Whether a name in a phrase is somebody's, not a body's: "the baker Tom Reed"."""
    return language.capital_nouns or language.noun_first or token.lower in first_names()


def _noun(
    tokens: Sequence[Token], place: int, taken: set[int], language: Language, *, article: bool
) -> int | None:
    """The last word of the run that is a noun for a speaker, if a verb or a mark follows."""
    noun = None
    for index in range(place, min(place + _LONGEST, len(tokens))):
        token = tokens[index]
        if token.kind not in "wN#-" and token.word not in "&%$£€":
            break
        if (
            token.lower in language.relative_pronouns
            and index > place
            and tokens[index - 1].kind == "w"
        ):
            return noun or index - 1
        if (
            token.lower in language.function_words
            and index > place
            and not (token.lower in language.quantifiers or token.kind == "N")
        ):
            break
        if _is_verb(token, language) and index > place:
            before_adjectives = language.capital_nouns or language.noun_first
            bare = before_adjectives and not article and not _begins(tokens, place)
            if noun is None and not bare and _may_be_noun(tokens[index - 1], language):
                noun = index - 1
            break
        if token.possessive:
            continue
        common = token.kind in "w#" or language.capital_nouns
        named = index in taken and not article
        word = token.lower
        capital = (word in language.roles and not named) or word in language.epithets
        if language.is_role(word) if common else capital:
            noun = index
    return noun


def _begins(tokens: Sequence[Token], place: int) -> bool:
    return not place or tokens[place - 1].sentence != tokens[place].sentence


def _may_be_noun(token: Token, language: Language) -> bool:
    return (
        token.kind == ("N" if language.capital_nouns else "w")
        and token.lower not in language.intervening_words
        and not token.lower.endswith(language.adverb_endings + language.opening_endings)
    )


def _is_apposed(tokens: Sequence[Token], place: int, taken: set[int]) -> bool:
    """Whether a comma stands before, and a name or an age before that."""
    if place < 2 or tokens[place - 1].kind != ",":
        return False
    return place - 2 in taken or (tokens[place - 2].kind == "#" and place - 4 in taken)


def _is_verb(token: Token, language: Language) -> bool:
    word = token.lower
    return token.kind == "w" and word in language.cue_words and not language.is_role(word)


def _is_cue(token: Token, language: Language) -> bool:
    return token.lower in language.say_verbs
