"""The mentions of a paragraph: names, pronouns and descriptions outside the quotation marks."""

from collections.abc import Container, Iterator

from tuireader.quotes.caseless_names import caseless_descriptions_in
from tuireader.quotes.lexicon.language import Language
from tuireader.quotes.lexicon.loader import first_names
from tuireader.quotes.mentions.mention import DESCRIPTION, NAME, PRONOUN, Mention
from tuireader.quotes.mentions.names import NameMention, name_mentions_in
from tuireader.quotes.mentions.noun_phrases import descriptions_in
from tuireader.quotes.mentions.syntax import follows_source_verb, is_non_subject
from tuireader.quotes.tokens import Token, is_caseless


def pronouns_in(tokens: list[Token], language: Language) -> Iterator[int]:
    """Yield the positions of the pronouns that can be a subject."""
    for position, token in enumerate(tokens):
        if token.kind not in "wN" or token.lower not in language.subject_pronouns:
            continue
        if (
            language.capital_first_person
            and token.lower in language.first_person
            and token.word.islower()
        ):
            continue
        if _is_article(tokens, position, language):
            continue
        if token.lower in language.neuter_pronouns and not _is_beside_cue(
            tokens, position, language
        ):
            continue
        yield position


def gender_of(word: str, language: Language) -> str:
    """Return the gender that a pronoun shows: "m", "f" or ""."""
    if word in language.masculine_pronouns:
        return "m"
    return "f" if word in language.feminine_pronouns else ""


def _is_article(tokens: list[Token], position: int, language: Language) -> bool:
    """Return whether a word that can be a pronoun is an article here: Dutch "het"."""
    following = tokens[position + 1 : position + 2]
    return (
        tokens[position].lower in language.definite_articles
        and bool(following)
        and following[0].kind in "wN"
        and following[0].lower not in language.cue_words
        and following[0].lower not in language.function_words
    )


def _is_beside_cue(tokens: list[Token], position: int, language: Language) -> bool:
    """Return whether a verb of saying stands beside a position, or two tokens after it."""
    near = (position - 1, position + 1, position + 2)
    return any(
        0 <= other < len(tokens) and tokens[other].lower in language.say_verbs for other in near
    )


def mentions_in(
    tokens: list[Token], paragraph_number: int, language: Language, common: Container[str] = ()
) -> list[Mention]:
    """Return the mentions of a paragraph, in order.

    `common` holds words that are no names (see `common_words_in`).
    """
    names = {
        name.first: name for name in _name_mentions(tokens, paragraph_number, language, common)
    }
    found = [*names.values(), *_pronoun_mentions(tokens, paragraph_number, language)]
    covered = {position for mention in found for position in range(mention.first, mention.last + 1)}
    offices = {position for name in names.values() for position in range(name.outer, name.first)}
    for first, last, head in _phrases_in(tokens, covered, language):
        if (
            _is_title_phrase(tokens, first, last, offices)
            or (
                first in offices
                and covered.intersection(range(first, last + 1))
                and last in covered
            )
            or is_non_subject(tokens, first, last, language)
        ):
            continue
        name = names.get(first + 1)
        if (
            name is not None
            and _is_name_with_article(name, last, language)
            and tokens[first].lower in language.definite_articles
        ):
            # "the State Department" is a name.
            name.outer = first
            continue
        phrase = tokens[first : last + 1]
        found.append(_description_mention(phrase, first, head, paragraph_number, language))
    found.sort(key=lambda mention: (mention.first, -mention.last))
    return _with_nesting(found, tokens, language)


def _phrases_in(
    tokens: list[Token], covered: set[int], language: Language
) -> Iterator[tuple[int, int, str]]:
    """Yield the descriptions; in a script without capitals an unknown word is never one."""
    if not language.caseless:
        yield from descriptions_in(tokens, covered, language)
        return
    for phrase in descriptions_in(tokens, covered, language):
        words = tokens[phrase[0] : phrase[1] + 1]
        if not any(is_caseless(token.word) for token in words):
            yield phrase
    yield from caseless_descriptions_in(tokens, covered, language)


def _description_mention(
    phrase: list[Token], first: int, head: str, paragraph_number: int, language: Language
) -> Mention:
    """Return the mention of a description, whose tokens begin at `first`."""
    return Mention(
        DESCRIPTION,
        first,
        first,
        first + len(phrase) - 1,
        paragraph_number,
        phrase[0].start,
        phrase[-1].end,
        tuple(token.word for token in phrase),
        gender=language.gender_of(head),
        head=head,
    )


def _is_name_with_article(name: Mention, last: int, language: Language) -> bool:
    """Return whether a description that ends at a token is a name with its article."""
    return name.last == last or (name.last > last and not language.capital_nouns)


def _is_title_phrase(tokens: list[Token], first: int, last: int, offices: set[int]) -> bool:
    """Return whether a description is the title of a name: "planetary geologist Ada Moor"."""
    if tokens[first].kind == "w":
        return last in offices
    return offices.issuperset(range(first, last + 1))


def _with_nesting(found: list[Mention], tokens: list[Token], language: Language) -> list[Mention]:
    """Return the mentions, those that are part of another phrase marked as nested."""
    covered_until = -1
    previous: Mention | None = None
    for mention in found:
        if previous is not None and _is_affiliation(previous, mention, tokens, language):
            # "Ohio State University professor Paul Beck" refers to Paul Beck.
            previous.nested = True
            if mention.outer > previous.last + 1 and tokens[mention.outer - 1].kind == "w":
                # "Lumen Search lead Lisa Reed" is one phrase.
                mention.outer = previous.outer
        mention.nested = mention.first <= covered_until or _is_attribute(
            mention, previous, tokens, language
        )
        covered_until = max(covered_until, mention.last)
        previous = mention
    return found


