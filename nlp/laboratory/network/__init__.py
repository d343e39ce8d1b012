"""Trains the network that reads passages against codes (nlp.themes.network) and the weights that decide with it."""
