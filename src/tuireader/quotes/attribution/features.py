"""The features of a quoted span and a candidate speaker, as names that have weights.

A name is built of tags (see `parse.tag_tokens`), size classes and kinds, and never of
the words of an article. A side is "A" or "B": the mention stands after or before the span.
A location is the side with the distance in sentences, or "P" with that in paragraphs. A rank
or order counts from 0. The functions `untrained_…` give features for languages that
the weights were not trained on; these have weights set by hand (`train._PRIORS`).
"""

from tuireader.quotes.attribution.context import SpanContext, size_class
from tuireader.quotes.attribution.model import PreviousAttribution
from tuireader.quotes.attribution.subjects import verb_of_clause
from tuireader.quotes.coreference.entities import Entities
from tuireader.quotes.mentions.mentions import Mention, MentionKind
from tuireader.quotes.parse import ACCORDING, CUE_TAGS, VERB_TAGS, ParsedParagraph, tag_path


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
    if mention.kind is MentionKind.NAME:
        entity = entities.of_name(mention)
        if entity.is_person:
            return "nh"
        size = "l" if len(entity.words) > 1 else "1"
        return f"n{size}{'i' if entity.locative_count * 2 > entity.count else ''}"
    if mention.kind is MentionKind.PRONOUN:
        return "p" + (mention.gender or mention.words[0][:1])
    return "d"


def same_paragraph_features(
    context: SpanContext, mention: Mention, order: int, entities: Entities
) -> list[str]:
    """Return the features of a mention in the span's own paragraph.

    `order` is the mention's rank in its sentence.
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
    others = min(path.count("M"), 4)
    speaker = context.final_speaker
    final = "-" if speaker < 0 else "y" if speaker == mention.last else "n"
    return [
        f"final {side} {final}",
        f"final {location} {final} {verb[:1]}",
        *untrained_mention_features(context, mention, location, verb),
        *_path_features(side, location, path, verb, context.cues),
        *_neighbour_features(context, side, location, kind, verb),
        f"distance {location} {size_class(end - start)}",
        f"distance {side} {kind[0]} {size_class(end - start)}",
        f"kind {kind[0]} {location}",
        f"kind {kind} {verb[:1]}",
        f"intervening {location} {others}",
        f"intervening {location} {others} {verb}",
        f"cues {location} {context.cues} {min(others, 2)}",
        f"verb {verb}",
        f"verb {location} {verb}",
        *_clause_features(location, before, verb, kind, min(order, 3)),
    ]


def _clause_features(location: str, before: str, verb: str, kind: str, order: int) -> list[str]:
    """Return features of a mention's place in its clause: the tag before it, and its rank."""
    return [
        f"before {before}",
        f"before {location[0]} {before} {verb}",
        f"before {location} {before} {kind[0]}",
        f"order {location} {order}",
        f"order {location} {order} {verb[:1]} {before[:1]}",
    ]


def _path_features(side: str, location: str, path: str, verb: str, cues: str) -> list[str]:
    """Return features of `path`, the tags between a mention and the span."""
    near = path[:3] if side == "A" else path[-3:]
    quotes = min(path.count("Q"), 3)
    return [
        f"path {side} {path if len(path) < 8 else '…'}",
        f"path {side} {verb} {path if len(path) < 5 else '…'}",
        f"adjacent {location} {near}",
        f"adjacent {location} {near} {verb[:1]}",
        f"quotes {location} {quotes}",
        f"quotes {location} {quotes} {cues}",
    ]


def _neighbour_features(
    context: SpanContext, side: str, location: str, kind: str, verb: str
) -> list[str]:
    """Return features of the span's neighbours as seen from a mention's side."""
    return [
        f"location {location}",
        f"neighbours {side} {context.tags_before} {context.tags_after} {location[1] != '0'}",
        f"neighbours {location} {context.tags_after} {verb} {kind[0]}",
        f"neighbours {location} {context.tags_before} {verb}",
        f"cues {location} {context.cues} {verb}",
        f"shape {location} {context.shape}",
        f"end {location} {context.final_mark} {verb}",
        f"end {location} {context.final_mark} {context.tags_after} {kind[0]}",
    ]


def earlier_paragraph_features(
    context: SpanContext,
    paragraph: ParsedParagraph,
    mention: Mention,
    order: int,
    entities: Entities,
) -> list[str]:
    """Return the features of a mention in a paragraph before the span's own.

    `order` is the mention's rank in its paragraph.
    """
    kind = mention_type(mention, entities)
    verb, before = governing_verb(paragraph, mention)
    distance = context.paragraph.number - paragraph.number
    last = paragraph.tokens[mention.last].sentence == paragraph.tokens[-1].sentence
    alone = context.position == 0
    location = f"P{min(distance, 3)}"
    return [
        f"location {location}",
        f"{location} {kind} {order}",
        f"{location} verb {verb} {order}",
        f"{location} before {before} {verb}",
        f"{location} last {last} {alone} {context.cues}",
        f"{location} neighbours {context.tags_before} {context.tags_after}",
        f"{location} shape {context.shape}",
        f"{location} ends {paragraph.tags[-1]} {last}",
        f"{location} quotes {bool(paragraph.spans)} {last} {order}",
    ]


