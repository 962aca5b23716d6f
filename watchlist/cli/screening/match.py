"""``watchlist match``."""

from __future__ import annotations

import csv
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from watchlist.cli.shared.lazy import noun
from watchlist.cli.shared.options import AsJson
from watchlist.cli.shared.output import console, print_json, print_parts
from watchlist.errors import UsageError
from watchlist.model import Schema
from watchlist.text.cells import quoted

app = noun()


@app.command()
def match(
    name1: Annotated[str | None, typer.Argument(metavar="NAME")] = None,
    name2: Annotated[str | None, typer.Argument(metavar="NAME")] = None,
    schema: Annotated[Schema | None, typer.Option(help="What kind of entity both are.")] = None,
    as_json: AsJson = False,
    pairs: Annotated[
        Path | None,
        typer.Option(help="Compare the pairs of a CSV file: name1,name2,schema.", metavar="FILE"),
    ] = None,
) -> None:
    """Compare two names, or a file of pairs.

    With --pairs the file comes back on standard output with the columns score and predicted added.
    """
    from watchlist.matching.match import match_names

    if pairs is not None:
        if name1 or name2:
            raise UsageError("give two names or --pairs FILE, not both")
        _match_file(pairs)
        return
    if name1 is None or name2 is None:
        raise UsageError('give two names, as in: watchlist match "Dmitry Peskov" "PESKOV, Dmitriy Sergeevich"')
    found = match_names(name1, name2, schema)
    if as_json:
        print_json({"name1": name1, "name2": name2, "schema": schema, **asdict(found)})
        return
    terminal = console()
    verdict = "the same" if found.predicted else "not the same"
    terminal.print(f"{found.score:.2f}  {verdict}", style="bold" if found.predicted else "")
    print_parts(found.features)


def _match_file(path: Path) -> None:
    from watchlist.matching.match import match_names

    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            columns = list(reader.fieldnames or ())
            if not {"name1", "name2"} <= set(columns):
                there = ", ".join(columns) or "nothing"
                raise UsageError(f"{path}: the header must have name1 and name2; it has {there}")
            added = [column for column in ("score", "predicted") if column not in columns]
            writer = csv.DictWriter(sys.stdout, [*columns, *added], lineterminator="\n", extrasaction="ignore")
            writer.writerow({column: quoted(column) for column in writer.fieldnames})
            for row in reader:
                schema = _schema(row.get("schema"), path, reader.line_num)
                found = match_names(row["name1"] or "", row["name2"] or "", schema)
                cells = {**row, "score": f"{found.score:.4f}", "predicted": str(found.predicted).lower()}
                # Rows with more cells than the header have a list of them under no name, which is not written.
                writer.writerow({column: quoted(cells.get(column) or "") for column in (*columns, *added)})
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{path}: is no CSV in UTF-8: {error}") from error


def _schema(value: str | None, path: Path, line: int) -> Schema | None:
    if not value:
        return None
    try:
        return Schema(value)
    except ValueError as error:
        raise UsageError(f"{path}: line {line}: {value!r} is no schema: use {', '.join(Schema)}") from error
