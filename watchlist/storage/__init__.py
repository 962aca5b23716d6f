"""Everything kept, and the only SQL: one module for each noun, together the `Store`."""
