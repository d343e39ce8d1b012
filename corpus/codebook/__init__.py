"""The theme codebook, from a table, YAML or a QDA program. Reads no coding."""
