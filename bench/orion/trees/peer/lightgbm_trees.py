"""LightGBM on the rows of an order, printed as JSON: seconds, what it says of the told rows, memory."""
import json
import resource
import sys
import time

import lightgbm
import numpy

with open(sys.argv[1]) as file:
    order = json.load(file)
width = order["width"]
rows = numpy.fromfile(order["rows"], dtype=numpy.float64).reshape(width, -1).T
target = numpy.fromfile(order["target"], dtype=numpy.int32)
learnt = order["learnt"]
begun = time.perf_counter()
used = time.process_time()
data = lightgbm.Dataset(rows[:learnt], target[:learnt], params={"max_bin": 255, "verbose": -1}, free_raw_data=False)
data.construct()
binned = time.perf_counter()
settings = {
    "objective": "binary",
    "num_leaves": order["leaves"],
    "learning_rate": order["learningRate"],
    "min_data_in_leaf": order["minRows"],
    "lambda_l2": order["penalty"],
    "num_threads": order["threads"],
    "seed": 1,
    "verbose": -1,
}
model = lightgbm.train(settings, data, num_boost_round=order["rounds"])
trained = time.perf_counter()
used = time.process_time() - used
model.predict(rows[:learnt])
predicted = time.perf_counter()
told = model.predict(rows[learnt:])
print(
    json.dumps(
        {
            "version": lightgbm.__version__,
            "binning": binned - begun,
            "training": trained - binned,
            "processor": used,
            "predicting": predicted - trained,
            "peakMB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            "told": told.tolist(),
        }
    )
)
