"""Statistics of codings and answers that touch no text. Imports corpus alone; reads no file and no model."""
