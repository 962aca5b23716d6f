"""FILES x INDEX -> PARTS -> MENTIONS: archives of any size screened with the engine that screens the news.

`reading` cuts files into pieces and pieces into rows, `screener` screens them, `layout` says what is written and where.
`local` and `pool` do it with processes of this machine, `spark` and `spark_run` on a cluster; `finish` makes of the
parts what people read, `report` and `load` use it. An archive run needs an index file and no database; nothing here
knows SQL, and of the database nobody but `load`, through a port.
"""