def _is_attribute(
    mention: Mention, previous: Mention | None, tokens: list[Token], language: Language
) -> bool:
    """Return whether a mention stands in brackets, or is an attribute of the one before it."""
    before = mention.outer - 1
    if before < 0:
        return False
    if tokens[before].kind == "(":
        return True
    if (
        before > 1
        and mention.kind is NAME
        and tokens[before].lower in language.definite_articles
        and tokens[before - 1].lower in language.of_prepositions | language.locative_prepositions
    ):
        # "Rebecca Doyle of the Daily Ledger"
        before -= 1
    return (
        previous is not None
        and previous.last == before - 1
        and _is_attributive_preposition(tokens[before].lower, previous, language)
    )


def _is_attributive_preposition(word: str, previous: Mention, language: Language) -> bool:
    """Return whether a preposition attaches a mention to the one before: "X of Germany"."""
    return previous.kind is NAME and (
        word in language.of_prepositions or word in language.locative_prepositions
    )


def _is_affiliation(
    name: Mention, bearer: Mention, tokens: list[Token], language: Language
) -> bool:
    """Return whether a name only says where the bearer of the next one belongs."""
    if not (name.kind is bearer.kind is NAME) or tokens[name.last].possessive:
        return False
    if name.last == bearer.outer - 1:
        return tokens[bearer.outer].kind == "w" and bool(bearer.roles)
    between = tokens[name.last + 1 : bearer.outer]
    if not between:
        return False
    if between[-1].kind == ",":
        # "the Department of Roads director-general, Zola Dube, …"
        nouns = between[:-1]
        return (
            len(nouns) == 1
            and language.is_human(nouns[0].lower)
            and language.is_organisation_name(name.words)
            and not language.is_organisation_name(bearer.words)
        )
    # "according to Lumen Search lead Lisa Reed"
    return (
        len(between) == 1
        and between[0].kind == "w"
        and between[0].lower not in language.function_words
        and between[0].lower not in language.cue_words
        and between[0].lower not in language.conjunctions
        and bearer.words[0].lower() in first_names()
        and len(bearer.words) > 1
        and name.words[0].lower() not in first_names()
        and follows_source_verb(tokens, name.outer, language)
    )


def _name_mentions(
    tokens: list[Token], paragraph_number: int, language: Language, common: Container[str]
) -> Iterator[Mention]:
    """Yield the mentions of the names of a paragraph."""
    for name in name_mentions_in(tokens, language, common):
        if _is_source_word(tokens, name, language):
            continue
        object_ = is_non_subject(tokens, name.outer, name.last, language)
        is_beside_cue = _is_say_verb_at(tokens, name.outer - 1, language) or _is_say_verb_at(
            tokens, name.last + 1, language
        )
        yield Mention(
            NAME,
            name.outer,
            name.first,
            name.last,
            paragraph_number,
            tokens[name.capital].start,
            _end_of_name(tokens[name.last]),
            tuple(token.word for token in tokens[name.first : name.last + 1]),
            roles=name.roles,
            gender=name.gender,
            locative=name.outer > 0
            and tokens[name.outer - 1].lower in language.locative_prepositions,
            beside_cue=is_beside_cue and not object_,
            common_noun=language.capital_nouns
            and not _is_surely_name(tokens, name)
            and (object_ or _may_be_noun(tokens, name, language)),
            non_subject=object_,
        )


def _end_of_name(token: Token) -> int:
    """Return the offset after the last word of a name, without a possessive ending.

    In a script without capitals the title after a name belongs to its token.
    """
    return token.end if is_caseless(token.word) else token.start + len(token.word)


def _is_source_word(tokens: list[Token], name: NameMention, language: Language) -> bool:
    """Return whether a run of capitals is a noun of a source phrase: "nach Angaben"."""
    if not language.capital_nouns:
        return False
    before = [token.lower for token in tokens[max(0, name.last - 3) : name.last + 1]]
    return any(
        tuple(before[-size:]) == phrase[:size]
        for phrase in language.source_phrases
        for size in range(2, len(phrase) + 1)
    )


def _is_surely_name(tokens: list[Token], name: NameMention) -> bool:
    """Return whether a title, a given name or upper case shows that a run of capitals is a name."""
    words = tokens[name.first : name.last + 1]
    return bool(
        name.gender or name.roles or words[0].word.isupper() or words[0].lower in first_names()
    )


def _may_be_noun(tokens: list[Token], name: NameMention, language: Language) -> bool:
    """Return whether a run may be a common noun, by its length and the words around it."""
    before = tokens[name.outer - 1].lower if name.outer else ""
    following = tokens[name.last + 1].lower if name.last + 1 < len(tokens) else ""
    return (
        (name.first == name.last and not {before, following} & language.cue_words)
        or before in language.locative_prepositions
        or before in language.copulas
        or (
            before.endswith(language.adjective_endings)
            and before not in language.function_words
            and before not in language.cue_words
        )
    )


def _is_say_verb_at(tokens: list[Token], position: int, language: Language) -> bool:
    """Return whether a verb of saying stands at a position."""
    return 0 <= position < len(tokens) and tokens[position].lower in language.say_verbs


def _pronoun_mentions(
    tokens: list[Token], paragraph_number: int, language: Language
) -> Iterator[Mention]:
    """Yield the mentions of the pronouns of a paragraph."""
    for position in pronouns_in(tokens, language):
        token = tokens[position]
        yield Mention(
            PRONOUN,
            position,
            position,
            position,
            paragraph_number,
            token.start,
            token.end,
            (token.lower,),
            gender=gender_of(token.lower, language),
        )
