"""The tables of a study's folder as named columns and numbered rows. Never asks what the cells mean."""
