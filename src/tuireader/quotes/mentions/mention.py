"""A mention: the words of a paragraph that refer to somebody."""

from enum import StrEnum
from typing import Final


class MentionKind(StrEnum):
    """How a mention refers to somebody."""

    NAME = "n"
    PRONOUN = "p"
    DESCRIPTION = "d"


# An attribute of an enumeration takes eight times as long as a name of a module.
NAME: Final = MentionKind.NAME
PRONOUN: Final = MentionKind.PRONOUN
DESCRIPTION: Final = MentionKind.DESCRIPTION


class Mention:
    """The tokens [first, last] of a paragraph that refer to somebody.

    It is no tuple, since its attributes are read for every span near it. It changes only while
    the mentions of its paragraph are collected.

    Attributes:
        kind: how it refers to somebody.
        outer: the first token of its phrase, with titles, offices and an article.
        first: the first token without titles.
        last: its last token.
        paragraph_number: the number of its paragraph in the article.
        start: the offset of its words in the text, with titles, in code points.
        end: the offset after them.
        words: the words of a name without titles, a pronoun, or a description with its article.
        roles: the titles and offices before a name, in lower case.
        gender: "m" or "f" as far as its words show it, else "".
        head: the head noun of a description, in lower case.
        locative: whether a preposition of place precedes it.
        beside_cue: whether a verb of saying stands beside it.
        nested: whether it is part of another phrase: "Germany" in "Chancellor X of Germany".
        common_noun: whether it may be a common noun, where every noun has a capital.
        non_subject: whether an article or a preposition shows that it is not a subject.
    """

    __slots__ = (
        "beside_cue",
        "common_noun",
        "end",
        "first",
        "gender",
        "head",
        "kind",
        "last",
        "locative",
        "nested",
        "non_subject",
        "outer",
        "paragraph_number",
        "roles",
        "start",
        "words",
    )

    def __init__(  # noqa: PLR0917 - what every mention has
        self,
        kind: MentionKind,
        outer: int,
        first: int,
        last: int,
        paragraph_number: int,
        start: int,
        end: int,
        words: tuple[str, ...],
        *,
        roles: tuple[str, ...] = (),
        gender: str = "",
        head: str = "",
        locative: bool = False,
        beside_cue: bool = False,
        common_noun: bool = False,
        non_subject: bool = False,
    ) -> None:
        """Keep the attributes; the mention is not nested."""
        self.kind = kind
        self.outer = outer
        self.first = first
        self.last = last
        self.paragraph_number = paragraph_number
        self.start = start
        self.end = end
        self.words = words
        self.roles = roles
        self.gender = gender
        self.head = head
        self.locative = locative
        self.beside_cue = beside_cue
        self.nested = False
        self.common_noun = common_noun
        self.non_subject = non_subject

    def __eq__(self, other: object) -> bool:
        """Return whether another mention of the article is the same words, read alike."""
        return self is other or (
            isinstance(other, Mention)
            and self.start == other.start
            and self.end == other.end
            and self.first == other.first
            and self.kind is other.kind
            and self.words == other.words
        )

    def __hash__(self) -> int:
        """Return a hash by the place of the mention."""
        return hash((self.start, self.end))

    def with_head(self, head: str) -> "Mention":
        """Return a description with its head noun in another form."""
        other = Mention(
            self.kind,
            self.outer,
            self.first,
            self.last,
            self.paragraph_number,
            self.start,
            self.end,
            self.words,
            gender=self.gender,
            head=head,
        )
        other.nested = self.nested
        return other
