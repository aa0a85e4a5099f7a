"""What a stretch and a possible speaker look like together: word-free feature names.

The names are what the weights are learnt for; they are built of letters for shapes
(see `cues.shapes_of`), of buckets of distances and of kinds, never of words.

What is known of speakers beyond the weights, in languages that these were not learnt from.

The names of these features have weights that are set by hand (`train._PRIORS`).
"""

from tuireader.quotes.attribution.context import QuoteContext, size_class
from tuireader.quotes.attribution.model import PreviousAttribution
from tuireader.quotes.attribution.subjects import verb_of_clause
from tuireader.quotes.coreference.entities import Entities
from tuireader.quotes.mentions.mentions import Mention, MentionKind
from tuireader.quotes.parse import ACCORDING, CUES, VERBS, ParsedParagraph, tag_path

# DROPPED IMPORT


def governing_verb(reading: ParsedParagraph, mention: Mention) -> tuple[str, str]:
    """The verb of saying that a mention is the subject of, and what stands before it."""
    tokens, shapes = reading.tokens, reading.shapes
    sentence = tokens[mention.last].sentence
    before = "^"
    for place in range(mention.outer - 1, max(-1, mention.outer - 4), -1):
        if shapes[place]:
            before = shapes[place] if tokens[place].sentence == sentence else "^"
            break
    if tokens[mention.last].possessive:
        following = tag_path(shapes, mention.last + 1, min(len(shapes), mention.last + 5))
        return ("'O" if "O" in following[:2] else "'"), before
    if _is_author(reading, mention):
        return "'O", before
    verb = verb_of_clause(reading, mention)
    if verb:
        return verb, "^"
    return _verb(reading, mention.last + 1, sentence), before


def _is_author(reading: ParsedParagraph, mention: Mention) -> bool:
    """Whether a genitive says whose words a noun means: "der Vorwurf der Partei"."""
    place = mention.outer - (
        reading.tokens[mention.outer].lower not in reading.language.genitive_articles
    )
    if place < 1 or reading.tokens[place].lower not in reading.language.genitive_articles:
        return False
    return reading.tokens[place - 1].lower in reading.language.cue_nouns


def _verb(reading: ParsedParagraph, place: int, sentence: int) -> str:
    """The letter of the verb that follows, with how it is reached."""
    tokens, shapes = reading.tokens, reading.shapes
    commas = 0
    reached = ""
    limit = min(len(tokens), place + 30)
    while place < limit and tokens[place].sentence == sentence:
        letter = shapes[place]
        if letter in (",", "-", "("):
            commas += 1
            reached = letter if commas == 1 else reached
            following = place + 1
            while following < limit and shapes[following] == "":
                following += 1
            if commas > 1 and following < limit and shapes[following] in CUES:
                return f"{shapes[following]}a"
        elif letter == "Q":
            return f"Q{reached}"
        elif letter and not commas:
            if letter in "sw" and letter != "M":
                return _later(reading, place, limit, sentence)
            return letter
        place += 1
    return reached or "$"


def _later(reading: ParsedParagraph, place: int, limit: int, sentence: int) -> str:
    """A verb of saying further on, with no other mention between."""
    first = reading.shapes[place]
    for later in range(place + 1, min(limit, place + 8)):
        letter = reading.shapes[later]
        if reading.tokens[later].sentence != sentence or letter in ("M", "Q", ",", ":", ";"):
            break
        if letter in CUES:
            return f"{first}{letter}"
    return first


def kind_of(mention: Mention, people: Entities) -> str:
    """The kind of a mention in a few letters."""
    if mention.kind is MentionKind.NAME:
        person = people.of_name(mention)
        if person.person:
            return "nh"
        size = "l" if len(person.words) > 1 else "1"
        return f"n{size}{'i' if person.placed * 2 > person.count else ''}"
    if mention.kind is MentionKind.PRONOUN:
        return "p" + (mention.gender or mention.words[0][:1])
    return "d"


def same_paragraph_features(
    around: QuoteContext, mention: Mention, order: int, people: Entities
) -> list[str]:
    """The features of a mention in the stretch's own paragraph."""
    reading = around.reading
    shapes = reading.shapes
    if mention.first > around.place:
        side, start, end = "A", around.place + 1, mention.outer
        if start < end and shapes[start] == ",":
            start += 1
    else:
        side, start, end = "B", mention.last + 1, around.place
    away = abs(reading.tokens[mention.first].sentence - around.sentence)
    at = f"{side}{min(away, 3)}"
    kind = kind_of(mention, people)
    verb, before = governing_verb(reading, mention)
    way = tag_path(shapes, start, end)
    others = min(way.count("M"), 4)
    tail = "-" if around.tail < 0 else "y" if around.tail == mention.last else "n"
    return [
        f"tail {side} {tail}",
        f"tail {at} {tail} {verb[:1]}",
        *mention_hints(around, mention, at, verb),
        *_by_way(side, at, way, verb, around.cued),
        *_by_edges(around, side, at, kind, verb),
        f"far {at} {size_class(end - start)}",
        f"far {side} {kind[0]} {size_class(end - start)}",
        f"kind {kind[0]} {at}",
        f"kind {kind} {verb[:1]}",
        f"others {at} {others}",
        f"others {at} {others} {verb}",
        f"cued {at} {around.cued} {min(others, 2)}",
        f"verb {verb}",
        f"verb {at} {verb}",
        f"before {before}",
        f"before {side} {before} {verb}",
        f"before {at} {before} {kind[0]}",
        f"order {at} {min(order, 3)}",
        f"order {at} {min(order, 3)} {verb[:1]} {before[:1]}",
    ]


