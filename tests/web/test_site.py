"""The site as a whole."""

from __future__ import annotations

from tests.web.conftest import Served


def test_inbox_shows_open_alerts(served: Served) -> None:
    reply = served.client.get("/")
    assert reply.status_code == 200
    assert "GREY HARBOUR SHIPPING CO." in reply.text
    assert "<script>alert" not in reply.text


def test_health_is_answered(served: Served) -> None:
    assert served.client.get("/healthz").json()["status"] == "alive"
