"""Forms that any list may have: a CSV file with a header, and JSON lines. Lists of one's own are kept in them."""
