"""Canada's autonomous sanctions list (SEMA)."""
