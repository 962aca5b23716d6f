"""FILES x INDEX -> PARTS -> MENTIONS: archives of any size screened with the engine that screens the news.

`reading` cuts files into pieces and pieces into rows, `screener` screens them, `layout` says what is written and where,
`folder` and `start` how a run begins and is taken up again. `pooled` does it with processes of this machine, `cluster`
with Spark, for which `spark` is the library. `report` and `load` use what was found. An archive run needs an index file
and no database; nothing here knows SQL, and of the database nobody but `load`, through a port.
"""
