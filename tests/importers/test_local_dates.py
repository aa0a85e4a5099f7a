"""Dates as devices write them for people."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tuireader.importers.local_dates import parse_local_moment

MOMENTS = st.datetimes(min_value=dt.datetime(1990, 1, 1), max_value=dt.datetime(2040, 1, 1))  # noqa: DTZ001 - the zone is added
MONTHS = {
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października"
    " listopada grudnia",
    "tr": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro"
    " dezembro",
}


@settings(max_examples=40)
@given(MOMENTS, st.sampled_from(sorted(MONTHS)))
def test_a_date_in_words_is_the_same_in_every_language(moment: dt.datetime, code: str) -> None:
    moment = moment.replace(microsecond=0, tzinfo=dt.UTC)
    month = MONTHS[code].split()[moment.month - 1]
    written = f"x: xx, {moment.day} {month} {moment.year} {moment:%H:%M:%S}"
    assert parse_local_moment(written) == moment


@settings(max_examples=40)
@given(MOMENTS)
def test_east_asian_dates_with_half_days(moment: dt.datetime) -> None:
    moment = moment.replace(microsecond=0, tzinfo=dt.UTC)
    hour = moment.hour % 12 or 12
    clock = f"{hour}:{moment:%M:%S}"
    for half, date in (
        ("下午" if moment.hour >= 12 else "上午", f"{moment.year}年{moment.month}月{moment.day}日"),
        (
            "오후" if moment.hour >= 12 else "오전",
            f"{moment.year}년 {moment.month}월 {moment.day}일",
        ),
    ):
        assert parse_local_moment(f"{date} {half}{clock}") == moment


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("19 de março de 2019 23h32min06s GMT-03:00", "2019-03-19T23:32:06-03:00"),
        ("April 13, 2019 12:05 AM", "2019-04-13T00:05:00+00:00"),
        ("13/4/2019", "2019-04-13T00:00:00+00:00"),
        ("4/13/2019", "2019-04-13T00:00:00+00:00"),
        ("13 अप्रैल 2019 22:25:27", "2019-04-13T22:25:27+00:00"),
        ("31 June 2019", None),
        ("on page 12", None),
        ("", None),
    ],
)
def test_dates(text: str, iso: str | None) -> None:
    moment = parse_local_moment(text)
    assert (moment.isoformat() if moment else None) == iso


@given(st.text(max_size=80))
def test_any_text_is_a_date_or_none(text: str) -> None:
    parse_local_moment(text)
