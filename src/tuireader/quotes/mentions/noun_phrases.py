"""Finds descriptions: noun phrases for people and organisations, with their postmodifiers.

Examples are "a high-level defector", "officials", "the mayor of York", "sources close to
the family".
"""

from collections.abc import Iterator

from tuireader.quotes.lexicon.language import Language
from tuireader.quotes.lexicon.loader import first_names
from tuireader.quotes.mentions.syntax import follows_source_verb, precedes_source_phrase
from tuireader.quotes.tokens import Token

_MAX_POSTMODIFIERS = 2
"""The most postmodifiers of a description: "a member of the board of trade"."""
_WORDS = ("w", "N")
"""The kinds of tokens that are words."""
_MAX_WORDS = 9
"""The most words of a description without its postmodifier."""


def end_of_postmodifier(
    tokens: list[Token], last: int, covered: set[int], language: Language
) -> int:
    """Return the last token of a noun's postmodifier: "of the city", "close to the family"."""
    last += _adjectives_after(tokens, last, covered, language)
    for _ in range(_MAX_POSTMODIFIERS):
        if last + 2 >= len(tokens):
            break
        if tokens[last + 1].lower in language.postmodifier_adjectives and last + 3 < len(tokens):
            # "close to the family", "familiar with the plan"
            if tokens[last + 2].lower not in language.prepositions:
                break
            end = _end_of_phrase(tokens, last + 3, covered, language)
            if end is None:
                break
            last = end
            continue
        if tokens[last + 1].lower not in language.postmodifier_prepositions:
            break
        following = tokens[last + 2]
        is_of = tokens[last + 1].lower in language.of_prepositions
        if not (
            is_of
            or following.kind == "N"
            or following.lower in language.determiners
            or (language.capital_nouns and following.lower not in language.function_words)
        ):
            break
        end = _end_of_phrase(tokens, last + 2, covered, language)
        if end is None:
            break
        last = end
    return last


def _adjectives_after(tokens: list[Token], last: int, covered: set[int], language: Language) -> int:
    """Return how many words after a noun are its adjectives: "le ministre norvégien de …".

    That is one if "of" follows it, or a comma and a name.
    """
    if not language.noun_first:
        return 0
    following = tokens[last + 1 : last + 4]
    if len(following) < 3 or last + 1 in covered:
        return 0
    word, after, end = following
    if (
        word.kind != "w"
        or word.lower in language.function_words
        or word.lower in language.intervening_words
        or word.lower in language.prepositions
        or word.lower in language.cue_words
    ):
        return 0
    of = after.lower in language.of_prepositions
    return int(of or (after.kind == "," and end.kind == "N") or last + 2 in covered)


def _starts_full_name(tokens: list[Token], position: int) -> bool:
    """Return whether a given name and another capitalised word stand at a position."""
    following = tokens[position + 1 : position + 2]
    return tokens[position].lower in first_names() and bool(following) and following[0].kind == "N"


def _end_of_phrase(
    tokens: list[Token], position: int, covered: set[int], language: Language
) -> int | None:
    """Return the last token of the noun phrase at a position in a postmodifier, or None."""
    end = None
    for index in range(position, min(position + 7, len(tokens))):
        token = tokens[index]
        if _is_plural_possessive(tokens, index):
            # "the Colleges Employers’ Association"
            end = None
            continue
        if token.kind not in "wN#" or _is_personal_pronoun(token, language):
            break
        word = token.lower
        if end is not None and tokens[position].kind == "N" and token.kind == "w":
            if language.is_role(word):
                end = index
            break
        after_name = language.noun_first or tokens[index - 1].kind == "N"
        if after_name and end is not None and _starts_full_name(tokens, index):
            # "director of the National Gallery Maria Stone"
            break
        if index > position or word not in language.determiners:
            if index not in covered and (
                (word in language.function_words and token.kind == "w")
                or word in language.cue_words
                or word in language.reported_speech_verbs
            ):
                break
            end = index
        if token.possessive:
            end = None
    return end


def _is_personal_pronoun(token: Token, language: Language) -> bool:
    """Return whether a word is a pronoun that cannot be part of a noun phrase: "she"."""
    word = token.lower
    return word in language.masculine_pronouns or word in language.feminine_pronouns


