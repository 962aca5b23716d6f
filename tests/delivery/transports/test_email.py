from __future__ import annotations

import email
import email.policy
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
import trustme

from watchlist.delivery.render import render
from watchlist.delivery.transports import smtp
from watchlist.delivery.transports.email import EmailConfig, SmtpTransport
from watchlist.delivery.transports.mime import compose
from watchlist.errors import ConfigError, DeliveryError
from watchlist.ports import Message

LOGIN = {"username": "watch", "password": "s3cret-w0rd"}


def received(content: bytes | str | None) -> EmailMessage:
    assert content is not None
    raw = content if isinstance(content, bytes) else content.encode()
    parsed = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(parsed, EmailMessage)
    return parsed


def failure(config: EmailConfig, message: Message, context: ssl.SSLContext | None = None) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        SmtpTransport(config, ssl_context=context).send(message)
    assert caught.value.channel == "email"
    assert "\n" not in str(caught.value)
    return caught.value


def test_mail_arrives_as_text_and_html_with_fixed_message_id_and_date(
    mail_server: Callable[..., Any], email: Callable[..., EmailConfig], message: Callable[..., Message]
) -> None:
    server = mail_server()
    assert SmtpTransport(email(server.port)).send(message()) == "250 2.0.0 OK, queued as 4711"
    (envelope,) = server.mailbox.mails
    assert envelope.mail_from == "watchlist@example.org"
    assert envelope.rcpt_tos == ["desk@example.org"]
    mail = received(envelope.content)
    assert mail["Message-ID"] == "<delivery.1@example.org>"
    assert mail["Date"].datetime.isoformat() == "2026-03-04T05:06:07+00:00"
    assert mail["From"] == "Watchlist <watchlist@example.org>"
    assert mail["To"] == "desk@example.org"
    assert mail["Auto-Submitted"] == "auto-generated"
    title = "U.S. accuses Iran of sending missiles to Russia"
    assert mail["Subject"] == f"[watchlist] IRAN AIR (us_ofac_sdn): {title} – Example Agency: World"
    assert mail["List-Id"] == "watchlist <watchlist.example.org>"
    assert mail.get_content_type() == "multipart/alternative"
    text, html = mail.iter_parts()
    assert isinstance(text, EmailMessage)
    assert isinstance(html, EmailMessage)
    assert (text.get_content_type(), text.get_content_charset()) == ("text/plain", "utf-8")
    assert (html.get_content_type(), html.get_content_charset()) == ("text/html", "utf-8")
    assert "**Iran Air**" in text.get_content()
    assert ">Iran Air</mark>" in html.get_content()


def test_mail_on_the_wire_is_seven_bit_with_short_lines(
    mail_server: Callable[..., Any],
    email: Callable[..., EmailConfig],
    message: Callable[..., Message],
    alert: Callable[..., Any],
) -> None:
    server = mail_server()
    names = ("Хезболла", "حزب الله", "真主黨" * 100)
    alerts = (alert(n, name, before="«" + name, surface=name) for n, name in enumerate(names))
    SmtpTransport(email(server.port)).send(message(*alerts))
    content = server.mailbox.mails[0].content
    assert isinstance(content, bytes)
    assert content.isascii()
    assert max(len(line) for line in content.splitlines()) <= 200
    text = next(received(content).iter_parts())
    assert isinstance(text, EmailMessage)
    assert "حزب الله" in text.get_content()


def test_same_message_sent_twice_is_byte_for_byte_the_same_but_for_the_boundary(
    mail_server: Callable[..., Any], email: Callable[..., EmailConfig], message: Callable[..., Message]
) -> None:
    server = mail_server()
    transport = SmtpTransport(email(server.port))
    transport.send(message())
    transport.send(message())
    first, second = (received(envelope.content) for envelope in server.mailbox.mails)
    assert first["Message-ID"] == second["Message-ID"]
    assert first["Date"] == second["Date"]
    assert [part.get_payload() for part in first.iter_parts()] == [part.get_payload() for part in second.iter_parts()]


