"""What trains the bundled models and measures them against people. Not packaged; no run of a study imports it."""
