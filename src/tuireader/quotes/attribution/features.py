"""The features of a quoted span and a candidate speaker, as names that have weights.

A name is built of tags (see `parse.tag_tokens`), size classes and kinds, and never of
the words of an article. A side is "A" or "B": the mention stands after or before the span.
A location is the side with the distance in sentences, or "P" with that in paragraphs. A rank
or order counts from 0. The features of a candidate are in groups, each with what it is made of:
its names are needed only the first time (see `model.Weights`).
"""

from tuireader.quotes.attribution.context import SpanContext, size_class
from tuireader.quotes.attribution.model import FeatureGroup
from tuireader.quotes.attribution.subjects import verb_of_clause
from tuireader.quotes.attribution.untrained_features import untrained_mention_features
from tuireader.quotes.coreference.entities import Entities
from tuireader.quotes.mentions.mention import NAME, PRONOUN, Mention
from tuireader.quotes.parse import CUE_TAGS, ParsedParagraph, tag_path


def governing_verb(paragraph: ParsedParagraph, mention: Mention) -> tuple[str, str]:
    """Return the tag of the cue whose subject a mention is, and the tag before the mention.

    The first tag has a suffix for what stands between the two; "$" means that there is no cue.
    It is computed once for each mention, which many spans may have as a candidate.
    """
    place = mention.first, mention.last
    found = paragraph.verbs.get(place)
    if found is None:
        found = paragraph.verbs[place] = _governing_verb(paragraph, mention)
    return found


def _governing_verb(paragraph: ParsedParagraph, mention: Mention) -> tuple[str, str]:
    """Return what `governing_verb` keeps for each mention."""
    tokens, tags = paragraph.tokens, paragraph.tags
    sentence = tokens[mention.last].sentence
    before = "^"
    for position in range(mention.outer - 1, max(-1, mention.outer - 4), -1):
        if tags[position]:
            before = tags[position] if tokens[position].sentence == sentence else "^"
            break
    if tokens[mention.last].possessive:
        following = tag_path(tags, mention.last + 1, min(len(tags), mention.last + 5))
        return ("'O" if "O" in following[:2] else "'"), before
    if _is_genitive_author(paragraph, mention):
        return "'O", before
    verb = verb_of_clause(paragraph, mention)
    if verb:
        return verb, "^"
    return _following_verb(paragraph, mention.last + 1, sentence), before


def _is_genitive_author(paragraph: ParsedParagraph, mention: Mention) -> bool:
    """Return whether a genitive names the author of a cue noun: "der Vorwurf der Partei".

    So does "of" in a language that the weights were not trained on: "L'elogio di Roe".
    """
    language = paragraph.language
    links = language.genitive_articles
    if not language.trained_weights:
        links |= language.of_prepositions
    position = mention.outer - (paragraph.tokens[mention.outer].lower not in links)
    if position < 1 or paragraph.tokens[position].lower not in links:
        return False
    return paragraph.tokens[position - 1].lower in paragraph.language.cue_nouns


def _following_verb(paragraph: ParsedParagraph, position: int, sentence: int) -> str:
    """Return the tag of the verb that follows, with a suffix for what stands before it."""
    tokens, tags = paragraph.tokens, paragraph.tags
    commas = 0
    reached = ""
    limit = min(len(tokens), position + 30)
    while position < limit and tokens[position].sentence == sentence:
        tag = tags[position]
        if tag in (",", "-", "("):
            commas += 1
            reached = tag if commas == 1 else reached
            following = position + 1
            while following < limit and tags[following] == "":
                following += 1
            if commas > 1 and following < limit and tags[following] in CUE_TAGS:
                return f"{tags[following]}a"
        elif tag == "Q":
            return f"Q{reached}"
        elif tag and not commas:
            if tag in "sw" and tag != "M":
                return _later_verb(paragraph, position, limit, sentence)
            return tag
        position += 1
    return reached or "$"


def _later_verb(paragraph: ParsedParagraph, position: int, limit: int, sentence: int) -> str:
    """Return the tag at a position, and that of the next cue if no mention stands between."""
    first = paragraph.tags[position]
    for later in range(position + 1, min(limit, position + 8)):
        tag = paragraph.tags[later]
        if paragraph.tokens[later].sentence != sentence or tag in ("M", "Q", ",", ":", ";"):
            break
        if tag in CUE_TAGS:
            return f"{first}{tag}"
    return first