def test_hostile_names_and_titles_add_no_header_and_no_recipient(
    mail_server: Callable[..., Any],
    email: Callable[..., EmailConfig],
    message: Callable[..., Message],
    alert: Callable[..., Any],
) -> None:
    server = mail_server()
    hostile = alert(
        caption="EVIL\r\nBcc: victim@example.org\r\n\r\nbody", title="x\r\n.\r\nMAIL FROM:<evil@example.org>\u2028" * 3
    )
    SmtpTransport(email(server.port)).send(message(hostile))
    (envelope,) = server.mailbox.mails
    assert envelope.rcpt_tos == ["desk@example.org"]
    mail = received(envelope.content)
    assert set(mail.keys()) == {
        "From", "To", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "List-Id", "Auto-Submitted",
        "MIME-Version", "Content-Type"
    }  # fmt: skip
    assert mail["Subject"].startswith("[watchlist] EVIL Bcc: victim@example.org")


@pytest.mark.parametrize(
    "title",
    [
        "é" * 110,
        "真主黨" * 40,
        "long words " * 12,
        "Kraków – " * 20,
        "a" * 110,
        "naïve and ascii words then ünïcödé " * 3,
    ],
)
def test_subject_survives_the_way(
    title: str,
    mail_server: Callable[..., Any],
    email: Callable[..., EmailConfig],
    message: Callable[..., Message],
    alert: Callable[..., Any],
) -> None:
    server, sent = mail_server(), message(alert(title=title))
    SmtpTransport(email(server.port)).send(sent)
    assert received(server.mailbox.mails[0].content)["Subject"] == render(sent).subject
    head = server.mailbox.mails[0].content.partition(b"\r\n\r\n")[0]
    # RFC 2047, 2 and 5: short lines, and white space between encoded words.
    assert max(len(line) for line in head.splitlines() if b"=?" in line) <= 76
    assert b"?==?" not in head


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("<a.b@host>", "<a.b@example.org>"),
        ("a.b@host", "<a.b@example.org>"),
        ("0123456789abcdef", "<0123456789abcdef@example.org>"),
        ("<" + "f" * 150 + "@host>", "<" + "f" * 150 + "@example.org>"),
    ],
)
def test_message_id_is_the_idempotency_key_under_the_senders_domain(
    key: str,
    expected: str,
    mail_server: Callable[..., Any],
    email: Callable[..., EmailConfig],
    message: Callable[..., Message],
) -> None:
    server = mail_server()
    SmtpTransport(email(server.port)).send(message(key=key))
    assert received(server.mailbox.mails[0].content)["Message-ID"] == expected


def test_mails_about_one_subject_stand_together_and_those_about_one_story_closer(
    message: Callable[..., Message], alert: Callable[..., Any]
) -> None:
    def references(*alerts: Any) -> list[str]:
        mail = compose(message(*alerts), "Watch <watchlist@exämple.org>", "desk@example.org")
        assert mail["Message-ID"].endswith("@xn--exmple-cua.org>")
        found = str(mail["References"] or "").split()
        assert mail["In-Reply-To"] == (found[-1] if found else None)
        return found

    first, again = references(alert(1)), references(alert(1))
    other = references(alert(1, article="article-2"))
    assert first == again
    assert len(first) == len(other) == 2
    assert (first[0], first[1] == other[1]) == (other[0], False)
    assert references(alert(1), alert(1, article="article-2")) == first[:1]
    assert references(alert(1), alert(2)) == []


def test_starttls_with_login(
    mail_server: Callable[..., Any],
    email: Callable[..., EmailConfig],
    message: Callable[..., Message],
    server_tls: ssl.SSLContext,
    client_tls: ssl.SSLContext,
) -> None:
    server = mail_server(tls_context=server_tls, require_starttls=True, auth_required=True)
    transport = SmtpTransport(email(server.port, security="starttls", **LOGIN), ssl_context=client_tls)
    assert transport.send(message()) is not None
    assert server.mailbox.sessions[0].ssl is not None
    assert server.mailbox.sessions[0].authenticated


