"""The European Union's Financial Sanctions Files: XML and CSV, with the facts that both state."""
