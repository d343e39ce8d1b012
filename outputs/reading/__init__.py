"""The reading room: a study's interviews, what people and the machine coded in them, as a browser shows them.

Data for pages, made from what was read and what a run kept. Serves nothing, writes nothing, runs no model.
"""
