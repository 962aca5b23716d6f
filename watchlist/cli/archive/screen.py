"""``watchlist archive screen``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from watchlist.children import cores
from watchlist.cli.archive.extra import require_extra
from watchlist.cli.shared.context import PARTLY_FAILED, Invocation, invocation
from watchlist.cli.shared.options import AsJson
from watchlist.cli.shared.output import console, print_json
from watchlist.cli.shared.terminal import complain, say
from watchlist.errors import UsageError
from watchlist.steps.asked.times import parse_since

if TYPE_CHECKING:
    from watchlist.archive.cluster.run import SparkTarget
    from watchlist.archive.pooled.run import ArchiveProgress

_Engine = Literal["local", "spark"]
#: What a shell says of a command that was ended by the keyboard.
_INTERRUPTED = 130
#: Complaints that are shown one by one.
_SHOWN = 5


def screen(
    context: typer.Context,
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT...", help="Files, folders, patterns.")],
    output: Annotated[str, typer.Option(help="A folder of its own for what is found.", metavar="DIR")],
    engine: Annotated[_Engine, typer.Option(help="This machine's processes, or Spark.")] = "local",
    master: Annotated[str | None, typer.Option(help="Spark: where it runs, such as local[4].", metavar="M")] = None,
    workers: Annotated[
        int | None, typer.Option(help="Processes; default: one for each core.", metavar="N", min=1)
    ] = None,
    index: Annotated[
        Path | None, typer.Option(help="Of 'watchlist index build'; default: the database's lists.", metavar="FILE")
    ] = None,
    since_list: Annotated[
        str | None, typer.Option(help="Only for what is new or changed on lists since.", metavar="DATE")
    ] = None,
    entities: Annotated[
        Path | None, typer.Option(help="Only for these: a LIST:ID in each line.", metavar="FILE")
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on where a run was stopped.")] = False,
    as_json: AsJson = False,
) -> None:
    """Find listed names in JSON lines, Parquet, WARC and WET.

    What is found goes to DIR as Parquet by date, with the fields of 'screen --jsonl', and _summary.json says what was
    read. Rows that cannot be read are kept in _aside, and the others go on.
    """
    require_extra()
    from watchlist.app import now
    from watchlist.archive.folder import RunFolder
    from watchlist.archive.pooled.run import screen_locally
    from watchlist.archive.reading.inputs import find_inputs
    from watchlist.archive.start import ArchiveOrder, begin_run, index_about, take_up

    if engine == "local" and (master is not None or "://" in output):
        raise UsageError("--master and paths of other file systems are for --engine spark")
    if since_list is not None and entities is not None:
        raise UsageError("give --since-list or --entities, not both")
    given = invocation(context)
    since = parse_since(since_list, now())
    matching = given.config()[0].matching.model_dump_json(exclude={"index_dir"})
    asked = f"--since-list {since_list}" if since_list is not None else f"--entities {entities}" if entities else ""
    order = ArchiveOrder(engine, matching, since, entities, asked)
    with ExitStack() as stack:
        target = stack.enter_context(_on_spark(output, master, workers)) if engine == "spark" else None
        if target is None:
            found, folder = find_inputs(inputs), RunFolder(Path(output))
            stack.enter_context(folder.held())
        else:
            from watchlist.archive.cluster.hadoop import find_anywhere

            found, folder = find_anywhere(target.spark, inputs), target.folder
        if resume and folder.is_finished:
            # It may have been killed between its summary and the end of its parts.
            folder.clear_finished()
            _tell(_read_summary(folder.summary), output, as_json=as_json)
            return
        run = take_up(folder, order, found) if resume else None
        if run is None:
            run = begin_run(folder, order, found, _index_maker(given, index), now())
            if target is not None:
                from watchlist.archive.cluster.staging import keep_begun

                keep_begun(target)
        about = index_about(folder.index)
        if target is not None:
            from watchlist.archive.cluster.run import screen_with_spark

            summary = screen_with_spark(target, run, about, now)
        else:
            tell = stack.enter_context(_progress())
            try:
                summary = screen_locally(folder, run, about, workers or cores(), tell, now)
            except KeyboardInterrupt as stop:
                complain(f"stopped; what is done is kept in {output}: --resume goes on from there")
                raise typer.Exit(_INTERRUPTED) from stop
    _tell(summary, output, as_json=as_json)
    if summary["aside"]:
        raise typer.Exit(PARTLY_FAILED)


@contextmanager
def _on_spark(output: str, master: str | None, workers: int | None) -> Iterator[SparkTarget]:
    from watchlist.archive.cluster.session import spark_session
    from watchlist.archive.cluster.staging import staged

    with spark_session(master, workers, shows_progress=sys.stderr.isatty()) as spark, staged(spark, output) as target:
        yield target


def _index_maker(given: Invocation, index: Path | None) -> Callable[[Path], None]:
    from watchlist.archive.start import copied_index
    from watchlist.steps.asked.index_file import write_index_file

    if index is not None:
        return copied_index(index)

    def make(target: Path) -> None:
        with given.app() as parts:
            write_index_file(parts.store, target, parts.index_dir, parts.clock())

    return make


@contextmanager
def _progress() -> Iterator[Callable[[ArchiveProgress], None]]:
    """Shows how far a run is, on a terminal alone."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    screen = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(None),
        TaskProgressColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal) as progress:
        task = progress.add_task("screening", total=None, rate="")

        def tell(at: ArchiveProgress) -> None:
            elapsed = progress.tasks[task].elapsed or 0.0
            rate = f"{at.articles / elapsed:,.0f} articles/s" if elapsed else ""
            progress.update(task, completed=at.done, total=at.total, rate=rate)

        yield tell


def _read_summary(path: Path) -> dict[str, Any]:
    import json

    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _tell(summary: dict[str, Any], output: str, *, as_json: bool) -> None:
    if as_json:
        print_json(summary)
        return
    for each in summary["errors"][:_SHOWN]:
        more = f" ({each['rows']:,} such)" if each["rows"] > 1 else ""
        complain(f"{each['place']}: {each['reason']}{more}")
    repeated = f", {summary['repeated']:,} of them repeats" if summary["repeated"] else ""
    seconds = max(summary["seconds"], 0.1)
    console().print(
        f"{summary['articles']:,} articles{repeated}, {summary['mentions']:,} mentions, {summary['alerts']:,} of the"
        f" alert band; {summary['articles'] / seconds:,.0f} articles a second."
    )
    if summary["aside"]:
        rows = "1 row" if summary["aside"] == 1 else f"{summary['aside']:,} rows"
        console().print(f"{rows} could not be read and kept aside: {output}/_aside")
    say(f"'watchlist archive report {output}' counts, 'watchlist archive load {output}' opens alerts.")
