"""Joins labels that are stored without texts to the texts of their articles.

`python -m tuireader.quotes.training.labels LABELS TEXTS OUTPUT` replaces the labels of the
articles in TEXTS, a labelled file as in `gold.py`, by those of LABELS and writes OUTPUT in the
same format. Articles without labels in LABELS are kept as they are.

A text belongs to its publisher, so LABELS has none: one article a line, {"id", "text_sha256",
"quotes": [{"start", "end", "words", ...}], "lang"?, "outlet"?, "page_sha256"?}. "words" is the
digest of the labelled words. It finds them again in a text that has changed elsewhere.
"""

import argparse
import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

_WORDS_DIGITS = 16
"""Enough to tell any two passages of one article apart."""
_TEXTS = ("text", "cue", "mention")
"""What a quotation's label quotes from the article."""
_PLACES = ("cue_start", "cue_end", "speaker_mention_start", "speaker_mention_end")
"""Offsets that hold only for the text that was labelled."""


def digest(text: str) -> str:
    """Return the SHA-256 of a text in hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def without_text(record: dict[str, Any]) -> dict[str, Any]:
    """Return a labelled article with digests in place of its text and of the labelled words."""
    text = record["text"]
    quotes = [
        {key: value for key, value in quote.items() if key not in _TEXTS}
        | {"words": _words(text, quote["start"], quote["end"])}
        for quote in record["quotes"]
    ]
    kept = {key: value for key, value in record.items() if key not in ("text", "quotes")}
    return kept | {"text_sha256": digest(text), "quotes": quotes}


def with_text(labels: dict[str, Any], text: str) -> tuple[dict[str, Any], int]:
    """Return labels joined to the text of their article, and the number of labels not found in it.

    If the text is not the labelled one, each quotation is searched by its words. The passage
    with these words is taken that is nearest to where the quotation before was found.
    """
    same = labels["text_sha256"] == digest(text)
    quotes = []
    shift = 0
    for label in labels["quotes"]:
        quote = label if same else _moved(label, text, shift)
        if quote is not None:
            shift = quote["start"] - label["start"]
            words = {"text": text[quote["start"] : quote["end"]]}
            quotes.append({key: value for key, value in quote.items() if key != "words"} | words)
    kept = {key: value for key, value in labels.items() if key not in ("text_sha256", "quotes")}
    return kept | {"text": text, "quotes": quotes}, len(labels["quotes"]) - len(quotes)


def replace_labels(
    records: Iterable[dict[str, Any]], labels: Iterable[dict[str, Any]]
) -> Iterator[tuple[dict[str, Any], int]]:
    """Yield labelled articles with the labels that others give for the same id.

    With each article comes the number of labels that were not found in its text.
    """
    by_id = {label["id"]: label for label in labels}
    for record in records:
        label = by_id.get(record["id"])
        if label is None:
            yield record, 0
        else:
            joined, lost = with_text(label, record["text"])
            yield record | joined, lost


def read_records(path: Path) -> list[dict[str, Any]]:
    """Return the records of a file with one JSON object a line."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def write_records(path: Path, records: Iterable[dict[str, Any]]) -> None:
    """Write one JSON object a line."""
    lines = (f"{json.dumps(record, ensure_ascii=False)}\n" for record in records)
    path.write_text("".join(lines), "utf-8")


def _moved(label: dict[str, Any], text: str, shift: int) -> dict[str, Any] | None:
    """Return a label with the offsets of its words in another text, None if they are not there.

    `shift` is how far the words are expected from the labelled place, in code points.
    """
    length = label["end"] - label["start"]
    expected = label["start"] + shift
    starts = sorted(range(len(text) - length + 1), key=lambda at: abs(at - expected))
    start = next((at for at in starts if _words(text, at, at + length) == label["words"]), None)
    if start is None:
        return None
    kept = {key: value for key, value in label.items() if key not in _PLACES}
    return kept | {"start": start, "end": start + length}


def _words(text: str, start: int, end: int) -> str:
    """Return the digest of the words of a span."""
    return digest(text[start:end])[:_WORDS_DIGITS]


def main() -> None:
    """Write the articles with the other labels, and print how many were not found."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("labels", type=Path, help="labels without texts, one article a line")
    parser.add_argument("texts", type=Path, help="labelled articles, one a line")
    parser.add_argument("output", type=Path, help="the file to write")
    arguments = parser.parse_args()
    joined = list(replace_labels(read_records(arguments.texts), read_records(arguments.labels)))
    write_records(arguments.output, (record for record, _ in joined))
    lost = sum(count for _, count in joined)
    print(f"{len(joined)} articles, {lost} labels not found")  # noqa: T201 - a command


if __name__ == "__main__":
    main()
