"""Evidently's drift report and, of both models, its classification report on one log: prints one line of JSON, in seconds without imports.

usage: python evidently-reports.py LOG.parquet REFERENCE.parquet
"""

import json
import sys
import time
import warnings

warnings.filterwarnings("ignore")

import pandas as pd
from evidently import BinaryClassification, DataDefinition, Dataset, Report
from evidently.presets import ClassificationPreset, DataDriftPreset

NUMBERS = ["age", "balance", "duration", "clicks", "visits"]
WORDS = ["job", "month", "device", "plan", "region"]


def drift(log, reference):
    definition = DataDefinition(numerical_columns=NUMBERS, categorical_columns=WORDS)
    sides = [Dataset.from_pandas(table[NUMBERS + WORDS], data_definition=definition) for table in (log, reference)]
    return Report([DataDriftPreset()]).run(*sides).dict()


def classification(rows, side):
    scores = rows[side + "_score"].astype(float)
    table = pd.DataFrame({"target": rows["label"].astype(int), "score": scores})
    table["prediction"] = (table["score"] >= 0.5).astype(int)
    task = BinaryClassification(target="target", prediction_labels="prediction", prediction_probas="score")
    definition = DataDefinition(
        classification=[task], numerical_columns=["score"], categorical_columns=["target", "prediction"]
    )
    return Report([ClassificationPreset()]).run(Dataset.from_pandas(table, data_definition=definition), None).dict()


def timed(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main(log_path, reference_path):
    tables = {}
    reading = timed(lambda: tables.update(log=pd.read_parquet(log_path), reference=pd.read_parquet(reference_path)))
    log = tables["log"]
    rows = log[log["label"].notna() & log["champion_score"].notna() & log["challenger_score"].notna()]
    seconds = {
        "reading": reading,
        "drift": timed(lambda: drift(log, tables["reference"])),
        "champion": timed(lambda: classification(rows, "champion")),
        "challenger": timed(lambda: classification(rows, "challenger")),
    }
    print(json.dumps({"rows": len(log), **seconds}))


main(*sys.argv[1:])
