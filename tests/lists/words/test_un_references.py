"""The UN's references, as lists print them."""

from __future__ import annotations

import pytest

from watchlist.lists.words.un_references import former_un_references, un_references


@pytest.mark.parametrize(
    ("text", "references"),
    [
        ("UN Ref QDi.901. Also QDe.902", ("QDi.901", "QDe.902")),
        ("UN Ref.KPI.067.", ("KPi.067",)),
        ("UN Ref.KPI. 067.", ("KPi.067",)),
        ("Associated with the Front (Qde.904).", ("QDe.904",)),
        ("UN REF:QE.A.146.14. Operates there", ("QDe.146",)),
        ("UN Ref TI.O.4.01", ("TAi.004",)),
        ("member of it (T.E.H.12.01.)", ("TAe.012",)),
        ("UN Ref E.29.II.12. Owned by it", ("E.29.II.12",)),
        ("[Old Reference # I.AC.50.18.04.12.(2)]", ("I.AC.50.18.04.12.(2)",)),
        ("qdi.902, AQDi.902, QDi.9021, section E.29.I.4 of the act, I.47.C.1", ()),
    ],
)
def test_references_are_read_in_every_form_they_had(text: str, references: tuple[str, ...]) -> None:
    assert un_references(text) == references


def test_what_the_un_itself_says_of_others_is_no_former_reference() -> None:
    assert former_un_references("Member of QDe.902 [Old Reference # I.47.C.1].") == ("I.47.C.1",)
