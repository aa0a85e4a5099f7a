"""What decides between names and nouns, and between words and titles, where nouns have capitals."""

from tuireader.quotes.around import Around
from tuireader.quotes.identities import People
from tuireader.quotes.mentions import Mention

_ENDS = tuple(".,!?…")
_OFTEN = 3
"""Mentions that show that a word is a name where every noun has a capital."""
_FEW = 3
"""Words at most that may be the name of a thing."""


def may_be_noun(mention: Mention, people: People) -> bool:
    """Whether a mention is a common noun for all that is known, or no subject."""
    if not (mention.noun or mention.governed):
        return False
    person = people.of_name(mention)
    if person.person:
        return False
    return mention.governed or not (person.sure or person.says or person.count >= _OFTEN)


def nobody_in_capitals(around: Around) -> list[str]:
    """What the first letter says where every noun has a capital: names of things have one."""
    many = "one" if len(around.words) < 2 else "few" if len(around.words) <= _FEW else "many"
    small = "upper" if around.shape[1] == "U" else "small"
    found = ["nobody capitals"]
    sentence = around.before.endswith(":") or " ".join(around.words).endswith(_ENDS)
    if small == "upper" and many != "many" and around.before[-1:] in ("p", "A"):
        found.append("nobody capitals placed")
    if small == "small" or not sentence:
        found.append(f"nobody capitals {small} {many}")
    if around.reported:
        found.append(f"nobody reported {small}")
    if around.apposed and (small == "upper" or many == "one"):
        found.append("nobody apposed")
    return found
