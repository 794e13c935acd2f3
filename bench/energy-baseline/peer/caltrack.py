"""CalTRACK 2.0 by its reference implementation, eemeter 2.10, on the samples that it brings: python caltrack.py FOLDER

Writes each sample as CSV into FOLDER and prints one JSON object a line with what eemeter finds.
"""

import json
import sys
import warnings

import eemeter
import pandas as pd

warnings.filterwarnings("ignore")
pd.DataFrame.iteritems = pd.DataFrame.items  # eemeter 2.10 knows pandas below 2 only
folder = sys.argv[1]
METERS = ["il-electricity-cdd-hdd", "il-electricity-cdd-only", "il-gas-hdd-only", "il-gas-intercept-only"]
CONFIDENCE = 0.9


def periods(meter, meta):
    baseline, _ = eemeter.get_baseline_data(meter, end=meta["blackout_start_date"], max_days=365)
    reporting, _ = eemeter.get_reporting_data(meter, start=meta["blackout_end_date"], max_days=365)
    return baseline, reporting


def write(name, frame):
    frame = frame.dropna()
    frame.index = frame.index.strftime("%Y-%m-%dT%H:%M:%SZ")
    frame.to_csv(f"{folder}/{name}.csv", index_label="time")


def daily(name):
    meter, temperature, meta = eemeter.load_sample(f"{name}-daily")
    baseline, reporting = periods(meter, meta)
    design = eemeter.create_caltrack_daily_design_matrix(baseline, temperature)
    fit = eemeter.fit_caltrack_usage_per_day_model(design)
    whole = eemeter.create_caltrack_daily_design_matrix(meter, temperature)
    write(f"{name}-daily", pd.DataFrame({"energy": whole["meter_value"], "temperature": whole["temperature_mean"]}))
    saved, error = eemeter.metered_savings(fit, reporting, temperature, confidence_level=CONFIDENCE)
    report(name, "daily", fit, baseline, reporting, saved, error)


def report(name, method, fit, baseline, reporting, saved, error):
    print(
        json.dumps(
            {
                "name": name,
                "method": method,
                "form": fit.model.model_type,
                "parameters": {key: float(value) for key, value in fit.model.model_params.items()},
                "r2Adjusted": float(fit.r_squared_adj),
                "cvrmse": float(fit.totals_metrics.cvrmse_adj),
                "baselineFrom": baseline.index[0].isoformat(),
                "baselineUntil": baseline.index[-1].isoformat(),
                "reportingFrom": reporting.index[0].isoformat(),
                "reportingTo": reporting.index[-1].isoformat(),
                "savings": float(saved["metered_savings"].sum()),
                "fsu": float(error["FSU Error Band"]) if error and "FSU Error Band" in error else None,
            }
        ),
        flush=True,
    )


def hourly(name):
    meter, temperature, meta = eemeter.load_sample(f"{name}-hourly")
    baseline, reporting = periods(meter, meta)
    preliminary = eemeter.create_caltrack_hourly_preliminary_design_matrix(baseline, temperature)
    segmentation = eemeter.segment_time_series(preliminary.index, "three_month_weighted")
    occupancy = eemeter.estimate_hour_of_week_occupancy(preliminary, segmentation=segmentation)
    bins = eemeter.fit_temperature_bins(preliminary, segmentation=segmentation)
    designs = eemeter.create_caltrack_hourly_segmented_design_matrices(preliminary, segmentation, occupancy, bins)
    fit = eemeter.fit_caltrack_hourly_model(designs, occupancy, bins)
    frame = pd.DataFrame({"energy": meter["value"], "temperature": temperature.reindex(meter.index)})
    write(f"{name}-hourly", frame)
    saved, _ = eemeter.metered_savings(fit, reporting, temperature)
    print(
        json.dumps(
            {
                "name": name,
                "method": "hourly",
                "baselineFrom": baseline.index[0].isoformat(),
                "baselineUntil": baseline.index[-1].isoformat(),
                "reportingFrom": reporting.index[0].isoformat(),
                "reportingTo": reporting.index[-1].isoformat(),
                "savings": float(saved["metered_savings"].sum()),
                "measured": float(saved["reporting_observed"].sum()),
            }
        ),
        flush=True,
    )


for meter_name in METERS:
    daily(meter_name)
hourly("il-electricity-cdd-hdd")
