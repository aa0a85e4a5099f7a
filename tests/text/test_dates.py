import datetime as dt

import pytest

from tuireader.text.dates import date_at, stated_date

DAY = dt.date(2024, 9, 4)


@pytest.mark.parametrize(
    "written",
    [
        "2024-09-04",
        "2024/9/4",
        "2024-09-04T10:30:00Z",
        "4 September 2024",
        "4th of September 2024",
        "Wednesday, 4 Sept. 2024 10:30 GMT",
        "September 4, 2024",
        "Sep 4 2024",
        "04.09.2024",
        "9/14/2024",
        "4. September 2024",
        "4. september 2024",
        "den 4. september 2024 kl. 14.30",
        "onsdag den 4. sept. 2024",
        "4 septembre 2024",
        "4 de septiembre de 2024",
        "4 settembre 2024",
        "4 de setembro de 2024",
    ],
)
def test_dates_are_read_as_newspapers_write_them(written: str) -> None:
    day = DAY.replace(day=14) if written.startswith("9/") else DAY
    assert date_at(written) == (day, len(written))


def test_an_impossible_date_is_passed_over_without_a_value() -> None:
    assert date_at("2024-13-45 and on") == (None, 10)


@pytest.mark.parametrize("text", ["", "palms are", "4 apples 2024", "20240904"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert date_at(text) == (None, 0)


@pytest.mark.parametrize(
    ("stated", "date"),
    [
        ("2019", "2019"),
        (" 2019-05 ", "2019-05"),
        ("May 2019", "2019-05"),
        ("mai 2019", "2019-05"),
        ("3 May 2019", "2019-05-03"),
        ("2019-13", "None"),
        ("about 2019", "None"),
    ],
)
def test_a_stated_date_is_as_exact_as_it_is_written(stated: str, date: str) -> None:
    assert str(stated_date(stated)) == date
