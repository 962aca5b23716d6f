"""What the demo works with: the starter list, a program set up for one folder, the bundled documents."""

from __future__ import annotations

from datetime import datetime
from importlib.resources import files
from pathlib import Path
from threading import Event
from typing import Any

from watchlist.app import App, now
from watchlist.config import DatabaseConfig, FetchConfig
from watchlist.delivery.transports import full_config, make_transports
from watchlist.delivery.transports.email import EmailConfig
from watchlist.demo.servers import LOOPBACK
from watchlist.lists.forms.generic.csv import read_generic_csv
from watchlist.lists.press import press_names
from watchlist.model import FullText, ListChange, ListDeclaration, NameOrigin
from watchlist.steps.parts import index_dir
from watchlist.storage.store import Store, open_store

#: The list's id in the demo's database.
STARTER = "starter"
#: The day the starter list's facts are of.
STARTER_DATE = "2026-08-20"

_DATA = files("watchlist.demo") / "data"


def load_starter(store: Store, at: datetime) -> ListChange:
    """Put the starter list into a database, as a list of its own, with the names the press uses."""
    store.add_list(
        ListDeclaration(id=STARTER, title=f"Starter list ({STARTER_DATE})", url=None, refresh=False, own=True)
    )
    with (_DATA / "starter.csv").open("rb") as stream:
        change = store.apply_entities(STARTER, read_generic_csv(STARTER, stream), at, lambda _change: None)
    store.set_names(STARTER, press_names("us_ofac_sdn"), NameOrigin.PRESS, at)
    return change


def make_demo_app(folder: Path, smtp_port: int) -> App:
    """The parts of a program whose database is in this folder and whose mail goes to this port of this machine."""
    settings: dict[str, Any] = {
        "database": DatabaseConfig(url=f"sqlite:///{folder / 'watchlist.db'}"),
        # The demo's articles have no pages, and it needs no network.
        "fetch": FetchConfig(full_text=FullText.NEVER),
        "email": EmailConfig(
            host=LOOPBACK,
            port=smtp_port,
            security="none",
            sender="watchlist@news.example",
            recipients=("desk@news.example",),
        ),
    }
    # Made without validation, which would let the environment's settings in.
    config = full_config().model_construct(**settings)
    store = open_store(config.database.url)
    return App(
        config=config,
        store=store,
        transports=make_transports(config),
        index_dir=index_dir(config),
        clock=now,
        stop=Event(),
    )


def document(name: str) -> bytes:
    """A bundled document by its file name."""
    return (_DATA / name).read_bytes()
