"""Bodies unpacked within bounds, however they come in pieces."""

from __future__ import annotations

import gzip
import random
import zlib

import pytest

from tests.growth import assert_grows_no_faster_than_input
from watchlist.http.inflate import (
    MOST_MEMBERS,
    DamagedError,
    Packed,
    TooLargeError,
    TooManyMembersError,
    UnknownEncodingError,
    inflate,
    read_bounded,
)

BODY = b"<rss version='2.0'><channel><title>T</title></channel></rss>"
NOISE = random.Random(7).randbytes(300_000)
LARGE = 1_000_000


def pieces_of(body: bytes, size: int) -> list[bytes]:
    return [body[at : at + size] for at in range(0, len(body), size)] or [b""]


def unpacked(body: bytes, encoding: str, *, forgiving: bool, size: int = 1 << 20, most: int = LARGE) -> bytes:
    return b"".join(inflate(pieces_of(body, size), encoding, most, forgiving=forgiving))


@pytest.mark.parametrize("size", [1, 2, 7, 1 << 20])
@pytest.mark.parametrize("forgiving", [True, False])
@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("", BODY),
        ("identity", BODY),
        ("gzip", gzip.compress(BODY)),
        ("X-GZIP", gzip.compress(BODY)),
        ("identity, gzip", gzip.compress(BODY)),
        ("gzip", gzip.compress(BODY[:20]) + gzip.compress(BODY[20:])),
        ("deflate", zlib.compress(BODY)),
        ("deflate", zlib.compress(BODY)[2:-4]),
        ("deflate", gzip.compress(BODY)),
    ],
)
def test_what_is_packed_comes_out_whole(encoding: str, packed: bytes, forgiving: bool, size: int) -> None:
    assert unpacked(packed, encoding, forgiving=forgiving, size=size) == BODY


@pytest.mark.parametrize("size", [1, 3, 1 << 20])
@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress, lambda body: zlib.compress(body)[2:-4]])
@pytest.mark.parametrize("body", [NOISE, bytes(900_000)], ids=["noise", "zeros"])
def test_nothing_is_lost_where_pieces_end(body: bytes, pack: object, size: int) -> None:
    packed = pack(body)  # type: ignore[operator]
    encoding = "gzip" if packed[:2] == b"\x1f\x8b" else "deflate"
    if len(packed) // size < 400_000:
        assert unpacked(packed, encoding, forgiving=False, size=size) == body


@pytest.mark.parametrize("encoding", ["gzip", "deflate", ""])
@pytest.mark.parametrize("forgiving", [True, False])
def test_an_empty_body_is_empty(encoding: str, forgiving: bool) -> None:
    assert unpacked(b"", encoding, forgiving=forgiving) == b""


@pytest.mark.parametrize("size", [1, 1 << 20])
@pytest.mark.parametrize(
    ("encoding", "sent", "body"),
    [
        # Mislabelled, in both directions.
        ("identity", gzip.compress(BODY), BODY),
        ("gzip", BODY, BODY),
        ("gzip", b"x", b"x"),
        # Padding after the last member.
        ("gzip", gzip.compress(BODY) + b"\0\0\0", BODY),
        ("gzip", gzip.compress(BODY) + b"\0", BODY),
        ("deflate", zlib.compress(BODY) + b"\0\0\0", BODY),
    ],
)
def test_what_is_forgiven_to_feeds(encoding: str, sent: bytes, body: bytes, size: int) -> None:
    assert unpacked(sent, encoding, forgiving=True, size=size) == body


@pytest.mark.parametrize("size", [1, 1 << 20])
@pytest.mark.parametrize(
    ("encoding", "sent"),
    [
        ("gzip", BODY),
        ("gzip", gzip.compress(BODY) + b"\0\0\0"),
        ("gzip", gzip.compress(BODY) + b"\0"),
        ("deflate", zlib.compress(BODY) + b"\0\0\0"),
    ],
)
def test_is_damage_to_files(encoding: str, sent: bytes, size: int) -> None:
    with pytest.raises(DamagedError):
        unpacked(sent, encoding, forgiving=False, size=size)


def test_a_file_that_is_itself_packed_stays_so() -> None:
    assert unpacked(gzip.compress(BODY), "", forgiving=False) == gzip.compress(BODY)


@pytest.mark.parametrize("forgiving", [True, False])
@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
@pytest.mark.parametrize("cut", [1, 4, 20])
def test_a_cut_off_body(encoding: str, cut: int, forgiving: bool) -> None:
    packed = (gzip.compress if encoding == "gzip" else zlib.compress)(BODY * 50)
    with pytest.raises(DamagedError, match="cut off") as caught:
        unpacked(packed[:-cut], encoding, forgiving=forgiving)
    assert caught.value.detail is None


