"""PatchCore (Roth et al., 2022) on given frozen features; see README.md."""
import json
import resource
import sys
import time

import numpy as np
import onnxruntime
from PIL import Image
from sklearn.metrics import pairwise_distances
from sklearn.neighbors import NearestNeighbors
from sklearn.random_projection import GaussianRandomProjection

PROJECTED = 128
NEIGHBOURS = 9


def read(path, side):
    with Image.open(path) as picture:
        return np.asarray(picture.convert("RGB").resize((side, side), Image.Resampling.BILINEAR))


def mean_of_neighbours(layer):
    """Mean over 3 x 3 places, at the edges over those that there are."""
    padded = np.pad(layer, ((0, 0), (1, 1), (1, 1)))
    ones = np.pad(np.ones(layer.shape[1:], np.float32), 1)
    rows, columns = layer.shape[1:]
    total, count = np.zeros_like(layer), np.zeros((rows, columns), np.float32)
    for y in range(3):
        for x in range(3):
            total += padded[:, y : y + rows, x : x + columns]
            count += ones[y : y + rows, x : x + columns]
    return total / count


def on_grid(layer, rows, columns):
    """Bilinear, by the centres of the places."""
    def weights(size, wanted):
        at = np.clip((np.arange(wanted) + 0.5) * size / wanted - 0.5, 0, size - 1)
        low = np.floor(at).astype(int)
        high = np.minimum(low + 1, size - 1)
        matrix = np.zeros((wanted, size), np.float32)
        matrix[np.arange(wanted), low] += 1 - (at - low)
        matrix[np.arange(wanted), high] += at - low
        return matrix

    down, across = weights(layer.shape[1], rows), weights(layer.shape[2], columns)
    return np.einsum("yr,crs,xs->cyx", down, layer, across, optimize=True)


def patches(session, layers, picture):
    found = [mean_of_neighbours(layer[0]) for layer in session.run(layers, {"images": picture[None]})]
    rows, columns = found[0].shape[1:]
    joined = np.concatenate([on_grid(layer, rows, columns) for layer in found])
    return joined.reshape(joined.shape[0], -1).T.astype(np.float32)


def coreset(all_patches, size, seed):
    """Greedy k-centre, beginning at a random patch."""
    projected = GaussianRandomProjection(PROJECTED, random_state=seed).fit_transform(all_patches).astype(np.float32)
    squares = np.einsum("ij,ij->i", projected, projected)
    chosen = [int(np.random.default_rng(seed).integers(len(projected)))]
    nearest = np.full(len(projected), np.inf, np.float32)
    while len(chosen) < min(size, len(projected)):
        last = projected[chosen[-1]]
        nearest = np.minimum(nearest, squares - 2 * projected @ last + last @ last)
        chosen.append(int(np.argmax(nearest)))
    return all_patches[chosen]


class Bank:
    def __init__(self, kept):
        self.kept = kept
        self.one = NearestNeighbors(n_neighbors=1, algorithm="brute").fit(kept)
        self.some = NearestNeighbors(n_neighbors=min(NEIGHBOURS, len(kept)), algorithm="brute").fit(kept)

    def score(self, own):
        distances, places = self.one.kneighbors(own)
        worst = int(np.argmax(distances[:, 0]))
        _, around = self.some.kneighbors(self.kept[places[worst]])
        others = pairwise_distances(own[worst : worst + 1], self.kept[around[0]])[0]
        farthest = distances[worst, 0]
        # 1 - exp(s) / sum of exp, as in equation 7; the largest is taken out so that nothing overflows.
        top = max(float(others.max()), float(farthest))
        return float((1 - np.exp(farthest - top) / np.exp(others - top).sum()) * farthest)


def main(order):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = order["threads"]
    session = onnxruntime.InferenceSession(order["network"], options, providers=["CPUExecutionProvider"])
    side, layers = order["side"], order["layers"]
    begun = time.perf_counter()
    learnt = np.concatenate([patches(session, layers, read(path, side)) for path in order["learn"]])
    bank = Bank(coreset(learnt, order["bank"], order["seed"]))
    seconds = time.perf_counter() - begun
    scores, milliseconds = [], []
    for path in order["judge"]:
        picture = read(path, side)
        begun = time.perf_counter()
        scores.append(bank.score(patches(session, layers, picture)))
        milliseconds.append((time.perf_counter() - begun) * 1000)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    versions = f"onnxruntime {onnxruntime.__version__}, NumPy {np.__version__}"
    print(json.dumps({"versions": versions, "seconds": seconds, "peakMB": peak, "milliseconds": milliseconds, "scores": scores}))


with open(sys.argv[1], encoding="utf-8") as file:
    main(json.load(file))
