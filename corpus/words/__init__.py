"""The words people write by, and how they are spelt: languages, roles, stances, scales, numbers. Reads no file."""
