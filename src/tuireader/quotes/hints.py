"""What is known of speakers beyond the weights, in languages that these were not learnt from.

The names of these features have weights that are set by hand (`train._PRIORS`).
"""

from tuireader.quotes.around import Around
from tuireader.quotes.cues import ACCORDING, CUES, VERBS, path
from tuireader.quotes.links import Before
from tuireader.quotes.mentions import Mention, MentionKind


def of_mention(around: Around, mention: Mention, at: str, verb: str) -> list[str]:
    """What speaks for or against a mention; `at` is its side and distance, `verb` its verb."""
    reading = around.reading
    if reading.language.learnt:
        return []
    says = verb[:1] in CUES or verb == "'O"
    before = reading.shapes[mention.outer - 1] if mention.outer else "^"
    found = [f"subject {at} {says}"]
    if _is_postposed(around, mention):
        found.append("postposed")
    elif _is_inserted(around, mention):
        found.append("inserted")
    if (before == ACCORDING and at[1] == "0" and not _is_said_by_another(around, mention)) or (
        before == ACCORDING and around.reported
    ):
        found.append(f"source {at}")
    elif around.reported and at[0] == "B":
        found.append(f"reported {at} {says}")
    elif before == "p" and mention.kind is not MentionKind.PRONOUN:
        found.append(f"object {at[0]}")
    return found


def of_nobody(around: Around, before: Before | None) -> list[str]:
    """What speaks for or against nobody."""
    reading, place = around.reading, around.place
    if reading.language.learnt:
        return []
    found = []
    if place and reading.tokens[place - 1].lower in reading.language.naming:
        found.append("nobody named")
    if around.called:
        found.append("nobody called")
    if _is_said(around):
        found.append("nobody said")
    if _is_paired(around):
        alike = before is not None and (before.paragraph, before.place) == (
            reading.number,
            place - 2,
        )
        found.append(f"nobody paired {alike}")
    return found


def _is_said(around: Around) -> bool:
    """Whether a verb of saying stands right behind the stretch."""
    shapes, tokens = around.reading.shapes, around.reading.tokens
    for place in range(around.place + 1, min(len(shapes), around.place + 6)):
        if tokens[place].sentence != around.sentence or shapes[place] not in ("", ",", "-"):
            return shapes[place] in VERBS and tokens[place].sentence == around.sentence
    return False


def _is_paired(around: Around) -> bool:
    """Whether nothing but "and" or a comma stands between the stretch and the one before."""
    shapes, place = around.reading.shapes, around.place
    return place > 1 and shapes[place - 1] in ("k", ",") and shapes[place - 2] == "Q"


def _is_said_by_another(around: Around, mention: Mention) -> bool:
    """Whether somebody says it who is nearer than a source: "…, sagte sie laut dem Blatt"."""
    way = path(around.reading.shapes, around.place + 1, mention.outer)
    return mention.first > around.place and "SM" in way


def _is_postposed(around: Around, mention: Mention) -> bool:
    """Whether a verb right behind the stretch is a mention's, with a phrase between them."""
    shapes, verb = around.reading.shapes, around.place + 1
    while verb < mention.outer and shapes[verb] in ("", ",", "-"):
        verb += 1
    between = "".join(shapes[verb + 1 : mention.outer]).replace("pM", "p")
    return (
        verb < mention.outer
        and shapes[verb] in VERBS
        and not set(between) - set("pw")
        and not mention.governed
        and shapes[mention.outer - 1] != "p"
    )


def _is_inserted(around: Around, mention: Mention) -> bool:
    """Whether a clause between commas names who speaks: "Il governo, ha detto Rossi, …"."""
    shapes = around.reading.shapes
    following = [letter for letter in shapes[mention.last + 1 : mention.last + 3] if letter]
    ahead = [letter for letter in shapes[max(0, mention.outer - 5) : mention.outer] if letter]
    return following[:1] == [","] and ahead[-2:-1] == [","] and ahead[-1] in VERBS
