"""How well the engine does on labelled articles: `python -m tuireader.quotes.evaluate GOLD`.

A quotation counts as found if at least 0.8 of the words of the two stretches
together are in both (as in the Gender Gap Tracker's evaluation, strict form); it
is right if its speaker also agrees. The format of GOLD is in `gold.py`. With
`--save FILE` what was given is kept, a stretch a line; `--against FILE` lists what a
change of the engine has gained and lost since.
"""

import argparse
import json
import time
from collections.abc import Iterable
from pathlib import Path

from tuireader.domain.cleaning import clean_line
from tuireader.quotes.gold import labelled_articles
from tuireader.quotes.scoring import Found, Judged, Score, bootstrap, judge

_WORDS = 60
"""Code points of a quotation that are shown."""


def main() -> None:
    """Print the figures for labelled articles, and what was gained and lost."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path, help="labelled articles, one a line, or a folder")
    parser.add_argument("--save", type=Path, metavar="FILE", help="keep what was given")
    parser.add_argument("--against", type=Path, metavar="FILE", help="compare with what was kept")
    arguments = parser.parse_args()
    started = time.perf_counter()
    judged = [judge(article, labels) for article, labels in labelled_articles(arguments.gold)]
    seconds = time.perf_counter() - started
    print("\n".join(_table(judged, seconds)))  # noqa: T201 - a command
    if arguments.save:
        lines = (json.dumps(found.as_record()) for of in judged for found in of.found)
        arguments.save.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    if arguments.against:
        before = arguments.against.read_text("utf-8").splitlines()
        print("\n".join(_change(judged, map(json.loads, before))))  # noqa: T201 - a command


def _table(judged: list[Judged], seconds: float) -> list[str]:
    total = Score.of(judged)
    low, high = bootstrap(judged)
    counts = f"({total.found} of {total.labelled} found, {total.given} given)"
    share = f"P {total.precision:.3f}  R {total.recall:.3f}  F1 {total.spans:.3f}"
    joint = f"F1 {total.joint:.3f} lenient, {total.strict:.3f} strict"
    lines = [
        f"articles {len(judged)}, {len(judged) / seconds:.0f} a second",
        f"spans    {share}  {counts}",
        f"joint    {joint}; 95 % of samples {low:.3f} to {high:.3f}",
    ]
    for kind, (right, count) in sorted(total.by_kind.items()):
        lines.append(f"speaker  {right / count:.3f} of {count} found that are {kind}")
    return lines


def _change(judged: list[Judged], before: Iterable[dict[str, object]]) -> list[str]:
    """What was right and is not, and the reverse, a line each."""
    earlier = {found.place: found for found in map(Found.from_record, before)}
    later = {found.place: found for of in judged for found in of.found}
    lost = [place for place, found in earlier.items() if found.right and not _right(later, place)]
    gained = [place for place, found in later.items() if found.right and not _right(earlier, place)]
    return [
        f"gained {len(gained)}, lost {len(lost)}",
        *(f"+ {_shown(later[place], earlier.get(place))}" for place in gained),
        *(f"- {_shown(earlier[place], later.get(place))}" for place in lost),
    ]


def _right(found: dict[tuple[str, int, int], Found], place: tuple[str, int, int]) -> bool:
    return place in found and found[place].right


def _shown(right: Found, wrong: Found | None) -> str:
    words = clean_line(right.words)[:_WORDS]
    other = "not found" if wrong is None else wrong.speaker or "nobody"
    return f"{right.article}  “{words}”  {right.speaker or 'nobody'} (else: {other})"


if __name__ == "__main__":
    main()
