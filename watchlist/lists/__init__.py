"""AUTHORITY FILE -> ENTITY: registry, download, readers of the official forms, guard, press names."""
