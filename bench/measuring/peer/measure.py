"""The same pictures with OpenCV and scikit-image: contours at half brightness, circle fits, camera calibration."""
import glob
import json
import os
import sys

import cv2
import numpy as np
from skimage.measure import CircleModel, find_contours


def contour_of(grey, x, y, outer):
    """Longest contour at half brightness around a hole."""
    left, top = int(x - outer), int(y - outer)
    cut = grey[top : top + 2 * outer, left : left + 2 * outer]
    level = (float(cut.min()) + float(cut.max())) / 2
    line = max(find_contours(cut, level), key=len)
    return line[:, ::-1] + [left, top]


def circle_of(grey, x, y, outer):
    model = CircleModel()
    model.estimate(contour_of(grey, x, y, outer))
    return model.params


def width_of(grey):
    """Twelve rows from x 30 to 190, half way between dark and bright; the part's turn is not corrected."""
    rows = grey[52:64, 30:191].astype(float).mean(axis=0)
    level = (rows.min() + rows.max()) / 2
    below = np.nonzero(rows < level)[0]
    a, b = below[0], below[-1]
    first = a - 1 + (rows[a - 1] - level) / (rows[a - 1] - rows[a])
    last = b + (level - rows[b]) / (rows[b + 1] - rows[b])
    return last - first


def parts(folder):
    found = {}
    for path in sorted(glob.glob(os.path.join(folder, "part-*.png"))):
        grey = cv2.imread(path, cv2.IMREAD_GRAYSCALE).astype(np.float32)
        xl, yl, rl = circle_of(grey, 75, 85, 21)
        xs, ys, rs = circle_of(grey, 140, 86, 17)
        found[os.path.basename(path)] = {
            "width": width_of(grey),
            "large hole": 2 * rl,
            "small hole": 2 * rs,
            "pitch": float(np.hypot(xl - xs, yl - ys)),
        }
    return found


def camera(folder):
    board = np.zeros((40, 3), np.float32)
    board[:, :2] = np.mgrid[0:8, 0:5].T.reshape(-1, 2) * 10
    views = []
    for path in sorted(glob.glob(os.path.join(folder, "board-*.png"))):
        grey = cv2.imread(path, cv2.IMREAD_GRAYSCALE)
        seen, corners = cv2.findChessboardCorners(grey, (8, 5))
        if not seen:
            continue
        criteria = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 50, 1e-4)
        views.append(cv2.cornerSubPix(grey, corners, (7, 7), (-1, -1), criteria))
    rms, matrix, distortion, _, _ = cv2.calibrateCamera(
        [board] * len(views), views, grey.shape[::-1], None, None, flags=cv2.CALIB_FIX_K3
    )
    return {"views": len(views), "rms": rms, "fx": matrix[0, 0], "fy": matrix[1, 1], "cx": matrix[0, 2], "cy": matrix[1, 2]}


json.dump({"version": cv2.__version__, "parts": parts(sys.argv[1]), "camera": camera(sys.argv[1])}, sys.stdout)
