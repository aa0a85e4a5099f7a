"""Finds the subjects of verbs of saying where word order hides them.

In German and Dutch the verb is the second or the last part of its clause: "In Bonn sagte
die Ministerin am Montag: …", "wie die Ministerin am Montag mitteilte". In Spanish,
Italian and Portuguese it may have no subject: "dijo", "ha aggiunto". In Danish a sentence of
its own names the speaker after the quotation: "»…« Det siger ministeren."
"""

from bisect import bisect_left
from collections.abc import Sequence

from tuireader.quotes.mentions.mention import NAME, PRONOUN, Mention
from tuireader.quotes.parse import CUE_TAGS, VERB_TAGS, ParsedParagraph

_CLAUSE_ENDS = (",", ":", ";", "Q", "k")
_MAX_SENTENCE = 60
"""The most tokens before a verb that are examined for the beginning of its sentence."""
_MAX_CLAUSE = 14
"""The most tokens between a subject and its verb."""
_MAX_SUBJECT_DISTANCE = 12
"""The most tokens between a verb and the subject after it."""
_PHRASE_ENDS = (",", ".", ":", ";", "Q", "-", "(")
_CLAUSE_BOUNDS = ("S", "T", "C", "M", "Q", ":", ";", ",")
_MAX_HEADLINE_SOURCE = 12
"""The most tokens of a headline that is a quotation, a colon and its source."""
_SPAN_OR_MARK = ("Q", ".", ",", "-")
_OBJECTS = ("", "t", "w", "p", "Q")
"""The tags of what may stand between a quotation and the verb at the end of its sentence."""
_BEFORE_SPAN = VERB_TAGS | {"", ",", "w", "p", "Q"}
"""The tags of what may stand between a subject and its quotation before that verb."""
_MAX_PARAGRAPHS = 5
"""The most paragraphs of nothing but quotations before a sentence that names their speaker."""


def verb_of_clause(paragraph: ParsedParagraph, mention: Mention) -> str:
    """Return the tag of the cue whose subject a mention is in a verb-second clause, or ""."""
    if not paragraph.language.verb_second or mention.non_subject:
        return ""
    return _verb_before_subject(paragraph, mention) or _clause_final_verb(paragraph, mention)


def _verb_before_subject(paragraph: ParsedParagraph, mention: Mention) -> str:
    """Return the tag of the cue right before a mention, if its clause has no other subject."""
    tags, tokens = paragraph.tags, paragraph.tokens
    sentence = tokens[mention.outer].sentence
    position = mention.outer - 1
    while position >= 0 and not tags[position] and tokens[position].sentence == sentence:
        position -= 1
    if position < 0 or tokens[position].sentence != sentence or tags[position] not in CUE_TAGS:
        return ""
    near = tags[max(0, position - _MAX_CLAUSE) : position]
    tags_ahead = [tag for tag in near if tag not in ("", ",")]
    if tags_ahead[-1:] == ["Q"]:
        # "…", said she: as in every language.
        return ""
    clause = _clause_start(paragraph, position)
    others = paragraph.mentions
    for number in range(bisect_left(others, clause, key=_first_token), len(others)):
        other = others[number]
        if other.first >= position:
            break
        if not (other.common_noun or other.non_subject or other.nested):
            return ""
    return tags[position]


def _first_token(mention: Mention) -> int:
    """Return the first token of a mention, for a binary search."""
    return mention.first


def _clause_start(paragraph: ParsedParagraph, verb: int) -> int:
    """Return the first token of a verb's clause; an apposition of its subject belongs to it."""
    tags, tokens = paragraph.tags, paragraph.tokens
    sentence = tokens[verb].sentence
    first = verb
    while first > verb - _MAX_SENTENCE and first and tokens[first - 1].sentence == sentence:
        first -= 1
    if tags[verb - 1] == "," and tokens[first].lower not in paragraph.language.subordinators:
        return first
    clause = verb
    while clause > first and tags[clause - 1] not in _CLAUSE_ENDS:
        clause -= 1
    return clause


