"""History and differences of a list, groups, undo, and screening stored articles again."""

from __future__ import annotations

from pathlib import Path

import pytest

OTHER = "id,schema,name,identifiers\nz-9,Company,Grey Harbour Shipping,imo:9074729\n"
RENAMED = "id,schema,name\ns-3,Organization,LAKESIDE COUNCIL\n"


@pytest.fixture
def two_lists(cli, own_list, folder: Path):
    """The own list, and another that has one of its companies under an id of its own."""
    (folder / "other.csv").write_text(OTHER, encoding="utf-8")
    assert cli("lists", "create", "other").code == 0
    assert cli("entities", "import", "other", "other.csv").code == 0


def test_a_change_by_hand_is_in_the_difference(cli, own_list, folder):
    assert cli("entities", "edit", "suppliers:s-3", "--name", "LAKESIDE COUNCIL").code == 0
    (change,) = cli("lists", "diff", "suppliers").rows()
    assert (change["change"], change["entity"]) == ("changed", "suppliers:s-3")
    assert change["what"] == "names: -LAKESIDE FRONT (primary) +LAKESIDE COUNCIL (primary)"
    assert cli("lists", "diff", "suppliers", "--json").json()[0]["kind"] == "changed"
    assert cli("lists", "diff", "suppliers", "--since", "2099-01-01").rows() == []


def test_history_and_difference_of_an_official_list(cli, official):
    assert cli("lists", "sync", "us_ofac_sdn", "--from", str(official)).code == 0
    (snapshot,) = cli("lists", "history", "us_ofac_sdn").rows()
    assert snapshot["added"] == snapshot["entities"]
    assert cli("lists", "diff", "us_ofac_sdn").rows() == []
    wrong = cli("lists", "diff", "us_ofac_sdn", "--from", "never")
    assert wrong.code == 2
    assert "watchlist lists history us_ofac_sdn" in wrong.err


def test_two_imports_are_undone_one_after_the_other(cli, own_list, folder):
    before = cli("entities", "export", "suppliers").out
    (folder / "new.csv").write_text(RENAMED, encoding="utf-8")
    assert cli("entities", "import", "suppliers", "new.csv", "--replace").code == 0
    between = cli("entities", "export", "suppliers").out
    (folder / "more.csv").write_text("id,name,countries\ns-1,OTHER NAME,ir\ns-9,NEWCOMER,\n", encoding="utf-8")
    assert cli("entities", "import", "suppliers", "more.csv").code == 0
    assert "0 added, 0 changed, 2 removed" in cli("entities", "undo", "suppliers").out
    assert cli("entities", "export", "suppliers").out == between
    assert "2 added, 1 changed, 0 removed" in cli("entities", "undo", "suppliers").out
    assert cli("entities", "export", "suppliers").out == before


def test_an_undone_import_leaves_what_was_changed_by_hand_since(cli, own_list, folder):
    (folder / "more.csv").write_text("id,name\ns-9,NEWCOMER\n", encoding="utf-8")
    assert cli("entities", "import", "suppliers", "more.csv").code == 0
    assert cli("entities", "add", "suppliers", "By Hand").code == 0
    assert cli("entities", "undo", "suppliers").code == 0
    assert cli("entities", "search", "newcomer").rows() == []
    assert [row["entity"] for row in cli("entities", "search", "by hand").rows()] == ["suppliers:by-hand"]


def test_without_an_import_there_is_nothing_to_undo(cli):
    cli("lists", "create", "empty")
    assert cli("entities", "undo", "empty").code == 2


def test_a_dry_run_is_no_import_to_undo(cli, own_list, folder):
    (folder / "new.csv").write_text(RENAMED, encoding="utf-8")
    assert cli("entities", "import", "suppliers", "new.csv", "--dry-run").code == 0
    assert cli("entities", "undo", "suppliers").code == 0
    assert cli("entities", "export", "suppliers").out.count("\n") == 1


def test_entities_can_be_joined_shown_and_split(cli, two_lists):
    assert cli("entities", "join", "suppliers:s-1", "other:z-9").code == 0
    members = cli("entities", "group", "other:z-9").rows()
    assert [member["entity"] for member in members] == ["other:z-9", "suppliers:s-1"]
    assert cli("entities", "split", "other:z-9", "suppliers:s-1").code == 0
    assert cli("entities", "group", "other:z-9", "--json").json() == []
    assert cli("entities", "join", "other:z-9", "other:z-9").code == 2
    assert cli("entities", "join", "other:z-9", "other:nobody").code == 2


def test_stored_articles_are_screened_again_and_nothing_is_raised_twice(cli, alerted):
    found = cli("rescreen")
    assert (found.code, found.out) == (0, "2 articles screened, 0 new alerts.\n")
    assert cli("entities", "add", "suppliers", "Valletta", "--schema", "Company").code == 0
    assert cli("rescreen", "--lists", "nobody").code == 2
    assert cli("rescreen", "--entity", "suppliers:nobody").code == 2
    assert cli("rescreen", "--lists", "suppliers", "--entity", "suppliers:s-1").code == 2
    assert cli("rescreen", "--since", "2099-01-01").out == "0 articles screened, 0 new alerts.\n"


def test_another_threshold_is_tried_without_writing_anything(cli, alerted):
    (dropped,) = cli("replay", "--threshold", "1.0").rows()
    assert (dropped["change"], dropped["entity"]) == ("dropped", "suppliers:s-1")
    assert cli("replay", "--threshold", "0.7", "--since", "2099-01-01", "--json").json() == []
    assert cli("replay", "--threshold", "7").code == 2
    assert len(cli("alerts", "--json").json()) == 1


def test_bad_rows_are_left_out_only_when_asked_and_told_with_their_lines(cli, own_list, folder):
    rows = "id,schema,name\nn-1,Company,Good One\nn-2,Spaceship,Bad One\nn-1,Company,Twice\nn-3,Company,Good Two\n"
    (folder / "mixed.csv").write_text(rows, encoding="utf-8")
    refused = cli("entities", "import", "suppliers", "mixed.csv")
    assert (refused.code, "line 3" in refused.err) == (3, True)
    assert cli("entities", "show", "suppliers:n-1").code == 2
    taken = cli("entities", "import", "suppliers", "mixed.csv", "--skip-bad")
    assert taken.code == 3
    assert "2 added" in taken.out
    assert [line.split(":")[3].strip() for line in taken.err.splitlines()] == ["line 3", "line 4"]
    assert cli("entities", "show", "suppliers:n-3").code == 0


def test_what_was_never_screened_is_not_passed_over_in_silence(cli, own_list, folder):
    (folder / "new.jsonl").write_text(
        '{"id": "1", "title": "Rain in Valletta", "text": "It rained."}\n', encoding="utf-8"
    )
    assert cli("ingest", "new.jsonl").code == 0
    assert "1 more never screened so far: 'watchlist run --once'" in cli("rescreen").out
