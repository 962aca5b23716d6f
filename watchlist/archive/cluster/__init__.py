"""An archive screened by Spark, on this machine or a cluster: FILES -> JOBS -> MENTIONS BY DATE.

`session` finds Java and Spark, `hadoop` reaches files wherever Spark does, `jobs` says who reads them, `run` has them
screened with what the library next door, `archive.spark`, gives to anybody. What is screened how is decided there and
above.
"""
