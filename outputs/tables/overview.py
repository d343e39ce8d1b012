"""The sample: how many interviews, words, answers, by class. Room outputs; a builder of one table."""

from corpus.questionnaire.written_answers import is_written
from nlp.measures.groups import natural_order
from nlp.measures.theme_mentions import interviewed
from outputs.tables.glossary import columns
from outputs.tables.table import PEOPLE_COLUMNS, Table, Value, answer_trail, join_trails, make_frame
from outputs.tables.view import View


def overview(view: View) -> Table:
    """One row a fact about the material."""
    segments = view.results.segments
    answers = view.study.answers
    spoken = segments[segments["role"] == "respondent"]
    interviewees = set(interviewed(segments))
    with_answers = set(answers.loc[answers["status"] == "answered", "respondent"])
    facts: list[tuple[str, str, Value, set[str] | None]] = [
        (
            "respondents",
            view.say("Rispondenti nell'elenco", "Respondents listed"),
            *_people(set(view.all_classes.index)),
        ),
        ("transcripts", view.say("Trascrizioni lette", "Transcripts read"), len(view.study.interviews), None),
        *_written(view),
        ("interviewed", view.say("Rispondenti intervistati", "Respondents interviewed"), *_people(interviewees)),
        *_uncounted(view, interviewees),
        (
            "questionnaires",
            view.say("Rispondenti con questionario", "Respondents with answers"),
            *_people(with_answers),
        ),
        (
            "both",
            view.say("Con intervista e questionario", "With interview and answers"),
            *_people(with_answers & interviewees),
        ),
    ]
    for label in natural_order(view.classes[view.classes != ""].tolist()):
        name = view.say(f"Intervistati, {view.class_name}: {label}", f"Interviewed, {view.class_name}: {label}")
        facts.append((f"class={label}", name, *_people(set(view.classes.index[view.classes == label]))))
    facts += [
        ("turns", view.say("Turni di parola", "Turns"), len(view.study.turns), None),
        ("segments", view.say("Segmenti dei rispondenti", "Respondents' segments"), len(spoken), None),
        ("words", view.say("Parole dei rispondenti", "Respondents' words"), int(spoken["words"].sum()), None),
        ("themes", view.say("Temi del codebook", "Themes in the codebook"), len(view.study.themes), None),
        ("items", view.say("Domande del questionario", "Items of the questionnaire"), len(view.study.items), None),
        ("codings", view.say("Codifiche", "Codings"), len(view.results.codings), None),
        (
            "human",
            view.say("Codifiche di persone", "Codings by people"),
            int((view.results.codings["how"] == "human").sum()),
            None,
        ),
    ]
    rows: dict[str, dict[str, Value]] = {key: {"measure": name, "value": value} for key, name, value, _ in facts}
    people = [answer_trail(key, "value", who) for key, _, _, who in facts if who]
    return Table(
        key="campione",
        title=view.say("Il campione", "The sample"),
        note=view.say(
            "Il denominatore delle tabelle per rispondente è chi è stato intervistato e letto. Turni, segmenti e "
            "parole comprendono le risposte scritte analizzate.",
            "The denominator of the tables by respondent is who was interviewed and read. Turns, segments and words "
            "include the written answers that are analysed.",
        ),
        columns=columns("measure value", view.language),
        frame=make_frame(columns("measure value", view.language), rows),
        people=join_trails(people, PEOPLE_COLUMNS),
    )


def _uncounted(view: View, interviewees: set[str]) -> list[tuple[str, str, Value, set[str] | None]]:
    """Who is in no denominator of the themes, and why; no row where nobody is."""
    spoken = view.spoken.loc[view.spoken["respondent"] != "", "respondent"]
    unread_label = view.say("di cui in un'altra lingua, non letti", "of whom in another language, not read")
    wrote_label = view.say("Rispondenti che hanno solo scritto", "Respondents who only wrote answers")
    facts = [
        ("unread", unread_label, interviewees - set(view.people)),
        ("only_wrote", wrote_label, set(spoken) - interviewees),
    ]
    return [(key, label, *_people(who)) for key, label, who in facts if who]


def _people(who: set[str]) -> tuple[Value, set[str]]:
    return len(who), who


def _written(view: View) -> list[tuple[str, str, Value, set[str] | None]]:
    """Who wrote open answers that are analysed like an interview; no row where nothing is."""
    texts = [transcript for transcript in view.study.transcripts if is_written(transcript.id)]
    answers = sum(turn.cell is not None for transcript in texts for turn in transcript.turns)
    label = view.say("Risposte scritte analizzate", "Written answers analysed")
    return [("written", label, answers, None)] if texts else []
