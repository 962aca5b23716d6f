from __future__ import annotations


def test_an_entity_is_suppressed_shown_and_told_of_again(cli, own_list):
    said = cli("entities", "suppress", "suppliers:s-1", "--until", "90d", "--because", "a customer")
    assert (said.code, said.out) == (0, "GREY HARBOUR SHIPPING CO. opens no alerts until 90d.\n")
    (row,) = cli("entities", "suppressed").rows()
    assert (row["entity"], row["because"]) == ("suppliers:s-1", "a customer")
    (each,) = cli("entities", "suppressed", "--json").json()
    assert (each["reason"], each["entity"]) == ("a customer", "suppliers:s-1")
    assert ": a customer" in cli("entities", "show", "suppliers:s-1").out
    assert cli("entities", "show", "suppliers:s-1", "--json").json()["suppressed"]["reason"] == "a customer"
    assert cli("entities", "unsuppress", "suppliers:s-1").out == "GREY HARBOUR SHIPPING CO. opens alerts again.\n"
    assert cli("entities", "suppressed", "--json").json() == []


def test_nobody_and_the_past_are_refused(cli, own_list):
    assert cli("entities", "suppress", "suppliers:nobody").code == 2
    refused = cli("entities", "suppress", "suppliers:s-1", "--until", "2020-01-01")
    assert refused.code == 2
    assert "name a time to come, such as 90d or a date" in refused.err
    refused = cli("entities", "unsuppress", "suppliers:s-1")
    assert refused.code == 2
    assert "no suppression of 'suppliers:s-1'" in refused.err
