"""Files that people fill in and give back: segments to code, links to accept. Chooses and proposes nothing."""
