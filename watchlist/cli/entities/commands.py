"""``watchlist entities``: its commands, in the order of its help."""

from __future__ import annotations

from watchlist.cli.entities import edit, files, groups, note, suppress
from watchlist.cli.entities.listing import list_entities
from watchlist.cli.entities.search import search
from watchlist.cli.entities.show import show
from watchlist.cli.shared.lazy import noun

app = noun("Listed names: search, show, add, edit, import and export.", no_args_is_help=True)
app.command("group")(groups.group)
app.command("join")(groups.join)
app.command("split")(groups.split)
app.command("suppress")(suppress.suppress)
app.command("unsuppress")(suppress.unsuppress)
app.command("suppressed")(suppress.suppressed)
app.command("note")(note.note)
app.command("notes")(note.notes)
app.command("import")(files.import_file)
app.command("undo")(files.undo)
app.command("export")(files.export_file)
app.command("list")(list_entities)
app.command("search")(search)
app.command("show")(show)
app.command("add")(edit.add)
app.command("edit")(edit.edit)
app.command("alias")(edit.alias)
app.command("remove")(edit.remove)


@app.callback()
def entities() -> None:
    """Listed names: search, show, add, edit, import and export."""
