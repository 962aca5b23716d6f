from __future__ import annotations

import pytest

from tests.growth import assert_grows_no_faster_than_input
from watchlist.text.markup import after_prolog, first_tag, is_html, last_tag


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("<rss>", "rss"),
        ("\ufeff \n<?xml version='1.0'?><!-- a --><!-- <feed> --><a:RDF xmlns='x'>", "rdf"),
        ("<!DOCTYPE rss [<!ENTITY a '>'>\n<!ENTITY b 'c'>]><rss>", "rss"),
        ("<!DOCTYPE html PUBLIC 'x' 'y'><head>", "head"),
        ("<!-- never ends <rss>", ""),
        ("<?never ends", ""),
        ("</rss>", ""),
        ("words <rss>", ""),
        ("", ""),
    ],
)
def test_the_first_tag(text: str, name: str) -> None:
    assert first_tag(text) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("<rss></rss>", "rss"),
        ("</rdf:RDF >\n<!-- a -->\n<!-- b -->  ", "rdf"),
        ("</feed><!-- never ends", ""),
        ("</feed> -->", ""),
        ("</feed> words", ""),
        ("<feed>", ""),
        ("", ""),
    ],
)
def test_the_last_tag(text: str, name: str) -> None:
    assert last_tag(text) == name


@pytest.mark.parametrize("text", ["<html>", "<!-- a --> <!DOCTYPE  HTML><p>", "<!doctype html>", "\n<HTML lang='en'>"])
def test_pages(text: str) -> None:
    assert is_html(text)


@pytest.mark.parametrize("text", ["<rss>", "<!DOCTYPE rss><rss>", "html", "<htmlx>", "<!-- <html> --><rss>"])
def test_no_pages(text: str) -> None:
    assert not is_html(text)


@pytest.mark.parametrize(
    "part", ["<!-- a -->", "<?a?>", "<!doctype a>", " ", "\n", "<!--", "<?", "<!doctype [", "<", "--> "]
)
@pytest.mark.parametrize("end", ["", "<", "<!--", "\0"])
def test_time_is_in_proportion(part: str, end: str) -> None:
    for look in (after_prolog, last_tag, is_html):
        assert_grows_no_faster_than_input(lambda count, look=look: look(part * count + end), 3000)
