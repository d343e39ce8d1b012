"""The flows that `trama run` and `trama suggest` are on a Prefect server. They decide nothing.

Each is made for what shows its progress at the terminal, which is no parameter: Prefect would want to write it down.
Imports Prefect, so only after its settings are in the environment (flows.server).
"""

from pathlib import Path

from prefect import Flow, flow

from corpus.words.language import Language
from flows.prefect_host import PrefectHost
from flows.progress import Progress
from flows.study_run import analyse_study
from flows.suggestion import suggest_segments


def analysis_flow(progress: Progress) -> Flow[..., Path]:
    """The flow that analyses a study, and shows how far it is to `progress`."""

    @flow(name="Analizza uno studio", flow_run_name="{study}", persist_result=False)
    def analyse(
        study: Path,
        strict: bool = False,
        language: Language | None = None,
        again: bool = False,
        processes: int | None = None,
        dask: str | None = None,
        served: bool = False,
    ) -> Path:
        """Analizza uno studio e scrive tabelle e rapporto nella cartella `runs/` dello studio.

        Args:
            study: cartella dello studio
            strict: fermati se qualche dato non si può usare
            language: lingua del rapporto; se manca, quella di study.toml
            again: scrivi una nuova corsa anche se dall'ultima non è cambiato niente
            processes: quanti processi annotano il testo; se manca, uno per processore, quattro al più
            dask: indirizzo dello scheduler di un cluster Dask che annota il testo al loro posto
            served: lascia anche la sintesi e i collegamenti ai file che `trama serve` mostra
        """
        host = PrefectHost(progress)
        run = analyse_study(study, host, strict=strict, language=language, again=again, processes=processes, dask=dask)
        if served:
            from flows.service.artifacts import run_report

            run_report(study, run)
        return run

    return analyse


def suggestion_flow(progress: Progress) -> Flow[..., Path]:
    """The flow that writes a sheet of segments to code, and shows how far it is to `progress`."""

    @flow(name="Proponi segmenti da codificare", flow_run_name="{study}", persist_result=False)
    def suggest(
        study: Path,
        number: int = 40,
        at_random: bool = False,
        respondents: bool = False,
        theme: str = "",
        by_respondent: bool | None = None,
        proposals: bool = False,
        after: str = "",
        coder: str = "",
        language: Language | None = None,
    ) -> Path:
        """Scrive in `codings/` un foglio con i segmenti che conviene codificare.

        Args:
            study: cartella dello studio
            number: quanti segmenti
            at_random: estratti a caso con probabilità note, per misurare l'accordo e correggere le cifre della macchina
            respondents: a caso rispondenti interi, con tutti i loro segmenti; il numero è dei rispondenti
            theme: a caso, un terzo ciascuno fra i segmenti in cui per la macchina il tema c'è, è in dubbio, non c'è
            by_respondent: a caso, in parti uguali da ogni rispondente; se manca, sì quando non c'è un tema
            proposals: mostra che cosa proporrebbe la macchina; se no, chi codifica non lo vede
            after: estratti a caso fra i segmenti già letti da questa persona, per una seconda lettura alla cieca
            coder: nome di chi codificherà
            language: lingua del foglio; se manca, quella di study.toml
        """
        return suggest_segments(
            study,
            PrefectHost(progress),
            number=number,
            at_random=at_random,
            respondents=respondents,
            theme=theme,
            by_respondent=by_respondent,
            proposals=proposals,
            after=after,
            coder=coder,
            language=language,
        )

    return suggest
