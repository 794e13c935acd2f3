"""Reads the benchmark's CSV with pandas into one row a reading; prints what it took as one JSON object."""
import json
import resource
import sys
import time

import pandas

path, layout = sys.argv[1:3]
begun = time.perf_counter()
frame = pandas.read_csv(path, parse_dates=["time"])
if layout == "wide":
    frame = frame.melt(id_vars="time", var_name="point")
readings = int(frame["value"].notna().sum())
seconds = time.perf_counter() - begun
peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"version": pandas.__version__, "readingsPerSecond": readings / seconds, "peakMb": peak_mb}))
