"""Finds names and descriptions in scripts without capitals, by the words around them.

In Arabic, Hebrew, Persian and Hindi a given name that is known begins a name if a title, a verb
of saying or a source phrase stands beside it; so do the words right after a title. In Korean a
family name of one letter and a given name of two stand beside a title. A description is a role
with the words that belong to it. What is neither stays as it is: right or silent.

A name is a single token. A part of a name that the article gave in full stands for it.
"""

from collections.abc import Iterator
from itertools import takewhile

from tuireader.quotes.lexicon.language import Language
from tuireader.quotes.lexicon.loader import first_names
from tuireader.quotes.mentions.syntax import follows_source_phrase
from tuireader.quotes.tokens import Token, is_caseless
from tuireader.quotes.unspaced_names import KnownNames, has_korean_form, known_words, split_unspaced

_MAX_NAME_WORDS = 3
"""The most words of a name in a script with spaces, particles of names not counted."""
_MAX_TITLE_DISTANCE = 5
"""The most words between a title and a given name that belongs to it."""
_MAX_MODIFIERS = 3
"""The most words that belong to a role in a description."""
_MAX_BEFORE_TITLE = 4
"""The most words from a Korean name to its title, the party and the district between."""
_HANGUL = ("\uac00", "\ud7af")


def with_caseless_names(tokens: list[Token], language: Language, known: KnownNames) -> list[Token]:
    """Return the tokens of a paragraph, with names in scripts without capitals as names.

    `known` holds the names of the paragraphs before; those found here are added to it.
    """
    tokens = split_unspaced(tokens, language, known)
    result: list[Token] = []
    position = 0
    while position < len(tokens):
        end = position
        if tokens[position].kind == "w" and is_caseless(tokens[position].word):
            end = _name_end(tokens, position, language, known)
        if end == position:
            result.append(tokens[position])
            position += 1
        else:
            name = _joined(tokens[position:end], known)
            if end < len(tokens) and _is_title_after_name(tokens[end], language):
                # A title after a name belongs to it.
                name.end = tokens[end].end
                end += 1
            result.append(name)
            position = end
    return result


def _is_title_after_name(token: Token, language: Language) -> bool:
    """Return whether a Korean word is a title, which stands after the name."""
    return _HANGUL[0] <= token.word[0] <= _HANGUL[1] and (
        token.lower in language.titles or _ends_with_title(token.lower, language)
    )


def caseless_descriptions_in(
    tokens: list[Token], covered: set[int], language: Language
) -> Iterator[tuple[int, int, str]]:
    """Yield the first token, the last token and the head noun of each description, in order.

    `covered` holds the tokens that are names or pronouns.
    """
    end = 0
    for position, token in enumerate(tokens):
        if (
            position < end
            or position in covered
            or token.kind != "w"
            or token.lower not in language.roles
            or not is_caseless(token.word)
        ):
            continue
        last = position
        while (
            last + 1 < len(tokens)
            and last < position + _MAX_MODIFIERS
            and last + 1 not in covered
            and _continues_role(tokens[last + 1], language)
        ):
            last += 1
        end = last + 1
        if last + 1 not in covered and not _is_glued(tokens, last + 1, language):
            yield position, last, tokens[last if language.verb_final else position].lower


def _is_glued(tokens: list[Token], position: int, language: Language) -> bool:
    """Return whether unknown letters follow a word: "总统新闻…" is no president.

    No space stands between them, but in Korean.
    """
    if position == len(tokens):
        return False
    token = tokens[position]
    hangul = _HANGUL[0] <= token.word[0] <= _HANGUL[1]
    glued = token.kind == "w" and (hangul or token.start == tokens[position - 1].end)
    return glued and token.lower not in known_words(language)


def _continues_role(token: Token, language: Language) -> bool:
    """Return whether a word after a role belongs to it: another role, or a definite adjective."""
    if language.definite_prefixes:
        return _begins_definite(token, language)
    return token.lower in language.roles


def _begins_definite(token: Token, language: Language) -> bool:
    """Return whether a word has the article of its language in front: Arabic "ال"."""
    prefixes = language.definite_prefixes
    return (
        bool(prefixes)
        and token.kind == "w"
        and token.lower.startswith(prefixes)
        and token.lower not in language.cue_words
        and token.lower not in language.intervening_words
    )


def _joined(tokens: list[Token], known: KnownNames) -> Token:
    """Return the token of a name, and remember it; a part that is known stands for the whole."""
    words = " ".join(token.word for token in tokens)
    name = known.full_name_of(words)
    if not name:
        name = words
        hangul = len(tokens) == 1 and _HANGUL[0] <= words[0] <= _HANGUL[1]
        known.add(name, name[0] if hangul else tokens[-1].word)
    joined = tokens[0].part(name, tokens[0].start, tokens[-1].end)
    joined.kind = "N"
    return joined


