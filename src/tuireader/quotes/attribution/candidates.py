"""Collects the possible speakers of a span: the mentions around it, the last speaker, nobody."""

from collections.abc import Iterator, Sequence

from tuireader.quotes.attribution import features
from tuireader.quotes.attribution.context import (
    SpanContext,
    mention_code,
    recent_subject_codes,
    size_class,
)
from tuireader.quotes.attribution.model import LinkCandidate, LinkKind, PreviousAttribution
from tuireader.quotes.attribution.untrained_features import untrained_unattributed_features
from tuireader.quotes.coreference.entities import Entities
from tuireader.quotes.lexicon.language import Language
from tuireader.quotes.mentions.mention import Mention
from tuireader.quotes.parse import ParsedParagraph, tag_path

_PUNCTUATION = tuple(".,!?…")
_MIN_NAME_MENTIONS = 3
"""The fewest mentions that make a word a name where every noun has a capital."""
_MAX_NAME_WORDS = 3
"""The most words that the name of a thing has."""
_MAX_PATH = 7
"""The most tags of a path that are kept whole."""
_MAX_NEARBY = 10
"""The most mentions that are candidates on either side of a span in its paragraph."""
_MAX_EARLIER_PARAGRAPHS = 2
"""The most paragraphs before the span's own that have candidates."""
_MAX_PER_PARAGRAPH = 6


def may_be_common_noun(mention: Mention, entities: Entities) -> bool:
    """Return whether a mention is no candidate: it may be a common noun, or cannot be a subject.

    Only languages in which every noun has a capital, or with cases, have such mentions.
    """
    if not (mention.common_noun or mention.non_subject):
        return False
    entity = entities.of_name(mention)
    if entity.is_person:
        return False
    return mention.non_subject or not (
        entity.certain or entity.cue_count or entity.count >= _MIN_NAME_MENTIONS
    )


def capital_noun_features(context: SpanContext) -> list[str]:
    """Return features of an unattributed span for languages in which every noun has a capital.

    In them a capital at the start of a span does not show that a sentence starts there.
    """
    length = (
        "one"
        if len(context.words) < 2
        else "few"
        if len(context.words) <= _MAX_NAME_WORDS
        else "many"
    )
    letter_case = "upper" if context.shape[1] == "U" else "small"
    found = ["unattributed capital_nouns"]
    sentence = context.tags_before.endswith(":") or " ".join(context.words).endswith(_PUNCTUATION)
    if letter_case == "upper" and length != "many" and context.tags_before[-1:] in ("p", "A"):
        found.append("unattributed capital_nouns after_preposition")
    if letter_case == "small" or not sentence:
        found.append(f"unattributed capital_nouns {letter_case} {length}")
    if context.in_reported_speech:
        found.append(f"unattributed reported {letter_case}")
    if context.is_appositive and (letter_case == "upper" or length == "one"):
        found.append("unattributed appositive")
    return found


def unattributed_candidate(
    context: SpanContext, previous: PreviousAttribution | None
) -> LinkCandidate:
    """Return the candidate for words that nobody says: a title, a nickname, a scare quote."""
    case = _case_pattern(context.words, context.paragraph.language)
    previous_kind = previous.link.kind.value if previous else "none"
    is_adjacent = previous is not None and previous.paragraph_number == context.paragraph.number
    position = context.position
    preceding = _preceding(context.paragraph, position)
    outside_prose = context.paragraph.outside_prose
    final = context.final_speaker >= 0
    found = [
        "unattributed",
        f"unattributed {context.shape}",
        f"unattributed {context.shape} {context.cues}",
        f"unattributed {case} {context.shape[0]}",
        f"unattributed {case} {context.cues}",
        f"unattributed neighbours {context.tags_before} {context.tags_after}",
        f"unattributed neighbours {context.tags_before} {context.cues}",
        f"unattributed neighbours {context.tags_after[:1]} {context.cues} {context.final_mark}",
        f"unattributed preceding {preceding} {context.shape[0]} {context.tags_after[:1]}",
        f"unattributed preceding {preceding} {context.shape[:2]}",
        f"unattributed preceding {preceding} {context.cues}",
        f"unattributed preceding {preceding} {context.final_mark}",
        f"unattributed cues {context.cues}",
        f"unattributed {previous_kind} {is_adjacent}",
        f"unattributed {previous_kind} {is_adjacent} {context.shape[0]} {context.cues}",
        f"unattributed outside_prose {outside_prose} {context.cues}",
        f"unattributed final {final}",
        f"unattributed final {final} {context.shape[0]} {context.tags_after[:1]}",
    ]
    found += untrained_unattributed_features(context, previous)
    if context.paragraph.language.capital_nouns:
        found += capital_noun_features(context)
    if preceding == "'" and _is_coined(context):
        found.append("unattributed coined")
    return LinkCandidate(LinkKind.UNATTRIBUTED, None, found)


