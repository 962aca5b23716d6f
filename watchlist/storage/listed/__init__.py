"""What is listed: lists, their snapshots and differences, entities, names, groups, suppressions."""