def _is_plural_possessive(tokens: list[Token], position: int) -> bool:
    """Return whether an apostrophe after an "s" shows a possessive before a capitalised word."""
    return (
        tokens[position].kind == "*"
        and tokens[position].word in ("’", "'")
        and position + 1 < len(tokens)
        and tokens[position + 1].kind == "N"
        and tokens[position - 1].word.endswith("s")
        and tokens[position - 1].end == tokens[position].start
    )


def descriptions_in(
    tokens: list[Token], covered: set[int], language: Language
) -> Iterator[tuple[int, int, str]]:
    """Yield the first token, the last token and the head noun of each description, in order.

    `covered` holds the tokens that are names or pronouns.
    """
    determiners = language.determiners
    closed_words = language.closed_words
    start = 0
    may_be_after = True
    for position, token in enumerate(tokens):
        kind = token.kind
        if kind not in _WORDS:
            may_be_after = True
            continue
        word = token.lower
        is_covered = position in covered
        is_closed = word in closed_words
        if position >= start and (
            word in determiners
            or (
                may_be_after
                and not is_covered
                and not is_closed
                and _may_start_bare(tokens, position, covered, language)
            )
        ):
            found = _description(tokens, position, covered, language)
            if found:
                yield found
                start = found[1] + 1
        may_be_after = is_covered or is_closed


def _description(
    tokens: list[Token], position: int, covered: set[int], language: Language
) -> tuple[int, int, str] | None:
    """Return the description that begins at a position, or None."""
    is_article = tokens[position].lower in language.determiners
    has_article = is_article and not _is_complementizer(tokens, position, language)
    if has_article:
        if _is_pronoun(tokens, position, language):
            return None
    elif is_article and not _may_start_bare(tokens, position, covered, language):
        return None
    last = _head_noun(tokens, position + has_article, covered, language, article=has_article)
    if last is None and has_article:
        last = _end_of_unknown_phrase(tokens, position, covered, language)
    if last is None:
        return None
    head = tokens[last].lower
    last = end_of_postmodifier(tokens, last, covered, language)
    return position, last, head


def _is_pronoun(tokens: list[Token], position: int, language: Language) -> bool:
    """Return whether a word that can be an article is a pronoun: Danish "det siger politiet"."""
    following = tokens[position + 1 : position + 2]
    if not following:
        return False
    if language.capital_nouns:
        return following[0].lower in language.definite_articles
    return tokens[position].lower in language.neuter_pronouns and _is_verb(following[0], language)


