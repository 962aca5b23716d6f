"""Everything kept, and the only SQL: a room for each part of the flow, together the `Store`.

Each room reads facts and writes what was decided from them, in one transaction; the decisions are those of `news`,
`subjects` and `alerts`. No row or session leaves this package: values of `model` come in and go out.
"""