def discourse_features(
    context: SpanContext,
    paragraph: ParsedParagraph,
    mention: Mention,
    same: str,
    entities: Entities,
) -> list[str]:
    """Return features that show whether an earlier paragraph ends with a mention as subject.

    `same` is the mention's code from `context.mention_code`.
    """
    kind = mention_type(mention, entities)
    verb, before = governing_verb(paragraph, mention)
    distance = context.paragraph.number - paragraph.number
    sentence = paragraph.tokens[mention.last].sentence
    back = min(paragraph.tokens[-1].sentence - sentence, 2)
    order = 0
    for other in paragraph.mentions:
        if other is mention:
            break
        if paragraph.tokens[other.first].sentence == sentence and not other.nested:
            order += 1
    location = f"P{min(distance, 3)}"
    alone = context.position == 0
    rank = f"{back}{min(order, 2)}"
    return [
        f"{location} rank {rank} {verb} {alone}",
        f"{location} rank {rank} {kind[0]} {alone} {context.cues}",
        f"{location} rank {rank} {verb[:1]} {before[:1]} {kind[0]}",
        f"{location} rank {rank} {bool(paragraph.spans)} {verb[:1]} {alone}",
        f"{location} same {same} {alone} {context.cues}",
        f"{location} same {same} {rank} {verb[:1]}",
    ]


def untrained_mention_features(
    context: SpanContext, mention: Mention, location: str, verb: str
) -> list[str]:
    """Return further features of a mention, for languages without trained weights.

    `location` is its side and its distance in sentences, `verb` the tag of its verb.
    """
    paragraph = context.paragraph
    if paragraph.language.trained_weights:
        return []
    is_beside_cue = verb[:1] in CUE_TAGS or verb == "'O"
    before = paragraph.tags[mention.outer - 1] if mention.outer else "^"
    found = [f"subject {location} {is_beside_cue}"]
    if _is_postposed(context, mention):
        found.append("postposed")
    elif _is_parenthetical(context, mention):
        found.append("inserted")
    if (
        before == ACCORDING and location[1] == "0" and not _has_nearer_speaker(context, mention)
    ) or (before == ACCORDING and context.in_reported_speech):
        found.append(f"source {location}")
    elif context.in_reported_speech and location[0] == "B":
        found.append(f"reported {location} {is_beside_cue}")
    elif before == "p" and mention.kind is not MentionKind.PRONOUN:
        found.append(f"object {location[0]}")
    return found


def untrained_unattributed_features(
    context: SpanContext, before: PreviousAttribution | None
) -> list[str]:
    """Return further features of an unattributed span, for languages without trained weights."""
    paragraph, position = context.paragraph, context.position
    if paragraph.language.trained_weights:
        return []
    found = []
    if position and paragraph.tokens[position - 1].lower in paragraph.language.naming_words:
        found.append("unattributed naming_word")
    if context.follows_call_particle:
        found.append("unattributed call_particle")
    if _is_followed_by_cue(context):
        found.append("unattributed cue_follows")
    if _is_coordinated(context):
        alike = before is not None and (before.paragraph_number, before.position) == (
            paragraph.number,
            position - 2,
        )
        found.append(f"unattributed coordinated {alike}")
    return found


def _is_followed_by_cue(context: SpanContext) -> bool:
    """Return whether a verb of saying stands right after the span."""
    tags, tokens = context.paragraph.tags, context.paragraph.tokens
    for position in range(context.position + 1, min(len(tags), context.position + 6)):
        if tokens[position].sentence != context.sentence or tags[position] not in ("", ",", "-"):
            return tags[position] in VERB_TAGS and tokens[position].sentence == context.sentence
    return False


def _is_coordinated(context: SpanContext) -> bool:
    """Return whether only "and" or a comma stands between the span and the one before."""
    tags, position = context.paragraph.tags, context.position
    return position > 1 and tags[position - 1] in ("k", ",") and tags[position - 2] == "Q"


def _has_nearer_speaker(context: SpanContext, mention: Mention) -> bool:
    """Return whether a speaker stands between the span and a source: "…, sagte sie laut dem …"."""
    path = tag_path(context.paragraph.tags, context.position + 1, mention.outer)
    return mention.first > context.position and "SM" in path


def _is_postposed(context: SpanContext, mention: Mention) -> bool:
    """Return whether the verb right after the span has the mention as its subject further on."""
    tags, verb = context.paragraph.tags, context.position + 1
    while verb < mention.outer and tags[verb] in ("", ",", "-"):
        verb += 1
    between = "".join(tags[verb + 1 : mention.outer]).replace("pM", "p")
    return (
        verb < mention.outer
        and tags[verb] in VERB_TAGS
        and not set(between) - set("pw")
        and not mention.non_subject
        and tags[mention.outer - 1] != "p"
    )


def _is_parenthetical(context: SpanContext, mention: Mention) -> bool:
    """Return whether a mention is the subject of a clause in commas: "…, ha detto Rossi, …"."""
    tags = context.paragraph.tags
    following = [tag for tag in tags[mention.last + 1 : mention.last + 3] if tag]
    ahead = [tag for tag in tags[max(0, mention.outer - 5) : mention.outer] if tag]
    return following[:1] == [","] and ahead[-2:-1] == [","] and ahead[-1] in VERB_TAGS
