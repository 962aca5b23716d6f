from __future__ import annotations


def test_a_note_is_written_listed_and_shown(cli, own_list):
    said = cli("entities", "note", "suppliers:s-1", " Ask the harbour master.\n\x1b[31mRed ", "--by", "ann")
    assert (said.code, said.out) == (0, "Note 1 stands with GREY HARBOUR SHIPPING CO..\n")
    (each,) = cli("entities", "notes", "suppliers:s-1", "--json").json()
    assert (each["entity_id"], each["by"], each["text"]) == (
        "suppliers:s-1",
        "ann",
        "Ask the harbour master.\n\x1b[31mRed",
    )
    assert cli("entities", "notes", "--json").json() == [each]
    (row,) = cli("entities", "notes").rows()
    assert (row["entity"], row["by"]) == ("suppliers:s-1", "ann")
    assert "\x1b" not in cli("entities", "notes").out
    # In one line, however many it has.
    assert "ann: Ask the harbour master. " in cli("entities", "show", "suppliers:s-1").out
    assert cli("entities", "show", "suppliers:s-1", "--json").json()["notes"] == [each]
    record = cli("audit", "export", "-", "--since", "1d").json()
    assert record["kind"] == "subject_note"
    assert record["text"] == each["text"]


def test_nobody_and_nothing_are_refused(cli, own_list):
    assert cli("entities", "note", "suppliers:nobody", "x").code == 2
    refused = cli("entities", "note", "suppliers:s-1", "  ")
    assert refused.code == 2
    assert "a note needs words" in refused.err
    assert cli("entities", "notes", "suppliers:nobody").code == 2
