"""The flows that `trama run` and `trama suggest` are on a Prefect server. They decide nothing.

Each is made for what shows its progress at the terminal, which is no parameter: Prefect would want to write it down.
Imports Prefect, so only after its settings are in the environment (flows.server).
"""

from pathlib import Path

from prefect import Flow, flow

from corpus.words.language import Language
from flows.prefect_host import PrefectHost
from flows.progress import Progress
from flows.sheet_wish import SheetWish
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
    def suggest(study: Path, wish: SheetWish) -> Path:
        """Scrive in `codings/` un foglio con i segmenti che conviene codificare.

        Args:
            study: cartella dello studio
            wish: quali segmenti, e come sarà il foglio
        """
        return suggest_segments(study, PrefectHost(progress), wish)

    return suggest