def mention_type(mention: Mention, entities: Entities) -> str:
    """Return a code for the type of a mention: its kind, and what is known of its entity."""
    if mention.kind is NAME:
        entity = entities.of_name(mention)
        if entity.is_person:
            return "nh"
        size = "l" if len(entity.words) > 1 else "1"
        return f"n{size}{'i' if entity.locative_count * 2 > entity.count else ''}"
    if mention.kind is PRONOUN:
        return "p" + (mention.gender or mention.words[0][:1])
    return "d"


def same_paragraph_features(
    context: SpanContext, mention: Mention, order: int, entities: Entities, same: str
) -> list[FeatureGroup]:
    """Return the features of a mention in the span's own paragraph.

    `order` is the mention's rank in its sentence, `same` its code from `context.mention_code`, "-"
    if nobody spoke yet.
    """
    paragraph = context.paragraph
    tags = paragraph.tags
    if mention.first > context.position:
        side, start, end = "A", context.position + 1, mention.outer
        if start < end and tags[start] == ",":
            start += 1
    else:
        side, start, end = "B", mention.last + 1, context.position
    distance = abs(paragraph.tokens[mention.first].sentence - context.sentence)
    location = f"{side}{min(distance, 3)}"
    kind = mention_type(mention, entities)
    verb, before = governing_verb(paragraph, mention)
    path = tag_path(tags, start, end)
    speaker = context.final_speaker
    final = "-" if speaker < 0 else "y" if speaker == mention.last else "n"
    cues, after = context.cues, context.tags_after
    names = untrained_mention_features(context, mention, location, verb)
    return [
        (_final_features, location, final, verb[:1]),
        (_names, *names),
        (_path_features, location, path, verb, cues),
        (_neighbour_features, location, kind, verb, context.tags_before, after),
        (_span_features, location, kind, verb, cues, context.shape, context.final_mark, after),
        (_distance_features, location, kind, verb, cues, size_class(end - start), path.count("M")),
        (_clause_features, location, before, verb, kind, min(order, 3)),
        (_last_speaker_features, location, same, cues),
    ]


def _names(*names: str) -> tuple[str, ...]:
    """Return the names of a group of features that are given one by one."""
    return names


def _final_features(location: str, final: str, verb: str) -> tuple[str, ...]:
    """Return features of whether a mention is the speaker whom the sentence's end names."""
    return f"final {location[0]} {final}", f"final {location} {final} {verb}"


def _last_speaker_features(location: str, same: str, cues: str) -> tuple[str, ...]:
    """Return the feature of whether a mention is the last speaker."""
    return (f"same {location[0]} {same} {cues}",)


def _distance_features(  # noqa: PLR0917 - the arguments are the key of a group
    location: str, kind: str, verb: str, cues: str, size: str, mentions: int
) -> tuple[str, ...]:
    """Return features of a mention's distance to the span: `mentions` stand between, in all."""
    others = min(mentions, 4)
    return (
        f"distance {location} {size}",
        f"distance {location[0]} {kind[0]} {size}",
        f"kind {kind[0]} {location}",
        f"kind {kind} {verb[:1]}",
        f"intervening {location} {others}",
        f"intervening {location} {others} {verb}",
        f"cues {location} {cues} {min(others, 2)}",
        f"verb {verb}",
        f"verb {location} {verb}",
    )


def _clause_features(
    location: str, before: str, verb: str, kind: str, order: int
) -> tuple[str, ...]:
    """Return features of a mention's place in its clause: the tag before it, and its rank."""
    return (
        f"before {before}",
        f"before {location[0]} {before} {verb}",
        f"before {location} {before} {kind[0]}",
        f"order {location} {order}",
        f"order {location} {order} {verb[:1]} {before[:1]}",
    )


def _path_features(location: str, path: str, verb: str, cues: str) -> tuple[str, ...]:
    """Return features of `path`, the tags between a mention and the span."""
    side = location[0]
    near = path[:3] if side == "A" else path[-3:]
    quotes = min(path.count("Q"), 3)
    return (
        f"path {side} {path if len(path) < 8 else '…'}",
        f"path {side} {verb} {path if len(path) < 5 else '…'}",
        f"adjacent {location} {near}",
        f"adjacent {location} {near} {verb[:1]}",
        f"quotes {location} {quotes}",
        f"quotes {location} {quotes} {cues}",
    )


def _neighbour_features(
    location: str, kind: str, verb: str, before: str, after: str
) -> tuple[str, ...]:
    """Return features of the tags before and after the span as seen from a mention's side."""
    return (
        f"location {location}",
        f"neighbours {location[0]} {before} {after} {location[1] != '0'}",
        f"neighbours {location} {after} {verb} {kind[0]}",
        f"neighbours {location} {before} {verb}",
    )


