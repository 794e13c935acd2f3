"""Forecasts hourly series of float64 with statsforecast. forecast.py FILE LENGTH HORIZON PROCESSES -> JSON."""
import json
import sys
import time

import numpy as np
import pandas as pd
import statsforecast
from statsforecast import StatsForecast
from statsforecast.models import MSTL, AutoETS, SeasonalNaive

file, length, horizon, processes = sys.argv[1], *map(int, sys.argv[2:5])
values = np.fromfile(file, dtype=np.float64).reshape(-1, length)
times = pd.date_range("2024-01-01", periods=length, freq="h")
frame = pd.concat(
    pd.DataFrame({"unique_id": f"{at:06d}", "ds": times, "y": row}) for at, row in enumerate(values)
)
models = {
    "SeasonalNaive": lambda: SeasonalNaive(season_length=168),
    "MSTL + AutoETS": lambda: MSTL(season_length=[24, 168], trend_forecaster=AutoETS(model="ZZN")),
}
result = []
for name, make in models.items():
    # What is compiled is compiled before the clock starts.
    StatsForecast(models=[make()], freq="h").forecast(df=frame[frame.unique_id == "000000"], h=horizon)
    forecaster = StatsForecast(models=[make()], freq="h", n_jobs=processes)
    begun = time.perf_counter()
    made = forecaster.forecast(df=frame, h=horizon)
    seconds = time.perf_counter() - begun
    column = [c for c in made.columns if c not in ("unique_id", "ds")][0]
    result.append(
        {
            "name": name,
            "seconds": seconds,
            "forecasts": made.sort_values(["unique_id", "ds"])[column].to_numpy().reshape(-1, horizon).tolist(),
        }
    )
print(json.dumps({"version": statsforecast.__version__, "models": result}))