def _clause_final_verb(paragraph: ParsedParagraph, mention: Mention) -> str:
    """Return the tag of the cue at the end of the clause that a mention begins, or ""."""
    tags, tokens = paragraph.tags, paragraph.tokens
    sentence = tokens[mention.last].sentence
    last = ""
    for position in range(mention.last + 1, min(len(tags), mention.last + _MAX_CLAUSE)):
        tag = tags[position]
        if tag == "Q" and tokens[position - 1].lower in paragraph.language.call_particles:
            # "… als „…“ bezeichnet hat"
            continue
        if tokens[position].sentence != sentence or tag in (",", ":", ";", ".", "Q", "k", "-"):
            break
        if tag == "M":
            return ""
        if tag:
            last = tag
    return last if last in CUE_TAGS else ""


def null_subject(paragraph: ParsedParagraph, position: int) -> Mention | None:
    """Return a pronoun at a span's verb of saying if that verb has no subject: Spanish "dijo".

    The verb stands right after the span, or before it with only a colon or "that" between.
    Return None if there is no such verb.
    """
    if not paragraph.language.null_subject:
        return None
    verb = _verb_after_span(paragraph, position)
    if verb is None:
        verb = _verb_before_span(paragraph, position)
    if verb is None:
        return None
    token = paragraph.tokens[verb]
    return Mention(
        PRONOUN,
        verb,
        verb,
        verb,
        paragraph.number,
        token.start,
        token.end,
        ("",),
        gender=paragraph.language.gender_of_verb(token.lower),
    )


def _verb_after_span(paragraph: ParsedParagraph, position: int) -> int | None:
    """Return the position of the verb after a span if no subject follows it, or None."""
    tags, tokens = paragraph.tags, paragraph.tokens
    sentence = tokens[position].sentence
    if (
        position
        and tokens[position - 1].sentence == sentence
        and tags[position + 1 : position + 2] != [","]
    ):
        # "La palabra «crisis» se repite": the span is no utterance.
        return None
    verb = position + 1
    while verb < len(tags) and tags[verb] in ("", ",", "-") and tokens[verb].sentence == sentence:
        verb += 1
    if verb >= len(tags) or tags[verb] not in VERB_TAGS or tokens[verb].sentence != sentence:
        return None
    end = verb + 1
    while end < min(len(tags), verb + _MAX_SUBJECT_DISTANCE):
        if tags[end] in _PHRASE_ENDS or tokens[end].sentence != sentence:
            break
        end += 1
    first = bisect_left(paragraph.mentions, verb + 1, key=lambda mention: mention.first)
    subjects = (
        mention
        for mention in paragraph.mentions[first : first + _MAX_SUBJECT_DISTANCE]
        if verb < mention.first < end
        and not mention.nested
        and not _is_prepositional(paragraph, mention)
        and mention.kind is not PRONOUN
    )
    if next(subjects, None) is not None or "M" in tags[verb + 1 : verb + 2]:
        return None
    return verb


def _is_prepositional(paragraph: ParsedParagraph, mention: Mention) -> bool:
    """Return whether a preposition precedes a mention or its article."""
    position = mention.outer - 1
    if position >= 0 and paragraph.tokens[position].lower in paragraph.language.determiners:
        position -= 1
    return position >= 0 and paragraph.tags[position] in ("p", "t")


def _verb_before_span(paragraph: ParsedParagraph, position: int) -> int | None:
    """Return the position of the verb before a span if no subject precedes it, or None."""
    tags, tokens = paragraph.tags, paragraph.tokens
    sentence = tokens[position].sentence
    verb = position - 1
    while verb >= 0 and tags[verb] in ("", ":", "t") and tokens[verb].sentence == sentence:
        verb -= 1
    if verb < 0 or tags[verb] not in VERB_TAGS or tokens[verb].sentence != sentence:
        return None
    for before in range(verb - 1, max(-1, verb - _MAX_SENTENCE), -1):
        if tokens[before].sentence != sentence:
            break
        if tags[before] in ("M", "Q", "t", "s"):
            return None
    return verb