def _span_features(  # noqa: PLR0917 - the arguments are the key of a group
    location: str, kind: str, verb: str, cues: str, shape: str, mark: str, after: str
) -> tuple[str, ...]:
    """Return features of the span itself as seen from a mention's side; `mark` ends it."""
    return (
        f"cues {location} {cues} {verb}",
        f"shape {location} {shape}",
        f"end {location} {mark} {verb}",
        f"end {location} {mark} {after} {kind[0]}",
    )


def earlier_paragraph_features(  # noqa: PLR0917 - as `same_paragraph_features` has them
    context: SpanContext,
    paragraph: ParsedParagraph,
    mention: Mention,
    order: int,
    entities: Entities,
    same: str,
) -> list[FeatureGroup]:
    """Return the features of a mention in a paragraph before the span's own.

    `order` is the mention's rank in its paragraph, `same` as for `same_paragraph_features`.
    """
    kind = mention_type(mention, entities)
    verb, before = governing_verb(paragraph, mention)
    distance = context.paragraph.number - paragraph.number
    last = paragraph.tokens[mention.last].sentence == paragraph.tokens[-1].sentence
    alone = context.position == 0
    location = f"P{min(distance, 3)}"
    quoted = bool(paragraph.spans)
    rank = _rank_in_discourse(paragraph, mention)
    cues = context.cues
    return [
        (_earlier_features, location, kind, order, verb, before),
        (_last_features, location, last, alone, cues),
        (_around_features, location, context.tags_before, context.tags_after, context.shape),
        (_ending_features, location, last, paragraph.tags[-1], quoted, order),
        (_rank_features, location, rank, kind[0], verb, before, quoted, alone, cues),
        (_coreference_features, location, same, alone, cues, rank, verb[:1]),
    ]


def _earlier_features(
    location: str, kind: str, order: int, verb: str, before: str
) -> tuple[str, ...]:
    """Return features of a mention in an earlier paragraph by itself."""
    return (
        f"location {location}",
        f"{location} {kind} {order}",
        f"{location} verb {verb} {order}",
        f"{location} before {before} {verb}",
    )


def _around_features(location: str, before: str, after: str, shape: str) -> tuple[str, ...]:
    """Return features of the span and what is around it, for a mention in an earlier paragraph."""
    return f"{location} neighbours {before} {after}", f"{location} shape {shape}"


def _last_features(location: str, last: bool, alone: bool, cues: str) -> tuple[str, ...]:
    """Return the feature of whether the mention's sentence is the last of its paragraph."""
    return (f"{location} last {last} {alone} {cues}",)


def _ending_features(
    location: str, last: bool, end: str, quoted: bool, order: int
) -> tuple[str, ...]:
    """Return features of how the mention's paragraph ends: `last` if in the mention's sentence."""
    return f"{location} ends {end} {last}", f"{location} quotes {quoted} {last} {order}"


def _rank_in_discourse(paragraph: ParsedParagraph, mention: Mention) -> str:
    """Return how many sentences from the paragraph's end a mention is, and its rank in its own."""
    tokens = paragraph.tokens
    sentence = tokens[mention.last].sentence
    back = min(tokens[-1].sentence - sentence, 2)
    order = 0
    for other in paragraph.mentions:
        if other is mention or order == 2:
            break
        if not other.nested and tokens[other.first].sentence == sentence:
            order += 1
    return f"{back}{order}"


def _rank_features(  # noqa: PLR0917 - the arguments are the key of a group
    location: str,
    rank: str,
    kind: str,
    verb: str,
    before: str,
    quoted: bool,
    alone: bool,
    cues: str,
) -> tuple[str, ...]:
    """Return features that show whether an earlier paragraph ends with a mention as subject."""
    return (
        f"{location} rank {rank} {verb} {alone}",
        f"{location} rank {rank} {kind} {alone} {cues}",
        f"{location} rank {rank} {verb[:1]} {before[:1]} {kind}",
        f"{location} rank {rank} {quoted} {verb[:1]} {alone}",
    )


def _coreference_features(  # noqa: PLR0917 - the arguments are the key of a group
    location: str, same: str, alone: bool, cues: str, rank: str, verb: str
) -> tuple[str, ...]:
    """Return features of whether a mention in an earlier paragraph is the last speaker."""
    return f"{location} same {same} {alone} {cues}", f"{location} same {same} {rank} {verb}"
