"""Names out, stable pseudonyms in: what is replaced where, the key that is kept apart, a study with all of it done.

Who is a person is found elsewhere (nlp.privacy); nothing here looks for names.
"""