def back_referring_subject(
    paragraphs: Sequence[ParsedParagraph], paragraph_index: int, position: int
) -> Mention | None:
    """Return the subject of a sentence that refers back to a span: "Det siger ministeren".

    The sentence follows the span, or more spans after it, and introduces no other one. None if
    there is no such sentence, or the span's own sentence has a verb of saying.

    Args:
        paragraphs: all paragraphs of the article.
        paragraph_index: the number of the span's paragraph among them.
        position: the span's token in that paragraph.
    """
    paragraph = paragraphs[paragraph_index]
    if not paragraph.language.back_references or _has_cue(paragraph, position):
        return None
    for following in paragraphs[paragraph_index : paragraph_index + _MAX_PARAGRAPHS]:
        if following.outside_prose:
            return None
        while position < len(following.tags) and following.tags[position] in _SPAN_OR_MARK:
            position += 1
        if position < len(following.tags):
            return _subject_after_reference(following, position)
        position = 0
    return None


def reported_subject(paragraph: ParsedParagraph, position: int) -> Mention | None:
    """Return the subject of the verb before a colon or "that" if that clause is itself reported.

    "Lind said Epple told her: “…”" and "he was there when doctors told him: “…”" quote Epple
    and the doctors. None if there is no such clause.

    Args:
        paragraph: the paragraph of the span.
        position: the span's token, before which the colon or "that" stands.
    """
    tags, tokens = paragraph.tags, paragraph.tokens
    if not position or tags[position - 1] not in (":", "t"):
        return None
    sentence = tokens[position].sentence
    verb = position - 2
    while verb > 0 and tags[verb] not in _CLAUSE_BOUNDS and verb > position - _MAX_CLAUSE:
        verb -= 1
    if verb <= 0 or tags[verb] not in VERB_TAGS or tokens[verb].sentence != sentence:
        return None
    subject = next(
        (
            mention
            for mention in paragraph.mentions
            if mention.last < verb
            and not any(tags[mention.last + 1 : verb])
            and not (mention.nested or mention.non_subject)
        ),
        None,
    )
    if subject is None or subject.outer < 2:
        return None
    before = subject.outer - 1
    after_subordinator = tags[before] in ("s", "t") and tokens[before].sentence == sentence
    is_reported = tags[before] in VERB_TAGS and tags[before - 1] == "M"
    return subject if after_subordinator or is_reported else None


def following_subject(paragraph: ParsedParagraph, position: int) -> Mention | None:
    """Return the subject of the verb of saying right after a span, on either side of it."""
    tags, sentence = paragraph.tags, paragraph.tokens[position].sentence
    path = [
        other
        for other in range(position + 1, min(len(tags), position + _MAX_SUBJECT_DISTANCE))
        if tags[other] and tags[other] != ","
    ][:2]
    if len(path) < 2 or any(paragraph.tokens[other].sentence != sentence for other in path):
        return None
    if {tags[path[0]], tags[path[1]]} not in ({"S", "M"}, {"T", "M"}):
        return None
    return next(
        (mention for mention in paragraph.mentions if mention.last in path and not mention.nested),
        None,
    )


def subject_before_final_verb(paragraph: ParsedParagraph, position: int) -> Mention | None:
    """Return the mention right before a span if a verb of saying stands right after it.

    That is the order of Japanese ("山田氏は「…」と述べた"), Korean and Turkish.
    """
    if not paragraph.language.verb_final:
        return None
    tags, sentence = paragraph.tags, paragraph.tokens[position].sentence
    verb = position + 1
    while verb < min(len(tags), position + _MAX_SUBJECT_DISTANCE) and tags[verb] in _OBJECTS:
        verb += 1
    subject = position - 1
    while subject >= 0 and tags[subject] in _BEFORE_SPAN:
        # "山田氏は「…」と述べ、「…」と語った": one subject for both.
        subject -= 1
    if (
        subject < 0
        or verb >= len(tags)
        or tags[verb] not in VERB_TAGS
        or {paragraph.tokens[subject].sentence, paragraph.tokens[verb].sentence} != {sentence}
    ):
        return None
    return next((mention for mention in paragraph.mentions if mention.last == subject), None)