def _is_coined(context: SpanContext) -> bool:
    """Return whether a span is a coined term near the start of a sentence: "Roe's “war” had …"."""
    paragraph, position = context.paragraph, context.position
    following = paragraph.tokens[position + 1 : position + 2]
    before = paragraph.tokens[max(0, position - 4) : position]
    short = len(context.words) <= 4 and context.final_mark == "0"
    begins = len(before) < 4 or before[0].sentence != context.sentence
    return short and begins and bool(following) and following[0].kind == "w"


def _preceding(paragraph: ParsedParagraph, position: int) -> str:
    """Return a code for the token before a span.

    "'" is a possessive, "a" a word without a tag, "-" other punctuation, "^" the beginning;
    else it is the tag of the token.
    """
    if not position:
        return "^"
    if paragraph.tokens[position - 1].possessive:
        return "'"
    if not paragraph.tags[position - 1] and paragraph.tokens[position - 1].kind not in "wN":
        return "-"
    return paragraph.tags[position - 1] or "a"


def _case_pattern(words: Sequence[str], language: Language) -> str:
    """Return a code for the capitals in a span.

    "T" means that all major words have one, as in a title, "t" several, "1" the only major
    word, "l" none.
    """
    major = [word for word in words if len(word) > 3]
    capitals = sum(word[:1].isupper() for word in major)
    if capitals > 1 and capitals == len(major) and len(words) < 12:
        return "T"
    if capitals == len(major) == 1 and len(words) > 1 and not language.capital_nouns:
        return "T"
    return "t" if capitals > 1 else "1" if capitals == len(major) else "l"


def continuation_candidate(
    context: SpanContext, previous: PreviousAttribution, recent: str
) -> LinkCandidate:
    """Return the candidate that the speaker of the previous span goes on speaking.

    `recent` is the code of the subjects since that span (see `recent_subject_codes`).
    """
    distance = context.paragraph.number - previous.paragraph_number
    is_same = distance == 0
    location = "same" if is_same else f"P{min(distance, 4)}"
    path = _path_since(previous, context) if is_same else location
    mention = previous.link.mention
    kind = mention.kind.value if mention else ""
    tokens_between = size_class(context.position - previous.position) if is_same else "-"
    begins = context.position == 0
    return LinkCandidate(
        LinkKind.CONTINUED,
        mention,
        [
            "continued",
            f"continued {location} {kind}",
            f"continued {location} {context.cues}",
            f"continued {location} {context.cues} {context.shape}",
            f"continued {location} {context.tags_before} {context.tags_after}",
            f"continued {location} {context.tags_after} {context.cues}",
            f"continued {location} {previous.link.kind.value} {context.shape}",
            f"continued {location} {begins} {context.cues} {context.final_mark}",
            f"continued {location} {previous.closed} {begins}",
            f"continued path {path}",
            f"continued path {path[-2:]} {context.tags_after} {context.cues}",
            f"continued distance {tokens_between} {context.cues}",
            f"continued final {context.final_speaker >= 0}",
            f"continued recent {recent}",
            f"continued recent {location} {recent} {begins}",
            f"continued recent {recent} {context.cues}",
            f"continued last_said {location} {recent[0]} {context.cues} {context.final_mark}",
        ],
    )


def _path_since(previous: PreviousAttribution, context: SpanContext) -> str:
    """Return the tags between the previous span and this one, a long path without its middle."""
    path = tag_path(context.paragraph.tags, previous.position + 1, context.position)
    return path if len(path) <= _MAX_PATH else f"{path[:3]}…{path[-3:]}"


