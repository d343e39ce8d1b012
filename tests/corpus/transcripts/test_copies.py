from corpus.transcripts import transcript_of
from corpus.transcripts.copies import copied_transcripts

TALK = "I: Come va, qui da voi?\n\nR: Insomma, le buche in via Roma sono sempre lì, e nessuno le ripara mai.\n"


def test_an_interview_that_is_there_twice_is_told_whatever_its_format() -> None:
    table = TALK.replace(": ", "\t", 1).replace("R: ", "R\t").replace("\n\n", "\n")
    files = {"Anna.txt": TALK, "Anna (copia).md": TALK, "Anna - 2.tsv": table, "Luca.txt": TALK.replace("Roma", "Po")}
    transcripts = [transcript_of(text.encode(), f"transcripts/{name}") for name, text in files.items()]
    problems = list(copied_transcripts(transcripts))
    assert {problem.severity for problem in problems} == {"warning"}
    assert [problem.file for problem in problems] == ["transcripts/Anna (copia).md", "transcripts/Anna - 2.tsv"]
    assert all("ha le stesse parole di transcripts/Anna.txt" in problem.say("it") for problem in problems)


def test_a_few_words_may_be_alike_by_chance() -> None:
    short = [transcript_of(b"I: Come va?\n\nR: Bene.\n", f"transcripts/{name}.txt") for name in "ab"]
    assert not list(copied_transcripts(short))