def subject_before_colon(paragraph: ParsedParagraph, position: int) -> Mention | None:
    """Return the subject of the verb of saying that stands before a span.

    Between both and a colon other words may stand, but no other verb or mention. Only in
    scripts without capitals, where the weights have little to go by.
    """
    if not (paragraph.language.caseless and position):
        return None
    tags, sentence = paragraph.tags, paragraph.tokens[position].sentence
    skipped = ("", ":", ",", "t", "w", "p", "O") if tags[position - 1] == ":" else ("", ",", "t")
    near = position - 1
    while near >= max(0, position - _MAX_CLAUSE) and tags[near] in skipped:
        near -= 1
    far = near - 1
    while far >= 0 and not tags[far]:
        far -= 1
    found = (tags[far], tags[near])
    is_clause = found[0] in VERB_TAGS and found[1] == "M"
    if far < 0 or not (is_clause or (found[1] in VERB_TAGS and found[0] == "M")):
        return None
    if {paragraph.tokens[far].sentence, paragraph.tokens[near].sentence} != {sentence}:
        return None
    subject = near if is_clause else far
    if is_clause:
        # "王女士告诉记者：“…”": the one after the verb is spoken to.
        before = far - 1
        while before >= 0 and not tags[before]:
            before -= 1
        if before >= 0 and tags[before] == "M" and paragraph.tokens[before].sentence == sentence:
            subject = before
    return next((mention for mention in paragraph.mentions if mention.last == subject), None)


def source_after_colon(paragraph: ParsedParagraph, position: int) -> Mention | None:
    """Return the name that a colon gives as source of a headline: "‘No cuts’: Harbour Board"."""
    tags = paragraph.tags
    if position or tags[1:2] != [":"] or len(tags) > _MAX_HEADLINE_SOURCE:
        return None
    return next(
        (
            mention
            for mention in paragraph.mentions
            if mention.kind is NAME and mention.outer == 2 and mention.last == len(tags) - 1
        ),
        None,
    )


def _has_cue(paragraph: ParsedParagraph, position: int) -> bool:
    """Return whether the sentence of a token has a cue."""
    sentence = paragraph.tokens[position].sentence
    return any(
        tag in CUE_TAGS and token.sentence == sentence
        for tag, token in zip(paragraph.tags, paragraph.tokens, strict=True)
    )


def _subject_after_reference(paragraph: ParsedParagraph, position: int) -> Mention | None:
    """Return the mention after a back reference and a verb of saying at a position, or None."""
    tags, tokens = paragraph.tags, paragraph.tokens
    sentence = tokens[position].sentence
    end = position
    while end < len(tags) and tokens[end].sentence == sentence and tags[end] not in (":", "Q"):
        end += 1
    introduces = end < len(tags) and tokens[end].sentence == sentence
    if introduces or tokens[position].lower not in paragraph.language.back_references:
        return None
    verb = position + 1
    while verb < end and not tags[verb]:
        verb += 1
    if verb >= end or (tags[verb] not in VERB_TAGS and tags[verb] != "M"):
        return None
    if tags[verb] == "M":
        return _subject_without_verb(paragraph, position, verb)
    return next(
        (
            mention
            for mention in paragraph.mentions
            if verb < mention.first < end and not (mention.nested or mention.non_subject)
        ),
        None,
    )


def _subject_without_verb(paragraph: ParsedParagraph, position: int, last: int) -> Mention | None:
    """Return the mention that ends at a token if it is all that follows a back reference.

    That is so in "“…”. Così il ministro, in aula". `position` is the back reference.
    """
    following = paragraph.tags[last + 1 : last + 2]
    return next(
        (
            mention
            for mention in paragraph.mentions
            if mention.last == last and mention.outer > position and following in ([","], ["."])
        ),
        None,
    )