def _may_start_bare(
    tokens: list[Token], position: int, covered: set[int], language: Language
) -> bool:
    """Return whether a description without an article may begin at a position."""
    token = tokens[position]
    if (
        position in covered
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
    before = tokens[position - 1] if position else None
    return (
        before is None
        or before.kind not in "wN"
        or position - 1 in covered
        or before.lower in language.function_words
        or before.lower in language.cue_words
    )


def _is_complementizer(tokens: list[Token], position: int, language: Language) -> bool:
    """Return whether a word introduces a clause: "said that officials", but not "that official"."""
    if tokens[position].lower not in language.complementizers:
        return False
    before, after = tokens[max(0, position - 1)], tokens[position + 1 : position + 2]
    return (
        before.lower in language.cue_words
        or before.lower in language.cue_nouns
        or bool(after and (after[0].kind == "N" or after[0].lower in language.function_words))
    )


def _end_of_unknown_phrase(
    tokens: list[Token], position: int, covered: set[int], language: Language
) -> int | None:
    """Return the last token of a noun phrase whose head is in no list, or None.

    It must stand where a speaker would: after a verb of saying, beside a source phrase, or
    beside a name.
    """
    following = tokens[position + 1 : position + 2]
    quantified = tokens[position].lower in language.quantifiers
    if quantified and following and _is_cue(following[0], language):
        return position
    if not (
        follows_source_verb(tokens, position, language)
        or _is_apposed(tokens, position, covered)
        or precedes_source_phrase(tokens, position, language)
    ):
        return None
    last = None
    for index in range(position + 1, min(position + 6, len(tokens))):
        token = tokens[index]
        verb = last is None and _is_verb(token, language)
        if verb and not language.is_ambiguous_cue(token.lower):
            # "la llama": a pronoun and a verb.
            return None
        if (
            token.kind not in "wN"
            or token.possessive
            or (token.lower in language.function_words and token.kind == "w")
            or token.lower in language.reported_speech_verbs
        ):
            break
        if last is not None and index in covered and _is_person_name(token, language):
            # "der Bäcker Ulf Prange" is a name with a role.
            return None
        last = index
    return last


def _is_person_name(token: Token, language: Language) -> bool:
    """Return whether a name in a phrase is a person's: "the baker Tom Reed"."""
    return language.capital_nouns or language.noun_first or token.lower in first_names()


def _head_noun(
    tokens: list[Token], position: int, covered: set[int], language: Language, *, article: bool
) -> int | None:
    """Return the last noun for a speaker in the run at a position, or None.

    An unknown noun counts if a verb of saying follows it.
    """
    noun = None
    function_words = language.function_words
    for index in range(position, min(position + _MAX_WORDS, len(tokens))):
        token = tokens[index]
        word, kind = token.lower, token.kind
        if kind not in "wN#-" and token.word not in "&%$£€":
            break
        if index > position:
            if word in language.relative_pronouns and tokens[index - 1].kind == "w":
                return noun or index - 1
            if word in function_words and kind != "N" and word not in language.quantifiers:
                break
            if _is_verb(token, language):
                if noun is None and _may_be_unknown_noun(
                    tokens, position, index - 1, covered, language, article=article
                ):
                    noun = index - 1
                break
        if token.possessive:
            continue
        is_adjective = language.noun_first and noun is not None and language.is_epithet(word)
        # "el ministro británico": the noun is the minister.
        if not is_adjective and _is_speaker_noun(
            token, language, named=index in covered and not article
        ):
            noun = index
    return noun


def _may_be_unknown_noun(
    tokens: list[Token],
    position: int,
    last: int,
    covered: set[int],
    language: Language,
    *,
    article: bool,
) -> bool:
    """Return whether the word before a verb may be a noun for a speaker that is in no list.

    Without an article it must begin a sentence, or at least not follow a name. Where verbs stand
    at the end, what precedes one may be anything.
    """
    if language.verb_final:
        return False
    if not (article or _starts_sentence(tokens, position)):
        before_adjectives = language.capital_nouns or language.noun_first
        if before_adjectives or position - 1 in covered:
            return False
    return _may_be_noun(tokens[last], language)


def _is_speaker_noun(token: Token, language: Language, *, named: bool) -> bool:
    """Return whether a word is a noun for a speaker; `named` says that it is part of a name."""
    word = token.lower
    if token.kind in "w#" or language.capital_nouns:
        return language.is_role(word)
    return (word in language.roles and not named) or word in language.epithets


def _starts_sentence(tokens: list[Token], position: int) -> bool:
    """Return whether a sentence begins at a position."""
    return not position or tokens[position - 1].sentence != tokens[position].sentence


def _may_be_noun(token: Token, language: Language) -> bool:
    """Return whether a word may be a noun by its capital and its ending."""
    return (
        token.kind == ("N" if language.capital_nouns else "w")
        and token.lower not in language.intervening_words
        and token.lower not in language.allegations
        and not token.lower.endswith(language.adverb_endings + language.opening_endings)
    )


def _is_apposed(tokens: list[Token], position: int, covered: set[int]) -> bool:
    """Return whether a comma precedes a position, and a name or an age precedes the comma."""
    if position < 2 or tokens[position - 1].kind != ",":
        return False
    return position - 2 in covered or (tokens[position - 2].kind == "#" and position - 4 in covered)


def _is_verb(token: Token, language: Language) -> bool:
    """Return whether a word is a verb that introduces speech, and no noun for a role."""
    word = token.lower
    return token.kind == "w" and word in language.cue_words and not language.is_role(word)


def _is_cue(token: Token, language: Language) -> bool:
    """Return whether a word is a verb of saying."""
    return token.lower in language.say_verbs
