"""A run: its folder, what it keeps of itself, how it is asked and compared. Writes no format to read or print."""
