"""A plain pipeline of the usual parts, beside ours: OpenCV reads and scales, ONNX Runtime runs the same network file, SORT tracks.

Arguments: VIDEO NETWORK.onnx TRACKS.txt THREADS. Writes MOTChallenge, frames from 1; prints one JSON object.
The network is NanoDet as Millwright converts it (bytes in, NHWC); decoding follows its paper, in NumPy. SORT is Bewley 2016 with
its own settings: a filter of constant velocity, one association by overlap (0.3), three hits to begin, one frame without any to
end. Reading runs in a thread of its own, as a careful script would have it, and so does each run of the network.
"""
import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from queue import Queue
from threading import Thread

import cv2
import numpy as np
import onnxruntime as ort
from scipy.optimize import linear_sum_assignment

PERSON = 0
STRIDES = (8, 16, 32)
RANGE = 10
THRESHOLD = 0.5
SUPPRESSION = 0.6


def session_of(path):
    options = ort.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return ort.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def fitted(frame, long_side=416, multiple=32):
    """The frame at the top left of a grey picture whose sides the network takes, as Millwright gives it."""
    height, width = frame.shape[:2]
    scale = long_side / max(height, width)
    target = [int(np.ceil(side * scale / multiple - 1e-6)) * multiple for side in (height, width)]
    inner = min(target[0] / height, target[1] / width)
    small = cv2.resize(frame, (round(width * inner), round(height * inner)), interpolation=cv2.INTER_AREA)
    picture = np.full((target[0], target[1], 3), 114, np.uint8)
    picture[: small.shape[0], : small.shape[1]] = cv2.cvtColor(small, cv2.COLOR_BGR2RGB)
    return picture[None], inner


