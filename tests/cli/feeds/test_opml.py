"""``watchlist feeds import`` and ``export``."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., Any]


class TestOpml:
    def test_what_was_exported_is_imported_with_its_folders(
        self, cli: Call, folder: Path, sqlite_database: str
    ) -> None:
        (folder / "in.opml").write_text(
            "<opml><body><outline text='Trade'><outline text='A & B' xmlUrl='https://a.example/f'/></outline>"
            "<outline xmlUrl='https://b.example/f'/><outline xmlUrl='http://b.example/f/'/></body></opml>"
        )
        dry = cli("feeds", "import", "in.opml", "--dry-run")
        assert dry.out == (
            "https://a.example/f\tA & B\tTrade\nhttps://b.example/f\t\t\n"
            "Would add 2 feeds; 1 there already or twice in the file, 0 could not be read.\n"
        )
        assert cli("feeds").rows() == []
        assert cli("feeds", "import", "in.opml").out.startswith("Added 2 feeds; 1 there already")
        assert cli("feeds", "import", "in.opml").out.startswith("Added 0 feeds; 3 there already")
        exported = folder / "out.opml"
        assert cli("feeds", "export", "out.opml").out == "Wrote 2 feeds to out.opml.\n"
        # Each says when it was written; a second may have passed between the two.
        said, wrote = (
            re.sub(r"<date\w+>.*?</", "", text) for text in (cli("feeds", "export").out, exported.read_text())
        )
        assert said == wrote
        for feed in ("1", "2"):
            assert cli("feeds", "remove", feed).code == 0
        assert cli("feeds", "import", "-", stdin=(folder / "out.opml").read_bytes()).out.startswith("Added 2 feeds")
        assert '<outline text="Trade" title="Trade">' in cli("feeds", "export", "-").out

    def test_bad_addresses_are_told_and_the_good_added(self, cli: Call) -> None:
        opml = b"<opml><body>\n<outline text='X' xmlUrl='nowhere'/><outline xmlUrl='https://a.example/'/></body></opml>"
        found = cli("feeds", "import", "-", stdin=opml)
        assert found.code == 3
        assert "-: line 2: X: 'nowhere' is no http or https address" in found.err
        assert len(cli("feeds").rows()) == 1

    @pytest.mark.parametrize("path", ["missing.opml", "wrong.opml"])
    def test_what_is_no_opml_is_refused(self, cli: Call, folder: Path, path: str) -> None:
        (folder / "wrong.opml").write_text("url,title\n")
        found = cli("feeds", "import", path)
        assert (found.code, path in found.err) == (2, True)
