"""What is computed from text: records or frames in, frames out. Reads and writes no file of a study."""