class Decoder:
    """Boxes of one class from the output of NanoDet."""

    def __init__(self, height, width):
        centres, strides = [], []
        for stride in STRIDES:
            rows, columns = -(-height // stride), -(-width // stride)
            y, x = np.mgrid[:rows, :columns]
            centres.append(np.stack([x.ravel() + 0.5, y.ravel() + 0.5], 1) * stride)
            strides.append(np.full(rows * columns, stride))
        self.centres, self.strides = np.concatenate(centres), np.concatenate(strides)

    def __call__(self, output, scale):
        classes = output.shape[1] - 4 * (RANGE + 1)
        scores = 1 / (1 + np.exp(-output[:, PERSON]))
        found = np.flatnonzero(scores >= THRESHOLD)
        if found.size == 0:
            return np.empty((0, 4))
        sides = output[found, classes:].reshape(-1, 4, RANGE + 1)
        weights = np.exp(sides - sides.max(2, keepdims=True))
        away = (weights * np.arange(RANGE + 1)).sum(2) / weights.sum(2) * self.strides[found, None]
        centre = self.centres[found]
        boxes = np.concatenate([centre - away[:, :2], centre + away[:, 2:]], 1) / scale
        corners = np.concatenate([boxes[:, :2], boxes[:, 2:] - boxes[:, :2]], 1)
        kept = cv2.dnn.NMSBoxes(corners.tolist(), scores[found].tolist(), THRESHOLD, SUPPRESSION)
        return boxes[np.asarray(kept, int).ravel()]


def overlaps(a, b):
    left = np.maximum(a[:, None, :2], b[None, :, :2])
    right = np.minimum(a[:, None, 2:], b[None, :, 2:])
    inner = np.prod(np.clip(right - left, 0, None), 2)
    area = lambda boxes: np.prod(boxes[:, 2:] - boxes[:, :2], 1)
    return inner / (area(a)[:, None] + area(b)[None] - inner)


class Track:
    """Kalman filter over centre, area and shape; the shape stands still."""

    F = np.eye(7)
    F[0, 4] = F[1, 5] = F[2, 6] = 1
    H = np.eye(4, 7)
    R = np.diag([1.0, 1.0, 10.0, 10.0])
    Q = np.diag([1.0, 1.0, 1.0, 1.0, 0.01, 0.01, 0.0001])

    def __init__(self, box, number):
        self.x = np.concatenate([self.measured(box), np.zeros(3)])
        self.P = np.diag([10.0, 10.0, 10.0, 10.0, 1e4, 1e4, 1e4])
        self.number, self.hits, self.missed = number, 0, 0

    @staticmethod
    def measured(box):
        width, height = box[2] - box[0], box[3] - box[1]
        return np.array([(box[0] + box[2]) / 2, (box[1] + box[3]) / 2, width * height, width / height])

    def predict(self):
        if self.x[2] + self.x[6] <= 0:
            self.x[6] = 0
        self.x = self.F @ self.x
        self.P = self.F @ self.P @ self.F.T + self.Q
        if self.missed > 0:
            self.hits = 0
        self.missed += 1
        return self.box()

    def update(self, box):
        self.missed = 0
        self.hits += 1
        gain = self.P @ self.H.T @ np.linalg.inv(self.H @ self.P @ self.H.T + self.R)
        self.x = self.x + gain @ (self.measured(box) - self.H @ self.x)
        self.P = (np.eye(7) - gain @ self.H) @ self.P

    def box(self):
        width = np.sqrt(max(self.x[2] * self.x[3], 1e-6))
        height = self.x[2] / width
        return np.array([self.x[0] - width / 2, self.x[1] - height / 2, self.x[0] + width / 2, self.x[1] + height / 2])


class Sort:
    def __init__(self, max_age=1, min_hits=3, iou=0.3):
        self.max_age, self.min_hits, self.iou = max_age, min_hits, iou
        self.tracks, self.frames, self.number = [], 0, 0

    def update(self, boxes):
        self.frames += 1
        predicted = np.array([track.predict() for track in self.tracks]).reshape(-1, 4)
        unmatched = set(range(len(boxes)))
        if len(self.tracks) and len(boxes):
            ratio = overlaps(boxes, predicted)
            for row, column in zip(*linear_sum_assignment(-ratio)):
                if ratio[row, column] >= self.iou:
                    self.tracks[column].update(boxes[row])
                    unmatched.discard(row)
        for row in unmatched:
            self.number += 1
            self.tracks.append(Track(boxes[row], self.number))
        shown = [
            (track.number, track.box())
            for track in self.tracks
            if track.missed < 1 and (track.hits >= self.min_hits or self.frames <= self.min_hits)
        ]
        self.tracks = [track for track in self.tracks if track.missed <= self.max_age]
        return shown


def read(path, queue):
    video = cv2.VideoCapture(path)
    while True:
        good, frame = video.read()
        if not good:
            break
        queue.put(fitted(frame))
    queue.put(None)


def main(video, network, tracks, threads):
    cv2.setNumThreads(threads)
    sessions = Queue()
    for _ in range(threads):
        sessions.put(session_of(network))
    name = sessions.queue[0].get_inputs()[0].name
    warm = sessions.queue[0]
    warm.run(None, {name: np.full((1, 320, 416, 3), 114, np.uint8)})
    begun = time.perf_counter()
    queue = Queue(maxsize=8)
    Thread(target=read, args=(video, queue), daemon=True).start()
    tracker, decoder, rows, frames = Sort(), None, [], 0

    def look(picture):
        session = sessions.get()
        try:
            return session.run(None, {name: picture})[0][0]
        finally:
            sessions.put(session)

    def track(waiting):
        nonlocal decoder, frames
        future, scale, size = waiting
        decoder = decoder or Decoder(*size)
        frames += 1
        for number, (left, top, right, bottom) in tracker.update(decoder(future.result(), scale)):
            rows.append(f"{frames},{number},{left:.2f},{top:.2f},{right - left:.2f},{bottom - top:.2f},1,-1,-1,-1\n")

    with ThreadPoolExecutor(threads) as pool:
        waiting = []
        while (item := queue.get()) is not None:
            picture, scale = item
            waiting.append((pool.submit(look, picture), scale, picture.shape[1:3]))
            if len(waiting) > threads + 1:
                track(waiting.pop(0))
        for each in waiting:
            track(each)
    seconds = time.perf_counter() - begun
    with open(tracks, "w") as file:
        file.writelines(rows)
    versions = f"OpenCV {cv2.__version__}, ONNX Runtime {ort.__version__}, NumPy {np.__version__}, Python {sys.version.split()[0]}"
    print(json.dumps({"version": versions, "frames": frames, "seconds": seconds}))


main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))
