"""The words of everything that leaves: sentences in two languages side by side (*.toml), and how they are filled."""
