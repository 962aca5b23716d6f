"""``watchlist entities show``."""

from __future__ import annotations

import typer

from watchlist.answers.listed import standing_json, suppression_of_all
from watchlist.cli.shared.context import invocation
from watchlist.cli.shared.options import AsJson, EntityId
from watchlist.cli.shared.output import console, print_facts, print_json, when
from watchlist.model import Name, NameOrigin, Standing, Suppression


def show(context: typer.Context, entity_id: EntityId, as_json: AsJson = False) -> None:
    """Show all that is known of one entity."""
    from watchlist.app import now

    with invocation(context).store() as store:
        found, standing = store.entity(entity_id), store.standing(entity_id)
        suppressions = store.suppressions(now())
        notes = store.notes_on([entity_id])
    if as_json:
        print_json(standing_json(found, standing, suppressions, notes))
        return
    console().print(f"{found.caption}  ({found.id}, {found.schema})", style="bold")
    print_facts(
        [
            ("off the list", _off(standing)),
            ("no alerts", _quiet(suppression_of_all(entity_id, suppressions))),
            ("formerly", ", ".join(standing.formerly)),
            ("name parts", _parts(found.names[0])),
            *(
                (
                    "" if n else "names",
                    f"{name.text}  [{_kind(name)}]" + (f"  {parts}" if (parts := _parts(name)) else ""),
                )
                for n, name in enumerate(found.names[1:])
            ),
            ("programs", ", ".join(found.programs)),
            ("countries", ", ".join(found.countries)),
            ("born", ", ".join((*found.birth_dates, *found.birth_places))),
            ("offices", "; ".join(found.designations)),
            *(
                (each.kind, f"{each.value} ({each.detail})" if each.detail else each.value)
                for each in found.identifiers
            ),
            ("addresses", "; ".join(found.addresses)),
            ("linked to", "; ".join(found.linked_to)),
            ("listed", found.listed_on or ""),
            ("reference", found.reference or ""),
            ("remarks", found.remarks or ""),
            ("page", found.url or ""),
            *(
                ("" if n else "notes", f"{when(each.at)} {each.by}: {' '.join(each.text.split())}")
                for n, each in enumerate(notes)
            ),
        ]
    )


def _off(standing: Standing) -> str:
    if standing.removed_at is None:
        return ""
    since = f"since {standing.removed_at:%Y-%m-%d}"
    return f"{since}; listed as {standing.succeeded_by} now" if standing.succeeded_by else since


def _quiet(suppression: Suppression | None) -> str:
    if suppression is None:
        return ""
    until = f", until {suppression.until:%Y-%m-%d}" if suppression.until else ""
    return f"since {suppression.at:%Y-%m-%d}{until}" + (f": {suppression.reason}" if suppression.reason else "")


def _kind(name: Name) -> str:
    """Its kind, language and script (but Latin), and who gave it where that is not the authority."""
    known = [
        f"weak {name.kind}" if name.weak else str(name.kind),
        name.lang,
        name.script if name.script != "Latn" else None,
    ]
    known += [None if name.origin is NameOrigin.AUTHORITY else name.origin]
    return ", ".join(each for each in known if each)


def _parts(name: Name) -> str:
    return ", ".join(f"{kind} {text}" for kind, text in name.parts)