def _by_way(side: str, at: str, way: str, verb: str, cued: str) -> list[str]:
    """What the way from a mention to the stretch looks like."""
    near = way[:3] if side == "A" else way[-3:]
    quotes = min(way.count("Q"), 3)
    return [
        f"way {side} {way if len(way) < 8 else '…'}",
        f"way {side} {verb} {way if len(way) < 5 else '…'}",
        f"near {at} {near}",
        f"near {at} {near} {verb[:1]}",
        f"quotes {at} {quotes}",
        f"quotes {at} {quotes} {cued}",
    ]


def _by_edges(around: QuoteContext, side: str, at: str, kind: str, verb: str) -> list[str]:
    """What the edges of the stretch look like from the mention's side."""
    return [
        f"at {at}",
        f"edge {side} {around.before} {around.after} {at[1] != '0'}",
        f"edge {at} {around.after} {verb} {kind[0]}",
        f"edge {at} {around.before} {verb}",
        f"cued {at} {around.cued} {verb}",
        f"shape {at} {around.shape}",
        f"end {at} {around.end} {verb}",
        f"end {at} {around.end} {around.after} {kind[0]}",
    ]


def earlier_paragraph_features(
    around: QuoteContext, reading: ParsedParagraph, mention: Mention, order: int, people: Entities
) -> list[str]:
    """The features of a mention in a paragraph before the stretch's own."""
    kind = kind_of(mention, people)
    verb, before = governing_verb(reading, mention)
    away = around.reading.number - reading.number
    last = reading.tokens[mention.last].sentence == reading.tokens[-1].sentence
    alone = around.place == 0
    at = f"P{min(away, 3)}"
    return [
        f"at {at}",
        f"{at} {kind} {order}",
        f"{at} verb {verb} {order}",
        f"{at} before {before} {verb}",
        f"{at} last {last} {alone} {around.cued}",
        f"{at} edge {around.before} {around.after}",
        f"{at} shape {around.shape}",
        f"{at} ends {reading.shapes[-1]} {last}",
        f"{at} quotes {bool(reading.stretches)} {last} {order}",
    ]


def discourse_features(
    around: QuoteContext, reading: ParsedParagraph, mention: Mention, same: str, people: Entities
) -> list[str]:
    """What makes a mention in an earlier paragraph the one that its end is about."""
    kind = kind_of(mention, people)
    verb, before = governing_verb(reading, mention)
    away = around.reading.number - reading.number
    sentence = reading.tokens[mention.last].sentence
    back = min(reading.tokens[-1].sentence - sentence, 2)
    order = 0
    for other in reading.mentions:
        if other is mention:
            break
        if reading.tokens[other.first].sentence == sentence and not other.inside:
            order += 1
    at = f"P{min(away, 3)}"
    alone = around.place == 0
    rank = f"{back}{min(order, 2)}"
    return [
        f"{at} rank {rank} {verb} {alone}",
        f"{at} rank {rank} {kind[0]} {alone} {around.cued}",
        f"{at} rank {rank} {verb[:1]} {before[:1]} {kind[0]}",
        f"{at} rank {rank} {bool(reading.stretches)} {verb[:1]} {alone}",
        f"{at} same {same} {alone} {around.cued}",
        f"{at} same {same} {rank} {verb[:1]}",
    ]


def mention_hints(around: QuoteContext, mention: Mention, at: str, verb: str) -> list[str]:
    """What speaks for or against a mention; `at` is its side and distance, `verb` its verb."""
    reading = around.reading
    if reading.language.trained_weights:
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


def unattributed_hints(around: QuoteContext, before: PreviousAttribution | None) -> list[str]:
    """What speaks for or against nobody."""
    reading, place = around.reading, around.place
    if reading.language.trained_weights:
        return []
    found = []
    if place and reading.tokens[place - 1].lower in reading.language.naming_words:
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


def _is_said(around: QuoteContext) -> bool:
    """Whether a verb of saying stands right behind the stretch."""
    shapes, tokens = around.reading.shapes, around.reading.tokens
    for place in range(around.place + 1, min(len(shapes), around.place + 6)):
        if tokens[place].sentence != around.sentence or shapes[place] not in ("", ",", "-"):
            return shapes[place] in VERBS and tokens[place].sentence == around.sentence
    return False


def _is_paired(around: QuoteContext) -> bool:
    """Whether nothing but "and" or a comma stands between the stretch and the one before."""
    shapes, place = around.reading.shapes, around.place
    return place > 1 and shapes[place - 1] in ("k", ",") and shapes[place - 2] == "Q"


def _is_said_by_another(around: QuoteContext, mention: Mention) -> bool:
    """Whether somebody says it who is nearer than a source: "…, sagte sie laut dem Blatt"."""
    way = tag_path(around.reading.shapes, around.place + 1, mention.outer)
    return mention.first > around.place and "SM" in way


def _is_postposed(around: QuoteContext, mention: Mention) -> bool:
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


def _is_inserted(around: QuoteContext, mention: Mention) -> bool:
    """Whether a clause between commas names who speaks: "Il governo, ha detto Rossi, …"."""
    shapes = around.reading.shapes
    following = [letter for letter in shapes[mention.last + 1 : mention.last + 3] if letter]
    ahead = [letter for letter in shapes[max(0, mention.outer - 5) : mention.outer] if letter]
    return following[:1] == [","] and ahead[-2:-1] == [","] and ahead[-1] in VERBS
