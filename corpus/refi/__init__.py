"""REFI-QDA, the exchange format of QDA programs, as it comes in: codebooks, codings, whole projects. Writes none."""