@pytest.mark.parametrize("forgiving", [True, False])
def test_a_damaged_body(forgiving: bool) -> None:
    with pytest.raises(DamagedError, match="damaged") as caught:
        unpacked(gzip.compress(BODY)[:10] + b"\xff" * 40, "gzip", forgiving=forgiving)
    assert caught.value.detail


@pytest.mark.parametrize("encoding", ["br", "gzip, br", "gzip, gzip", "zstd"])
def test_an_encoding_that_was_not_asked_for(encoding: str) -> None:
    with pytest.raises(UnknownEncodingError, match="not asked for") as caught:
        read_bounded([b"\x8b\x03\x80" + BODY], encoding, LARGE)
    assert caught.value.encoding == encoding


@pytest.mark.parametrize("size", [1, 1 << 20])
@pytest.mark.parametrize("label", ["br", "zstd", "gzip, br", "gzip, gzip", "deflate", "utf-8", "none", "gzip"])
@pytest.mark.parametrize(
    "body",
    [
        BODY,
        b"User-agent: *\n",
        '{"items": "Öl"}'.encode(),
        b"\xff\xfe" + "<rss/>".encode("utf-16-le"),
    ],
)
def test_text_is_read_whatever_its_label_says(body: bytes, label: str, size: int) -> None:
    assert unpacked(body, label, forgiving=True, size=size) == body


@pytest.mark.parametrize("label", ["br", "gzip, gzip", "deflate", "", "gzip", "br, gzip"])
def test_gzip_is_unpacked_whatever_its_label_says(label: str) -> None:
    assert unpacked(gzip.compress(BODY), label, forgiving=True) == BODY


def test_what_is_packed_twice_and_says_so_is_unpacked_twice() -> None:
    assert unpacked(gzip.compress(gzip.compress(BODY)), "gzip, gzip", forgiving=True) == BODY
    assert unpacked(gzip.compress(gzip.compress(BODY)), "gzip", forgiving=True) == gzip.compress(BODY)


@pytest.mark.parametrize("length", range(1, 40))
def test_short_bodies_that_are_packed_bare_are_not_taken_for_text(length: int) -> None:
    packer = zlib.compressobj(wbits=-15)
    body = BODY[:length]
    assert unpacked(packer.compress(body) + packer.flush(), "deflate", forgiving=True) == body


@pytest.mark.parametrize("forgiving", [True, False])
def test_members_are_bounded(forgiving: bool) -> None:
    most = gzip.compress(b"x") + gzip.compress(b"") * (MOST_MEMBERS - 1)
    assert unpacked(most, "gzip", forgiving=forgiving) == b"x"
    with pytest.raises(TooManyMembersError, match="more than 10,000 parts"):
        unpacked(most + gzip.compress(b""), "gzip", forgiving=forgiving)


@pytest.mark.parametrize("forgiving", [True, False])
def test_empty_members_cost_no_more_than_their_number(forgiving: bool) -> None:
    member = gzip.compress(b"")

    def unpack(count: int) -> None:
        assert unpacked(member * count + gzip.compress(BODY), "gzip", forgiving=forgiving, size=1 << 30) == BODY

    assert_grows_no_faster_than_input(unpack, MOST_MEMBERS // 20)


def test_a_body_that_unpacks_to_much_costs_no_more_than_its_size() -> None:
    def unpack(count: int) -> None:
        read_bounded([gzip.compress(bytes(count))], "gzip", 1 << 30)

    assert_grows_no_faster_than_input(unpack, 4_000_000)


def test_a_packed_body_is_unpacked_later() -> None:
    assert Packed(gzip.compress(BODY), "gzip", LARGE).unpacked() == BODY
    with pytest.raises(TooLargeError, match="larger than 10 bytes"):
        Packed(gzip.compress(BODY), "gzip", 10).unpacked()


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zlib.compress])
def test_the_limit_holds_to_the_byte_before_and_after(pack: object) -> None:
    packed = pack(bytes(5000))  # type: ignore[operator]
    encoding = {0x1F: "gzip", 0x78: "deflate"}.get(packed[0], "")
    assert len(unpacked(packed, encoding, forgiving=True, most=5000)) == 5000
    with pytest.raises(TooLargeError, match="larger than 4,999 bytes"):
        unpacked(packed, encoding, forgiving=True, most=4999)
    with pytest.raises(TooLargeError):
        unpacked(NOISE, "", forgiving=True, size=1000, most=len(NOISE) - 1)
