"""Texts to measure with, made up from a few words and the same in every run."""

import random
from pathlib import Path

LANDMARK = "Landmark"
"""Stands in the first line of every text: when it is on the screen, the text is painted."""

NEEDLE = "needleword"
"""A word that is in the last paragraphs of every long text only."""

END = "Finis"
"""The last word of every long text and of the news."""

WORDS = (
    *("harbour", "ferry", "council", "bridge", "morning", "letter", "engine", "window"),
    *("garden", "winter", "market", "river", "the", "a", "of", "to", "and", "in", "was"),
    *("that", "it", "for", "on", "with", "had", "by", "from", "they", "she", "he", "said"),
)


def paragraph(chance: random.Random) -> str:
    """A paragraph of three to eight sentences."""
    sentences = []
    for _ in range(chance.randint(3, 8)):
        words = chance.choices(WORDS, k=chance.randint(6, 22))
        sentences.append(" ".join(words).capitalize() + ".")
    return " ".join(sentences)


def article(title: str, size: int, chance: random.Random) -> str:
    """An article of about that many characters; its paragraphs come from a stock of 200."""
    stock = [paragraph(chance) for _ in range(min(200, size // 400 + 1))]
    parts, length = [title, f"{LANDMARK} {stock[0]}"], len(stock[0])
    while length < size:
        parts.append(chance.choice(stock))
        length += len(parts[-1]) + 2
    return "\n\n".join(parts) + "\n"


def write_text(path: Path, megabytes: int) -> Path:
    """A text file of so many megabytes."""
    text = article("A long report", megabytes << 20, random.Random(megabytes))
    # The end before the words that are looked for: it is on the screen with the first of them.
    text += f"\n{END}. {NEEDLE} and {NEEDLE}, {NEEDLE}.\n"
    path.write_text(text, encoding="utf-8")
    return path


def write_folder(folder: Path, count: int) -> Path:
    """A folder of so many short articles."""
    folder.mkdir()
    chance = random.Random(count)
    for number in range(count):
        text = article(f"Report number {number}", 1200, chance)
        (folder / f"{number:05}.txt").write_text(text, encoding="utf-8")
    return folder


def write_news(folder: Path, count: int) -> Path:
    """A folder of so many news articles, whose quotations are below their first page."""
    folder.mkdir()
    chance = random.Random(count)
    for number in range(count):
        parts = [f"Report{number:03} of the day", f"{LANDMARK} {paragraph(chance)}"]
        parts += [paragraph(chance) for _ in range(12)]
        for speaker in (f"Speaker{number:03} Voss", "Karl Brandt", "Lena Holt"):
            parts.append(f"“{paragraph(chance)[:150]},” said {speaker}. {paragraph(chance)}")
        text = "\n\n".join([*parts, f"{END}."])
        (folder / f"{number:03}.txt").write_text(text + "\n", encoding="utf-8")
    return folder
