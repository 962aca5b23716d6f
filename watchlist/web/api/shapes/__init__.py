"""The shapes of what the API takes and answers, as ``/openapi.json`` tells them.

`asked` is checked whenever a request comes; the others say what `watchlist.answers` and its kind make, and are held to
it by tests. Where an answer is a value of the model, its shape is derived from that, so that it follows by itself.
"""
