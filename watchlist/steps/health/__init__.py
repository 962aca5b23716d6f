"""STORED STATE -> FAULT: what does not work as it should, who is told of it, and the verdict on all of it.

Everything is found by the state that is stored, counted over all of it and not over a window. `faults` names what is
wrong, `one_cause` puts together what has one cause, `verdict` says what it comes to; these are pure. `standing` asks
the store, and keeps what was found. Nothing is mended here.
"""
