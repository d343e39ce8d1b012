"""The tables of the report, as data with the trail behind every number. Room outputs; rendering is done elsewhere."""
