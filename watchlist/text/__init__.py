"""Foreign text, by whoever meets it: how a document begins and ends, and how its words are shown.

`markup` finds its way through comments and declarations in linear time; `shown` makes words fit for people's eyes, and
`cells` for their spreadsheets. Here is nothing that knows what a list, a feed or an alert is, and no input or output.
"""
