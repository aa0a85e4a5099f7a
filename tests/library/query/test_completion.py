import pytest

from tuireader.library.query.completion import completions

KNOWN = {"tag": ["harbour", "high water", "tide"], "outlet": ["Daily News"]}


def completed(query: str) -> list[str]:
    return [each.text for each in completions(query, lambda field: KNOWN.get(field, ()))]


@pytest.mark.parametrize(
    ("query", "results"),
    [
        ("", []),
        ("tit", ["title:"]),
        ("ferry -tit", ["ferry -title:"]),
        ("(outl", ["(outlet:"]),
        ("is:unr", ["is:unread"]),
        ("is:read,ke", ["is:read,kept"]),
        ("#ti", ["#tide"]),
        ("tag:h", ["tag:harbour", 'tag:"high water"']),
        ("tag:tide", []),
        ("outlet:dai", ['outlet:"Daily News"']),
        ("date:y", ["date:yesterday"]),
        ("sort:re", ["sort:relevance"]),
        ("nothing:x", []),
    ],
)
def test_the_last_word_is_completed(query: str, results: list[str]) -> None:
    assert completed(query) == results
