"""Makes labelled articles of labels that are stored without texts, and a folder of web pages.

`python -m bench.labelled LABELS FOLDER OUTPUT`: each file below FOLDER whose SHA-256 is the
`page_sha256` of an article in LABELS is read by `tuireader show --json`, and its labels are joined
to that text. OUTPUT is as `python -m tuireader.quotes.training.evaluate` and `train` read it. It
prints how many labels were not found, and which pages are not in the folder.
"""

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tuireader.quotes.training.labels import read_records, with_text, write_records


def pages_below(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield the SHA-256 of every file below a folder, and its path."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield hashlib.sha256(path.read_bytes()).hexdigest(), path


def article_text(page: Path, data: str) -> str:
    """Return the text of a page as the program shows it; `data` is a folder for its data."""
    command = [sys.executable, "-m", "tuireader", "--data-dir", data, "show", "--json", str(page)]
    shown = subprocess.run(command, capture_output=True, check=True, text=True)
    text: str = json.loads(shown.stdout)["text"]
    return text


def main() -> None:
    """Write the labelled articles, and print what was not found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("labels", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("output", type=Path)
    arguments = parser.parse_args()
    labels = read_records(arguments.labels)
    wanted = {label["page_sha256"] for label in labels}
    pages = {sha: path for sha, path in pages_below(arguments.folder) if sha in wanted}
    records: list[dict[str, Any]] = []
    lost = 0
    with tempfile.TemporaryDirectory(prefix="tuireader-bench-") as data:
        for label in labels:
            if label["page_sha256"] not in pages:
                print(f"{label['id']}: its page is not in {arguments.folder}")
                continue
            text = article_text(pages[label["page_sha256"]], data)
            record, missing = with_text(label, text)
            records.append(record)
            lost += missing
    write_records(arguments.output, records)
    print(f"{len(records)} of {len(labels)} articles, {lost} labels not found")


if __name__ == "__main__":
    main()
