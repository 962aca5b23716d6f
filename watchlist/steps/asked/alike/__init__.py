"""ENTITY -> ALIKE: which listed subjects may be one with an entity that somebody describes, and how alike they are.

`candidates` looks names up in the compiled index, `scored` compares and adds up, `facts` says what else agrees or
speaks against it. How alike two names are is `matching`'s, and what a birth or a number says is `subjects`'.
"""