def _name_end(tokens: list[Token], position: int, language: Language, known: KnownNames) -> int:
    """Return the end of the name at a position; the position itself if none begins there."""
    token = tokens[position]
    if _HANGUL[0] <= token.word[0] <= _HANGUL[1]:
        return position + _is_korean_name(tokens, position, language, known)
    if token.lower in known_words(language):
        return position
    end = _end_of_words(tokens, position, language)
    full = " ".join(one.word for one in tokens[position:end])
    if known.full_name_of(full) == full or (
        end == position + 1
        and known.full_name_of(full)
        and _has_evidence(tokens, position, end, language)
    ):
        return end
    if token.lower in first_names():
        return end if _has_evidence(tokens, position, end, language) else position
    return end if _follows_title(tokens, position, end, language) else position


def _end_of_words(tokens: list[Token], position: int, language: Language) -> int:
    """Return the end of the words at a position that may be a name: the next known word.

    A third word counts only if a mark, a verb of saying or a subject's particle follows it.
    """
    end, words = position, 0
    last_but_one = position
    while end < len(tokens) and words < _MAX_NAME_WORDS:
        token = tokens[end]
        if token.kind != "w" or (end > position and token.lower in known_words(language)):
            break
        words += token.lower not in language.name_particles
        end += 1
        if words < _MAX_NAME_WORDS:
            last_but_one = end
    if words < _MAX_NAME_WORDS:
        return end
    following = tokens[end] if end < len(tokens) else None
    bounded = (
        following is None
        or following.kind in (":", ",")
        or following.lower in language.say_verbs
        or following.lower in language.subject_particles
    )
    return end if bounded and not _begins_definite(tokens[end - 1], language) else last_but_one


def _has_evidence(tokens: list[Token], position: int, end: int, language: Language) -> bool:
    """Return whether a title, a verb of saying or a source phrase stands beside a name."""
    after = tokens[end].lower if end < len(tokens) else ""
    if (
        after in language.say_verbs
        or after in language.subject_particles
        or after in language.titles
        or follows_source_phrase(tokens, position, language)
    ):
        return True
    before = position - 1
    while before >= 0 and tokens[before].lower in language.intervening_words:
        before -= 1
    if before >= 0 and tokens[before].lower in language.cue_words:
        return True
    return any(
        token.lower in language.titles
        for token in _words_before(tokens, position, _MAX_TITLE_DISTANCE, language)
    )


def _words_before(
    tokens: list[Token], position: int, most: int, language: Language
) -> Iterator[Token]:
    """Yield the words before a position, the nearest first, up to a mark or a verb of saying."""
    for before in range(position - 1, max(-1, position - most - 1), -1):
        token = tokens[before]
        if token.kind not in "wN" or token.lower in language.cue_words:
            return
        yield token


def _follows_title(tokens: list[Token], position: int, end: int, language: Language) -> bool:
    """Return whether words of which none is a known given name are a name after a title.

    A personal title is enough. After an office, there are two words or more; the office has its
    article, and they have none, or a particle of the subject follows.
    """
    if not position:
        return False
    before = tokens[position - 1].lower
    if before in language.masculine_titles or before in language.feminine_titles:
        return True
    if end - position < 2:
        return False
    if end < len(tokens) and tokens[end].lower in language.subject_particles:
        return before in language.titles
    prefixes = language.definite_prefixes
    if not prefixes or tokens[position].lower.startswith(prefixes):
        return False
    words = [token.lower for token in _words_before(tokens, position, 3, language)]
    definite = list(takewhile(lambda word: word.startswith(prefixes), words))
    return not language.titles.isdisjoint(definite)


def _is_korean_name(
    tokens: list[Token], position: int, language: Language, known: KnownNames
) -> bool:
    """Return whether a Korean word is a name: a title stands beside it, or it is known."""
    word = tokens[position].word
    before = tokens[position - 1].lower if position else ""
    titled = any(
        token.lower in language.titles or _ends_with_title(token.lower, language)
        for token in takewhile(
            lambda token: token.kind == "w" and token.lower not in language.subject_particles,
            tokens[position + 1 : position + 1 + _MAX_BEFORE_TITLE],
        )
    )
    if known.full_name_of(word) == word:
        return True
    if len(word) == 1:
        return titled and bool(known.full_name_of(word))
    if not has_korean_form(word, language) or word in known_words(language):
        return False
    return titled or before in language.titles or _ends_with_title(before, language)


def _ends_with_title(word: str, language: Language) -> bool:
    """Return whether a word is a compound with a title: Korean "외교부장관"."""
    return len(word) > 2 and any(word[first:] in language.titles for first in range(1, len(word)))
