"""The bytes that people bring as text, rows, XML and archives' members: one decoder, one reader of each kind of file.

Knows nothing of interviews, questionnaires or codebooks.
"""
