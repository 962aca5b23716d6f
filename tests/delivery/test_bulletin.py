"""Any number of alerts in one message: by subject, the severe in full, under 100 KB."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from watchlist.delivery.bulletin import FEW
from watchlist.delivery.render import MOST_BYTES, SUBJECT_LENGTH, render
from watchlist.model import AlertDetail, Severity
from watchlist.ports import Message

Alerts = Callable[..., AlertDetail]
Messages = Callable[..., Message]


def many(alert: Alerts, count: int, caption: str = "IRAN AIR", start: int = 1, **changes: object) -> list[AlertDetail]:
    """Alerts on one subject in so many articles."""
    return [
        alert(n, caption, article=f"article-{n}", title=f"Report {n}", source_id=caption, **changes)
        for n in range(start, start + count)
    ]


def in_short(details: list[AlertDetail]) -> list[AlertDetail]:
    return [replace(each, alert=replace(each.alert, rolled_up=True)) for each in details]


def test_a_few_are_told_in_full_whatever_their_score(alert: Alerts, message: Messages) -> None:
    found = render(message(*many(alert, FEW, score=0.71)))
    for shown in (found.text, found.html):
        assert shown.count("Score:") == FEW


def test_of_more_the_severe_are_told_in_full_and_the_others_in_lines(alert: Alerts, message: Messages) -> None:
    found = render(message(*many(alert, 3, severity=Severity.HIGH), *many(alert, 12, start=10, score=0.8)))
    for shown in (found.text, found.html):
        assert shown.count("Score:") == 3
        assert shown.count("score 0.80") == 12
        assert all(f"watchlist alerts show {n}" in shown for n in (1, 2, 3, *range(10, 22)))


def test_subjects_stand_in_the_contents_the_severest_first(alert: Alerts, message: Messages) -> None:
    found = render(
        message(
            *many(alert, 3, "GULF LINES", 100, score=0.8),
            *many(alert, 12, score=0.8),
            *many(alert, 1, "AL-QADIR", 200, score=0.7, severity=Severity.HIGH),
        )
    )
    assert found.subject.startswith("[watchlist] 16 alerts about 3 subjects: AL-QADIR (us_ofac_sdn)")
    assert found.subject.endswith(" – Example Agency: World")
    lines = [line.strip() for line in found.text.splitlines()]
    names = [line for line in lines if " · us_ofac_sdn · " in line]
    assert names == [
        "AL-QADIR · us_ofac_sdn · 1 alert",
        "IRAN AIR · us_ofac_sdn · 12 alerts",
        "GULF LINES · us_ofac_sdn · 3 alerts",
    ]
    for shown in (found.text, found.html):
        places = [shown.rindex(name) for name in ("AL-QADIR", "IRAN AIR", "GULF LINES")]
        assert places == sorted(places)


def test_what_is_rolled_up_is_a_number_for_each_subject(alert: Alerts, message: Messages) -> None:
    rest = in_short([*many(alert, 7, start=50), *many(alert, 1, "GULF LINES", 90)])
    found = render(message(*many(alert, 1), *rest))
    for shown in (found.text, found.html):
        assert "IRAN AIR: 7 more stories" in shown
        assert "GULF LINES: 1 more story" in shown
        assert "watchlist alerts list --entity us_ofac_sdn:GULF LINES" in shown
        assert "Report 50" not in shown
    alone = render(message(*rest))
    assert "IRAN AIR: 7 more stories" in alone.text
    assert alone.subject.startswith("[watchlist] 8 alerts about 2 subjects: ")


@pytest.mark.parametrize(
    ("subjects", "filler"),
    [
        pytest.param(subjects, filler, marks=[] if n == m else [pytest.mark.thorough])
        for n, subjects in enumerate((1, 40, 700))
        for m, filler in enumerate(("report of it ", "شركة النقل ", "制裁名单上的公司"))
    ],
)
def test_it_stays_under_the_size_that_providers_cut_at(
    alert: Alerts, message: Messages, subjects: int, filler: str
) -> None:
    alerts = [
        alert(
            n,
            f"{filler * 3}{n % subjects}",
            article=f"a{n}",
            title=filler * 20,
            before=filler * 90,
            source_id=str(n % subjects),
            severity=Severity.HIGH if n % 3 else Severity.LOW,
            article_url="https://news.example/" + "x" * 1500,
        )
        for n in range(1, 1401)
    ]
    found = render(message(*alerts))
    assert found.size <= MOST_BYTES
    assert len(found.subject) <= SUBJECT_LENGTH
    shown = sum(found.text.count(f"alerts show {n}\n") for n in range(1, 1401))
    assert shown > 0
    assert " more" in found.text


def test_what_is_not_shown_is_counted_with_the_command_that_shows_it(alert: Alerts, message: Messages) -> None:
    found = render(message(*(each for n in range(300) for each in many(alert, 2, f"COMPANY {n:03}", n * 10))))
    flat = " ".join(found.text.split())
    shown = flat.count("watchlist alerts show")
    left = int(flat.split(" more alerts about ")[0].rsplit("and ", 1)[1].replace(",", ""))
    more = sum(int(part.rsplit("and ", 1)[1]) for part in flat.split(" more: watchlist alerts list --entity")[:-1])
    assert shown + left + more == 600
    assert flat.endswith(
        "watchlist alerts list -- A name that matches is a reason to look, not proof that the listed one is meant."
    )


def test_a_message_that_is_cut_is_filled_and_names_every_subject(alert: Alerts, message: Messages) -> None:
    groups = [many(alert, 3, f"COMPANY {n:03} OF THE QUAY", n * 10) for n in range(100)]
    found = render(message(*(each for group in groups for each in group)))
    assert 0.75 * MOST_BYTES < found.size <= MOST_BYTES
    contents, first, _ = found.text.partition("=" * 76)
    assert first
    for n in range(100):
        assert f"  COMPANY {n:03} OF THE QUAY · us_ofac_sdn · 3 alerts\n" in contents
        assert f"COMPANY {n:03} OF THE QUAY" in found.html


def test_a_first_reading_and_what_was_held_up_say_so(alert: Alerts, message: Messages) -> None:
    first = render(replace(message(*many(alert, 20)), digest=True))
    assert first.subject.startswith("[watchlist] First reading: 20 alerts: IRAN AIR (us_ofac_sdn)")
    assert "The first reading of a feed brings all that it still has" in first.text
    late = render(replace(message(*many(alert, 20)), folded=19))
    assert "20 messages that could not be handed over, the oldest of 2026-03-04 05:06 UTC, come" in " ".join(
        late.text.split()
    )


def test_what_is_foreign_is_cleaned_escaped_and_never_made_a_link(alert: Alerts, message: Messages) -> None:
    odd = many(alert, 14, article_url="javascript:alert(1)", surface="<b>Iran\u202e Air</b>", severity=Severity.HIGH)
    odd = [replace(each, article_title="<script>x</script>\r\nBcc: a@b.example") for each in odd]
    found = render(message(*odd))
    assert "<script>" not in found.html
    assert 'href="javascript:' not in found.html
    assert "&lt;b&gt;Iran Air&lt;/b&gt;" in found.html
    assert "\u202e" not in found.text + found.html
    assert "\n" not in found.subject


def test_an_article_without_date_says_so(alert: Alerts, message: Messages) -> None:
    found = render(message(*many(alert, 11, article_published_at=None, score=0.8)))
    assert "Example Agency: World · without a date · score 0.80" in found.text
