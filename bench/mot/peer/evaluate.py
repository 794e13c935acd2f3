"""Scores a MOTChallenge result with py-motmetrics; prints one JSON object. Arguments: gt.txt tracks.txt"""
import json
import sys

import motmetrics as mm

truth = mm.io.loadtxt(sys.argv[1], fmt="mot15-2D", min_confidence=1)
tracks = mm.io.loadtxt(sys.argv[2], fmt="mot15-2D")
accumulator = mm.utils.compare_to_groundtruth(truth, tracks, "iou", distth=0.5)
row = mm.metrics.create().compute(accumulator, metrics=mm.metrics.motchallenge_metrics, name="all").loc["all"]
print(json.dumps({
    "version": mm.__version__,
    "mota": float(row["mota"]),
    "motp": 1 - float(row["motp"]),
    "idf1": float(row["idf1"]),
    "falsePositives": int(row["num_false_positives"]),
    "misses": int(row["num_misses"]),
    "switches": int(row["num_switches"]),
    "fragmentations": int(row["num_fragmentations"]),
    "mostlyTracked": int(row["mostly_tracked"]),
    "mostlyLost": int(row["mostly_lost"]),
}))
