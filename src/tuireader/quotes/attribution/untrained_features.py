"""Further features for languages that the weights were not trained on.

These have weights set by hand (`train._PRIORS`).
"""

from tuireader.quotes.attribution.context import SpanContext
from tuireader.quotes.attribution.model import PreviousAttribution
from tuireader.quotes.mentions.mention import PRONOUN, Mention
from tuireader.quotes.parse import ACCORDING, CUE_TAGS, VERB_TAGS, tag_path


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
    elif before == "p" and mention.kind is not PRONOUN:
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