def link_candidates(
    text: str,
    paragraphs: Sequence[ParsedParagraph],
    paragraph_index: int,
    position: int,
    *,
    entities: Entities,
    previous: PreviousAttribution | None,
) -> list[LinkCandidate]:
    """Return the candidates for the speaker of one quoted span.

    The first candidate is always that the span is unattributed. `position` is the token of
    the span in the paragraph at `paragraph_index`; `previous` is the last span's attribution.
    """
    context = SpanContext(text, paragraphs[paragraph_index], position)
    return [
        *near_candidates(context, paragraphs, paragraph_index, entities, previous),
        *earlier_candidates(context, paragraphs, paragraph_index, entities, previous),
    ]


def near_candidates(
    context: SpanContext,
    paragraphs: Sequence[ParsedParagraph],
    paragraph_index: int,
    entities: Entities,
    previous: PreviousAttribution | None,
) -> list[LinkCandidate]:
    """Return nobody, the last speaker and the mentions in the span's own paragraph."""
    paragraph, position = context.paragraph, context.position
    result = [unattributed_candidate(context, previous)]
    if previous is not None and previous.link.mention is not None:
        recent = recent_subject_codes(
            paragraphs,
            (previous.paragraph_number, previous.position),
            (paragraph_index, position),
            entities,
            previous.speaker,
        )
        result.append(continuation_candidate(context, previous, recent))
    for mention, order in _nearby_mentions(paragraph, position):
        if not may_be_common_noun(mention, entities):
            same = _coreference_code(mention, entities, previous)
            found = features.same_paragraph_features(context, mention, order, entities, same)
            result.append(LinkCandidate(LinkKind.MENTION, mention, (), found))
    return result


def earlier_candidates(
    context: SpanContext,
    paragraphs: Sequence[ParsedParagraph],
    paragraph_index: int,
    entities: Entities,
    previous: PreviousAttribution | None,
) -> Iterator[LinkCandidate]:
    """Yield the mentions in the paragraphs before the span's own."""
    for earlier in _earlier_paragraphs(paragraphs, paragraph_index):
        for order, mention in enumerate(_unnested_mentions(earlier, entities)[:_MAX_PER_PARAGRAPH]):
            same = _coreference_code(mention, entities, previous)
            found = features.earlier_paragraph_features(
                context, earlier, mention, order, entities, same
            )
            yield LinkCandidate(LinkKind.MENTION, mention, (), found)


def _coreference_code(
    mention: Mention, entities: Entities, previous: PreviousAttribution | None
) -> str:
    """Return "s" if a mention names the last speaker, else its kind; "-" if nobody spoke yet."""
    return mention_code(mention, entities, previous.speaker) if previous else "-"


def _unnested_mentions(paragraph: ParsedParagraph, entities: Entities) -> list[Mention]:
    """Return the mentions of a paragraph that may be subjects and are not inside others."""
    return [
        mention
        for mention in paragraph.mentions
        if not (mention.nested or may_be_common_noun(mention, entities))
    ]


def _nearby_mentions(paragraph: ParsedParagraph, position: int) -> Iterator[tuple[Mention, int]]:
    """Yield up to ten mentions on either side of a position, with their ranks in a sentence."""
    before: list[tuple[Mention, int]] = []
    after: list[tuple[Mention, int]] = []
    sentence, order = -1, 0
    for mention in paragraph.mentions:
        sentence_number = paragraph.tokens[mention.first].sentence
        order = order + 1 if sentence_number == sentence else 0
        sentence = sentence_number
        if mention.nested:
            order -= 1
            continue
        (before if mention.first < position else after).append((mention, order))
    yield from before[-_MAX_NEARBY:]
    yield from after[:_MAX_NEARBY]


def _earlier_paragraphs(
    paragraphs: Sequence[ParsedParagraph], paragraph_index: int
) -> Iterator[ParsedParagraph]:
    """Yield up to two paragraphs of running text before one, the nearest first.

    A heading or a caption has none.
    """
    if paragraphs[paragraph_index].outside_prose:
        return
    found = 0
    for earlier in range(paragraph_index - 1, max(-1, paragraph_index - 6), -1):
        if not paragraphs[earlier].outside_prose and paragraphs[earlier].tokens:
            yield paragraphs[earlier]
            found += 1
            if found == _MAX_EARLIER_PARAGRAPHS:
                return
