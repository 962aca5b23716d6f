from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchlist.feeds.reading.dates import read_date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Tue, 10 Sep 2024 13:05:00 +0000", "2024-09-10 13:05:00+00:00"),
        ("Tue, 10 Sep 2024 13:05:00 GMT", "2024-09-10 13:05:00+00:00"),
        ("Tue, 10 Sep 2024 09:05:00 EDT", "2024-09-10 13:05:00+00:00"),
        (" 10 Sep 2024 15:05 +0200\n", "2024-09-10 13:05:00+00:00"),
        ("2024-09-10T13:05:00Z", "2024-09-10 13:05:00+00:00"),
        ("2024-09-10T15:05:00.5+02:00", "2024-09-10 13:05:00.500000+00:00"),
        ("2024-09-10T13:05:00", "2024-09-10 13:05:00+00:00"),
        ("2024-09-10", "2024-09-10 00:00:00+00:00"),
        ("2024-09-10 13:05:00 UTC", "2024-09-10 13:05:00+00:00"),
        ("2024-09-10 15:05:00 +0200", "2024-09-10 13:05:00+00:00"),
        ("2024-09-10T13:05:00GMT", "2024-09-10 13:05:00+00:00"),
        ("Tue, 10 Sep 2024 15:05:00 CEST", "2024-09-10 13:05:00+00:00"),
        ("Tue, 10 Sep 2024 15:05:00 +02:00", "2024-09-10 13:05:00+00:00"),
        ("Tue Sep 10 2024 15:05:00 GMT+0200 (Central European Summer Time)", "2024-09-10 13:05:00+00:00"),
        ("Tue Sep 10 13:05:00 UTC 2024", "2024-09-10 13:05:00+00:00"),
        ("Tue,10-Sep-24 13:05:00 GMT", "2024-09-10 13:05:00+00:00"),
        ("September 10, 2024 1:05 p.m.", "2024-09-10 13:05:00+00:00"),
        ("Tuesday, 10 September 2024", "2024-09-10 00:00:00+00:00"),
        ("Sat, 31 Dec 2016 23:59:60 GMT", "2016-12-31 23:59:59+00:00"),
        ("Tue, 10 Sep 2024 15:05:00 Europe/Paris", "2024-09-10 13:05:00+00:00"),
        ("Tue, 10 Sep 2024 06:05:00 America/Los_Angeles", "2024-09-10 13:05:00+00:00"),
        ("Tue, 10 Sep 2024 10:05:00 America/Argentina/Salta", "2024-09-10 13:05:00+00:00"),
        ("2016/6/29 15:07:41", "2016-06-29 15:07:41+00:00"),
        ("2016/06/29", "2016-06-29 00:00:00+00:00"),
        ("2016/06/29 15:07 +0200", "2016-06-29 13:07:00+00:00"),
        ("20240910T130500Z", "2024-09-10 13:05:00+00:00"),
        ("20240910T1505+0200", "2024-09-10 13:05:00+00:00"),
    ],
)
def test_reads_what_the_formats_allow(now, text, date):
    assert str(read_date(text, now)) == date


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "yesterday",
        "29/06/2016",
        "1725973500",
        "20240910",
        "Tue, 31 Feb 2024 10:00:00 GMT",
        # Which of the two would it be?
        "09/10/2024",
        "10.09.2024",
        "Tue, 10 Sep 2024 15:05:00 IST",
        "Tue, 10 Sep 2024 15:05:00 CET+0200",
        "Tue, 10 Sep 2024 15:05:00 Europe/Nowhere",
        "Tue, 10 Sep 2024 15:05:00 Europe/Paris +0200",
        "Tue, 10 Sep 2024 15:05:00 ../etc",
        # The clocks went back: which of the two hours was it? They went forward: there was none.
        "Sun, 27 Oct 2024 02:30:00 Europe/Paris",
        "Sun, 31 Mar 2024 02:30:00 Europe/Paris",
        "2024/13/01",
        "2024/09-10",
        "20240910T",
        "20240910 130500",
        "Tue, 10 Sep 2024 15:05 PM",
        "2024-09",
        "Tue, 10 Sep 2024 15:05:00 +9900",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "1752-01-01T00:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
    ],
)
def test_guesses_nothing(now, text):
    assert read_date(text, now) is None


def test_a_clock_may_run_two_days_ahead(now):
    assert read_date((now + timedelta(days=2)).isoformat(), now) == now + timedelta(days=2)
    assert read_date((now + timedelta(days=2, seconds=1)).isoformat(), now) is None


@given(st.text(max_size=40))
def test_never_raises(text):
    read_date(text, datetime(2026, 3, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("Mon, 02 Nov 2026 10:00:00 GMT+3", 7),
        ("Mon, 02 Nov 2026 10:00:00 UTC-05:30", 15.5),
        ("Mon, 02 Nov 2026 10:00:00 +03", 7),
        ("2026-11-02T10:00:00 +03", 7),
        ("2026-11-02T10:00:00+03", 7),
        ("2026-11-02 10:00 GMT+3", 7),
        ("Mon, 02 Nov 2026 10:00:00 BST", 9),
        ("2026-11-02 10:00:00 MSK", 7),
        ("Mon, 02 Nov 2026 24:00:00 GMT", 24),
        ("2026-11-02T24:00:00Z", 24),
        ("2026-11-02 24:00", 24),
        ("2026/11/02", 0),
        ("2026/11/02 10:00", 10),
        ("2026.11.02 10:00:00", 10),
        ("2 ноября 2026 г. 10:00", 10),
        ("Пн, 2 нояб. 2026 10:00:00 +0300", 7),
        ("2 листопада 2026 року", 0),
        ("2 listopada 2026, 10:00", 10),
        ("2 de noviembre de 2026 10:00", 10),
        ("lundi 2 novembre 2026 à 10:00", 10),
        ("2. November 2026, 10:00 Uhr", 10),
        ("2 Kasım 2026 Pazartesi, 10:00", 10),
        ("Pzt, 02 Kas 2026 10:00:00 +0300", 7),
        ("2026年11月2日 10:00", 10),
        ("2026年11月2日(月) 10時05分", 10 + 5 / 60),
        ("2026년 11월 2일 10:00", 10),
        ("٢ نوفمبر ٢٠٢٦ 10:00", 10),
        ("2 تشرين الثاني 2026", 0),
        ("۲ نوامبر ۲۰۲۶ ساعت ۱۰:۰۰", 10),
    ],
)
def test_dates_of_newsrooms(text: str, hour: float) -> None:
    wanted = datetime(2026, 11, 2, tzinfo=UTC) + timedelta(hours=hour)
    assert read_date(text, datetime(2026, 11, 5, tzinfo=UTC)) == wanted


@pytest.mark.parametrize(
    "text",
    ["11/02/2026", "2 Foobar 2026", "2026-11-02T10:00:00IST", "2 jui 2026", "2 November 2026 10:00:00 +99", "24:00"],
)
def test_what_can_be_read_in_two_ways_is_not_read(text: str) -> None:
    assert read_date(text, datetime(2026, 11, 5, tzinfo=UTC)) is None


@pytest.mark.parametrize(
    "text", ["November 3rd, 2025", "3rd November 2025", "Mon, 3rd Nov 2025 00:00 GMT", "Nov 3rd 2025"]
)
def test_a_day_may_be_counted_in_words(text: str) -> None:
    assert read_date(text, datetime(2026, 3, 1, tzinfo=UTC)) == datetime(2025, 11, 3, tzinfo=UTC)