def test_implicit_tls_with_password_from_a_file(
    mail_server: Callable[..., Any],
    email: Callable[..., EmailConfig],
    message: Callable[..., Message],
    server_tls: ssl.SSLContext,
    client_tls: ssl.SSLContext,
    tmp_path: Path,
) -> None:
    secret = tmp_path / "password"
    secret.write_text("s3cret-w0rd\n")
    # aiosmtpd knows only STARTTLS as encryption when it asks for it before a login.
    server = mail_server(ssl_context=server_tls, auth_require_tls=False)
    config = email(server.port, security="tls", username="watch", password_file=secret)
    SmtpTransport(config, ssl_context=client_tls).send(message())
    assert server.mailbox.sessions[0].authenticated


def test_password_goes_in_clear_text_to_loopback_only(
    mail_server: Callable[..., Any],
    email: Callable[..., EmailConfig],
    message: Callable[..., Message],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    server = mail_server(auth_require_tls=False)
    config = email(server.port, **LOGIN)
    SmtpTransport(config).send(message())
    assert server.mailbox.sessions[0].authenticated
    monkeypatch.setattr(socket.socket, "getpeername", lambda connection: ("192.0.2.7", 25))
    error = failure(config, message())
    assert not error.permanent
    assert "clear text" in str(error)
    assert len(server.mailbox.mails) == 1


def test_wrong_password_names_user_and_host_but_not_the_password(
    mail_server: Callable[..., Any],
    email: Callable[..., EmailConfig],
    message: Callable[..., Message],
    server_tls: ssl.SSLContext,
    client_tls: ssl.SSLContext,
) -> None:
    server = mail_server(tls_context=server_tls, auth_required=True)
    config = email(server.port, security="starttls", username="watch", password="wrong-but-secret")
    error = failure(config, message(), client_tls)
    assert not error.permanent
    assert "'watch'" in str(error)
    assert f"127.0.0.1:{server.port}" in str(error)
    assert "wrong-but-secret" not in str(error)


def test_password_that_the_server_repeats_is_masked(
    scripted_server: Callable[..., Any], email: Callable[..., EmailConfig], message: Callable[..., Message]
) -> None:
    server = scripted_server(EHLO="250-here\r\n250 AUTH PLAIN", AUTH="535 no s3cret-w0rd here")
    error = failure(email(server.port, **LOGIN), message())
    assert "535 no *** here" in str(error)
    assert error.__cause__ is None


def test_login_is_retried_since_mending_the_configuration_mends_it(
    mail_server: Callable[..., Any], email: Callable[..., EmailConfig], message: Callable[..., Message]
) -> None:
    server = mail_server(auth_require_tls=False, auth_exclude_mechanism=["PLAIN", "LOGIN"])
    error = failure(email(server.port, **LOGIN), message())
    assert not error.permanent
    assert "offers no login" in str(error)


def test_server_that_wants_a_login_is_told_apart_from_one_that_refuses_the_sender(
    scripted_server: Callable[..., Any], email: Callable[..., EmailConfig], message: Callable[..., Message]
) -> None:
    error = failure(email(scripted_server(MAIL="530 authentication required").port), message())
    assert not error.permanent
    assert "check email.username" in str(error)


def test_password_outside_ascii_is_refused_clearly(
    scripted_server: Callable[..., Any], email: Callable[..., EmailConfig], message: Callable[..., Message]
) -> None:
    server = scripted_server(EHLO="250-here\r\n250 AUTH PLAIN")
    error = failure(email(server.port, username="watch", password="pässword"), message())
    assert "outside ASCII" in str(error)
    assert "pässword" not in str(error)


def test_unreadable_password_file_is_a_delivery_error(
    scripted_server: Callable[..., Any], email: Callable[..., EmailConfig], message: Callable[..., Message]
) -> None:
    server = scripted_server(EHLO="250-here\r\n250 AUTH PLAIN")
    error = failure(email(server.port, username="watch", password_file=Path("/nonexistent")), message())
    assert "email.password_file" in str(error)


def test_server_without_starttls_gets_nothing_in_clear_text(
    scripted_server: Callable[..., Any], email: Callable[..., EmailConfig], message: Callable[..., Message]
) -> None:
    server = scripted_server()
    error = failure(email(server.port, security="starttls", **LOGIN), message())
    assert "offers no STARTTLS" in str(error)
    assert not error.permanent
    assert server.commands == ["ehlo client.example"]


@pytest.mark.parametrize("hello", ["watch.example.org", "[192.0.2.7]", "[IPv6:2001:db8::7]"])
def test_the_program_calls_itself_as_it_is_told(
    scripted_server: Callable[..., Any],
    email: Callable[..., EmailConfig],
    message: Callable[..., Message],
    hello: str,
) -> None:
    server = scripted_server()
    failure(email(server.port, security="starttls", hello=hello, **LOGIN), message())
    assert server.commands == [f"ehlo {hello}"]


def test_certificate_of_an_unknown_issuer_is_refused(
    mail_server: Callable[..., Any],
    email: Callable[..., EmailConfig],
    message: Callable[..., Message],
    server_tls: ssl.SSLContext,
) -> None:
    server = mail_server(tls_context=server_tls, require_starttls=True)
    error = failure(email(server.port, security="starttls"), message())
    assert "certificate" in str(error)
    assert "not trusted" in str(error)
    assert not error.permanent
    assert server.mailbox.mails == []


def test_certificate_of_another_host_is_refused(
    mail_server: Callable[..., Any],
    email: Callable[..., EmailConfig],
    message: Callable[..., Message],
    authority: trustme.CA,
    client_tls: ssl.SSLContext,
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("other.example").configure_cert(context)
    server = mail_server(tls_context=context, require_starttls=True)
    error = failure(email(server.port, security="starttls"), message(), client_tls)
    assert "email.host must be a name in the certificate" in str(error)


def test_tls_to_a_plain_port_says_what_to_check(
    mail_server: Callable[..., Any], email: Callable[..., EmailConfig], message: Callable[..., Message]
) -> None:
    error = failure(email(mail_server().port, security="tls"), message())
    assert "check that email.security fits the port" in str(error)
    assert not error.permanent


#: Where a server refuses, and what that is laid to.
STAGES = [
    ("greeting", "channel"),
    ("MAIL", "channel"),
    ("RCPT", "recipient"),
    ("DATA", "message"),
    ("text", "message"),
]


@pytest.mark.parametrize(("stage", "blame"), STAGES)
@pytest.mark.parametrize("code", [421, 450, 451, 452, 550, 552, 554])
def test_refusal_at_each_stage_is_laid_to_what_it_is_about_and_never_for_good(
    stage: str,
    blame: str,
    code: int,
    scripted_server: Callable[..., Any],
    email: Callable[..., EmailConfig],
    message: Callable[..., Message],
) -> None:
    server = scripted_server(**{stage: f"{code} not today"})
    error = failure(email(server.port), message())
    if code == 421:
        blame = "channel"
    elif (stage, code) == ("MAIL", 552):
        blame = "message"
    assert (error.permanent, error.blame, error.unanswered) == (False, blame, False)
    assert f"{code} not today" in str(error)
    assert f"127.0.0.1:{server.port}" in str(error)
    assert server.connections == 1


@pytest.mark.parametrize(
    ("stage", "reply", "blame"),
    [
        ("RCPT", "552 5.2.2 mailbox full", "recipient"),
        ("RCPT", "552 5.2.3 message too large for this mailbox", "message"),
        ("RCPT", "550 5.7.1 relay denied", "recipient"),
        ("MAIL", "501 5.1.7 bad sender", "channel"),
        ("MAIL", "555 5.3.4 too big", "message"),
    ],
)
def test_what_a_refusal_is_about_is_in_its_words(
    stage: str,
    reply: str,
    blame: str,
    scripted_server: Callable[..., Any],
    email: Callable[..., EmailConfig],
    message: Callable[..., Message],
) -> None:
    assert failure(email(scripted_server(**{stage: reply}).port), message()).blame == blame


@pytest.mark.parametrize("code", [451, 554])
def test_refused_greeting_is_tried_again(
    code: int, scripted_server: Callable[..., Any], email: Callable[..., EmailConfig], message: Callable[..., Message]
) -> None:
    server = scripted_server(EHLO=f"{code} not you", HELO=f"{code} not you")
    error = failure(email(server.port), message())
    assert not error.permanent
    assert "refused the greeting" in str(error)


def test_server_that_knows_only_helo_is_served(
    scripted_server: Callable[..., Any], email: Callable[..., EmailConfig], message: Callable[..., Message]
) -> None:
    server = scripted_server(EHLO="502 unknown", HELO="250 hello")
    assert SmtpTransport(email(server.port)).send(message()) == "250 fine"
    assert len(server.texts) == 1


@pytest.mark.parametrize("stage", ["greeting", "EHLO", "MAIL", "RCPT", "DATA", "text"])
def test_connection_dropped_at_each_stage_is_tried_again(
    stage: str, scripted_server: Callable[..., Any], email: Callable[..., EmailConfig], message: Callable[..., Message]
) -> None:
    server = scripted_server(**{stage: None})
    error = failure(email(server.port), message())
    assert not error.permanent
    assert (error.unanswered, error.blame) == (stage == "text", "message" if stage in ("DATA", "text") else "channel")
    assert "closed the connection" in str(error)


def test_drop_after_the_text_is_sent_again_under_the_same_message_id(
    scripted_server: Callable[..., Any], email: Callable[..., EmailConfig], message: Callable[..., Message]
) -> None:
    server = scripted_server(text=None)
    error = failure(email(server.port), message())
    assert "same Message-ID" in str(error)
    server.replies["text"] = "250 kept"
    SmtpTransport(email(server.port)).send(message())
    assert len({received(text)["Message-ID"] for text in server.texts}) == 1
    assert len(server.texts) == 2


@pytest.mark.parametrize("stage", ["greeting", "EHLO", "MAIL", "RCPT", "DATA", "text"])
def test_server_that_stops_answering_is_left_after_the_timeout(
    stage: str,
    scripted_server: Callable[..., Any],
    email: Callable[..., EmailConfig],
    message: Callable[..., Message],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(smtp, "ANSWER_TIMEOUT", 0.3)
    server = scripted_server(**{stage: ...})
    began = time.monotonic()
    error = failure(email(server.port, timeout=0.2), message())
    assert time.monotonic() - began < 20
    assert not error.permanent
    assert "in time" in str(error) or "stopped answering" in str(error)


@pytest.mark.parametrize("stage", ["greeting", "EHLO", "text"])
def test_server_that_drips_is_cut_off_at_the_deadline(
    stage: str,
    scripted_server: Callable[..., Any],
    email: Callable[..., EmailConfig],
    message: Callable[..., Message],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(smtp, "ANSWER_TIMEOUT", 0.8)
    server = scripted_server(**{stage: 0.05})
    began = time.monotonic()
    error = failure(email(server.port, timeout=0.2), message())
    assert 0.7 < time.monotonic() - began < 20
    assert not error.permanent
    assert "stopped answering" in str(error)


def test_tls_handshake_that_drips_is_cut_off(
    scripted_server: Callable[..., Any], email: Callable[..., EmailConfig], message: Callable[..., Message]
) -> None:
    server = scripted_server()
    server._answer = lambda connection, event: _drip_tls(server, connection)
    began = time.monotonic()
    assert not failure(email(server.port, security="tls", timeout=0.2), message()).permanent
    assert time.monotonic() - began < 20


def _drip_tls(server: Any, connection: socket.socket) -> bool:
    # A handshake record of 16 kB is announced, of which one byte comes now and then.
    connection.sendall(b"\x16\x03\x03\x40\x00\x02\x00\x3f\xfc")
    while not server._ended.wait(0.05):
        connection.sendall(b"\x03")
    return False


def test_a_refused_recipient_is_named_with_the_reply(
    mail_server: Callable[..., Any], email: Callable[..., EmailConfig], message: Callable[..., Message]
) -> None:
    server = mail_server()
    server.mailbox.rcpt["desk@example.org"] = "550 5.1.1 no such user"
    error = failure(email(server.port), message())
    assert "refused desk@example.org (550 5.1.1 no such user)" in str(error)
    assert server.mailbox.mails == []


@pytest.mark.parametrize("goodbye", [None, "500 what", "nonsense"])
def test_message_that_was_taken_is_a_success_whatever_the_server_says_to_goodbye(
    goodbye: str | None,
    scripted_server: Callable[..., Any],
    email: Callable[..., EmailConfig],
    message: Callable[..., Message],
) -> None:
    server = scripted_server(QUIT=goodbye)
    assert SmtpTransport(email(server.port)).send(message()) == "250 fine"


def test_server_that_speaks_no_smtp_is_an_error(
    scripted_server: Callable[..., Any], email: Callable[..., EmailConfig], message: Callable[..., Message]
) -> None:
    error = failure(email(scripted_server(greeting="HTTP/1.1 400 Bad Request").port), message())
    assert not error.permanent
    assert "turned the connection away" in str(error)


def test_reply_of_many_lines_and_control_characters_becomes_one_bounded_line(
    scripted_server: Callable[..., Any], email: Callable[..., EmailConfig], message: Callable[..., Message]
) -> None:
    reply = "\r\n".join(["550-\x1b[31m" + "x" * 400] * 20 + ["550 end"])
    error = failure(email(scripted_server(MAIL=reply).port), message())
    assert len(str(error)) < 400
    assert str(error).isprintable()


def test_connection_refused_says_what_to_check(
    email: Callable[..., EmailConfig], message: Callable[..., Message]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    error = failure(email(port), message())
    assert f"127.0.0.1:{port} refused the connection: check email.host and email.port" in str(error)
    assert not error.permanent


def test_unknown_host_says_what_to_check(email: Callable[..., EmailConfig], message: Callable[..., Message]) -> None:
    error = failure(email(25, host="mail.invalid"), message())
    assert "'mail.invalid'" in str(error)
    assert "check email.host" in str(error)
    assert not error.permanent


def test_addresses_outside_ascii_are_sent_to_a_server_that_takes_them(
    mail_server: Callable[..., Any], email: Callable[..., EmailConfig], message: Callable[..., Message]
) -> None:
    server = mail_server(enable_SMTPUTF8=True)
    SmtpTransport(email(server.port, recipients=("jörg@exämple.org",))).send(
        replace(message(), recipient="jörg@exämple.org")
    )
    assert server.mailbox.mails[0].rcpt_tos == ["jörg@exämple.org"]
    assert received(server.mailbox.mails[0].content)["To"] == "jörg@exämple.org"


def test_addresses_outside_ascii_are_refused_clearly_for_a_server_that_does_not(
    mail_server: Callable[..., Any], email: Callable[..., EmailConfig], message: Callable[..., Message]
) -> None:
    server = mail_server(enable_SMTPUTF8=False)
    error = failure(
        email(server.port, recipients=("jörg@exämple.org",)), replace(message(), recipient="jörg@exämple.org")
    )
    assert "xn--" in str(error)
    assert not error.permanent


def test_display_name_outside_ascii_is_encoded(
    mail_server: Callable[..., Any], email: Callable[..., EmailConfig], message: Callable[..., Message]
) -> None:
    server = mail_server(enable_SMTPUTF8=False)
    SmtpTransport(email(server.port, sender='"Überwachung, Zürich" <w@example.org>')).send(message())
    mail = received(server.mailbox.mails[0].content)
    assert mail["From"].addresses[0].display_name == "Überwachung, Zürich"
    assert mail["From"].addresses[0].addr_spec == "w@example.org"


@pytest.mark.parametrize("address", ["@example.org", "desk@", "a b@example.org", "desk@exam\x00ple.org"])
def test_address_that_cannot_be_read_is_refused_before_anything_is_sent(
    address: str, email: Callable[..., EmailConfig]
) -> None:
    with pytest.raises(ConfigError, match="no e-mail address"):
        SmtpTransport(email(25, recipients=(address,)))


def test_configuration_without_host_is_refused() -> None:
    with pytest.raises(ConfigError, match="host"):
        SmtpTransport(EmailConfig())


def test_the_answer_to_the_text_is_waited_for_far_longer_than_any_other(
    email: Callable[..., EmailConfig], message: Callable[..., Message], mail_server: Callable[..., Any]
) -> None:
    """A server that scans what it takes for half a minute must not be sent it again and again."""
    assert smtp.ANSWER_TIMEOUT == 600
    server = mail_server()
    server.mailbox.thinks = 1.5
    assert SmtpTransport(email(server.port, timeout=0.3)).send(message()) == "250 2.0.0 OK, queued as 4711"
    assert len(server.mailbox.mails) == 1
