"""What `trama check` says of each transcript."""

from corpus.checking.transcript_overview import describe_transcripts
from corpus.study import read_study


def test_every_warning_on_a_transcript_is_counted_also_on_who_speaks(tmp_path):
    (tmp_path / "study.toml").write_text("[study]\ntitle = 'Orti'\n", encoding="utf-8")
    (tmp_path / "transcripts").mkdir()
    talk = (
        "Chiara: Come va l'orto?\nPina: Bene, è la mia medicina.\nChiara: E l'acqua?\nPina: D'estate non basta mai.\n"
    )
    (tmp_path / "transcripts" / "orto.txt").write_text(talk, encoding="utf-8")
    study = read_study(tmp_path)
    told = [problem for problem in study.problems if problem.file == "transcripts/orto.txt"]
    (line,) = describe_transcripts(study)
    assert len(told) == 2  # who asks and who answers are guesses
    assert "4 turni, 0 note, 2 avvisi: Chiara (chiede, 2), Pina (risponde: orto, 2)" in line.it
