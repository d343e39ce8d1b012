"""How the bundled Italian pipeline is trained, scored and written. Run `python -m nlp.laboratory.pipeline DATA_DIR`.

It reads the treebanks and the KIND corpus, and writes one model folder; it is never imported at run time.
"""
