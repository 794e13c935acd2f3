"""Draws analogue dials with one pointer of many shapes; the label is the angle of its tip, clockwise from the top, 0 to 1 turn."""

import numpy as np
from camera import colour, near, photograph
from digits import Fonts
from PIL import Image, ImageDraw

WIDTH = HEIGHT = 64
SIZE = 192


def turn(points, angle, cx, cy):
    """Points in units of pixels, y up along the pointer, turned clockwise from the top."""
    s, c = np.sin(angle), np.cos(angle)
    return [(cx + x * c + y * s, cy + x * s - y * c) for x, y in points]


def circle(cx, cy, r, count=40):
    t = np.linspace(0, 2 * np.pi, count, endpoint=False)
    return list(zip(cx + r * np.cos(t), cy + r * np.sin(t)))


def pointer_shapes(rng, radius):
    """Parts as (polygon, kind): kind 'ink', 'pale' (a plate of another colour over it) or 'hub'."""
    kind = rng.choice(['drop', 'hand', 'house', 'spokes', 'arm', 'kite', 'wedge', 'arrow'], p=[0.24, 0.16, 0.15, 0.1, 0.1, 0.1, 0.1, 0.05])
    length = radius * rng.uniform(0.5, 1.05)
    parts = []
    if kind == 'drop':
        r = radius * rng.uniform(0.18, 0.42)
        length = max(length, r * 1.7)
        tip = radius * rng.uniform(0, 0.04)
        flare = rng.uniform(0.6, 1)
        parts.append((circle(0, 0, r), 'ink'))
        parts.append(([(-r * flare, r * 0.3), (-tip, length), (tip, length), (r * flare, r * 0.3)], 'ink'))
    elif kind == 'hand':
        half = radius * rng.uniform(0.02, 0.09)
        tip = half * rng.uniform(0, 0.9)
        tail = radius * rng.uniform(0, 0.4)
        parts.append(([(-half, -tail), (-half, 0), (-tip, length), (tip, length), (half, 0), (half, -tail)], 'ink'))
        parts.append((circle(0, 0, radius * rng.uniform(0.04, 0.2)), 'ink'))
        if rng.random() < 0.3:
            parts.append((circle(0, -tail, half * rng.uniform(1, 2.2)), 'ink'))
    elif kind == 'house':
        half = radius * rng.uniform(0.14, 0.34)
        back = radius * rng.uniform(0.15, 0.35)
        shoulder = length * rng.uniform(-0.1, 0.6)
        tip = half * rng.uniform(0, 0.35)
        waist = rng.uniform(0.7, 1.15)
        bend = (length - shoulder) * rng.uniform(0.2, 0.8) + shoulder
        mid = half * rng.uniform(0.45, 0.8)
        parts.append(([(-half * waist, -back), (-half, shoulder), (-mid, bend), (-tip, length), (tip, length), (mid, bend), (half, shoulder), (half * waist, -back)], 'ink'))
    elif kind == 'spokes':
        base = radius * rng.uniform(0.15, 0.3)
        for k in range(3):
            a = k * 2 * np.pi / 3
            long = length * (1 if k == 0 else rng.uniform(0.85, 1))
            spoke = [(-base, 0), (0, long), (base, 0)]
            parts.append(([(x * np.cos(a) + y * np.sin(a), y * np.cos(a) - x * np.sin(a)) for x, y in spoke], 'ink'))
        plate = radius * rng.uniform(0.75, 1)
        edge = rng.uniform(0, 0.1) * radius
        left, right = np.deg2rad(120), np.deg2rad(240)
        parts.append(([(0, edge), *[(plate * np.sin(t), plate * np.cos(t)) for t in np.linspace(left, right, 12)]], 'pale'))
    elif kind == 'arm':
        r = radius * rng.uniform(0.2, 0.42)
        half = radius * rng.uniform(0.05, 0.13)
        end = half * rng.uniform(0.3, 1.4)
        length = max(length, r * 1.7)
        parts.append(([(-half, 0), (-end, length * 0.97), (0, length), (end, length * 0.97), (half, 0)], 'ink'))
        parts.append((circle(0, 0, r), 'ink'))
        if rng.random() < 0.6:
            parts.append((circle(0, 0, r * rng.uniform(0.75, 0.95)), 'hub'))
    elif kind == 'kite':
        half = radius * rng.uniform(0.08, 0.2)
        wide = length * rng.uniform(0.15, 0.5)
        back = radius * rng.uniform(0.1, 0.4)
        parts.append(([(0, -back), (-half, wide), (0, length), (half, wide)] if rng.random() < 0.5 else [(-half, -back), (-half, wide), (0, length), (half, wide), (half, -back)], 'ink'))
        parts.append((circle(0, 0, radius * rng.uniform(0.1, 0.28)), 'ink'))
    elif kind == 'wedge':
        half = radius * rng.uniform(0.2, 0.45)
        back = radius * rng.uniform(0, 0.35)
        parts.append(([(-half, -back), (0, length), (half, -back)], 'ink'))
        parts.append((circle(0, -back, half), 'ink'))
        if rng.random() < 0.6:
            parts.append((circle(0, rng.normal(0, 0.1) * radius, half * rng.uniform(0.5, 0.95)), 'pale' if rng.random() < 0.5 else 'hub'))
    else:
        half = radius * rng.uniform(0.03, 0.07)
        head = radius * rng.uniform(0.1, 0.2)
        tail = radius * rng.uniform(0, 0.4)
        parts.append(([(-half, -tail), (-half, length * 0.7), (half, length * 0.7), (half, -tail)], 'ink'))
        parts.append(([(-head, length * 0.65), (0, length), (head, length * 0.65)], 'ink'))
        parts.append((circle(0, 0, radius * rng.uniform(0.06, 0.2)), 'ink'))
    if rng.random() < 0.4:
        parts.append((circle(0, 0, radius * rng.uniform(0.03, 0.1)), 'hub'))
    return parts


def draw_dial(rng, fonts, value):
    image = Image.new('RGB', (SIZE, SIZE), colour(rng, 40, 255))
    draw = ImageDraw.Draw(image)
    middle = SIZE / 2
    cx, cy = middle + rng.normal(0, SIZE * 0.03, 2)
    radius = SIZE / 2 * rng.uniform(0.72, 1.08)
    light = rng.random() < 0.85
    base = rng.uniform(150, 255) if light else rng.uniform(10, 110)
    face = near(rng, (base, base, base), 18)
    mark = near(rng, (40, 40, 40) if light else (220, 220, 220), 25)
    if rng.random() < 0.15 and light:
        mark = near(rng, (170, 60, 50), 30)
    if rng.random() < 0.7:
        draw.ellipse((cx - radius, cy - radius, cx + radius, cy + radius), fill=face)
        if rng.random() < 0.6:
            draw.ellipse((cx - radius, cy - radius, cx + radius, cy + radius), outline=mark, width=int(rng.uniform(1, 5)))
    else:
        image.paste(face, (0, 0, SIZE, SIZE))
    # The face may be turned against the picture and be numbered either way: what counts is where the pointer points.
    zero = 0 if rng.random() < 0.5 else rng.uniform(0, 2 * np.pi)
    sense = 1 if rng.random() < 0.75 else -1
    if rng.random() < 0.9:
        count = int(rng.choice([10, 20, 50, 100]))
        outer = radius * rng.uniform(0.8, 1)
        deep = radius * rng.uniform(0.04, 0.15)
        width = int(rng.uniform(1, 7)) if count < 50 else int(rng.uniform(1, 3))
        for k in range(count):
            a = zero + k * 2 * np.pi / count
            inner = outer - deep * (1.6 if count > 10 and k % (count // 10) == 0 else 1)
            draw.line(((cx + inner * np.sin(a), cy - inner * np.cos(a)), (cx + outer * np.sin(a), cy - outer * np.cos(a))), fill=mark, width=width)
    if rng.random() < 0.85:
        ring = radius * rng.uniform(0.5, 0.85)
        tall = radius * rng.uniform(0.12, 0.32)
        font_seed = rng.integers(1 << 31)
        for k in range(10):
            a = zero + sense * k * np.pi / 5
            mask = fonts.glyph(np.random.default_rng(font_seed), str(k))
            mask = mask.resize((max(2, int(mask.width * tall / mask.height)), int(tall)))
            image.paste(mark, (int(cx + ring * np.sin(a) - mask.width / 2), int(cy - ring * np.cos(a) - tall / 2)), mask)
    for _ in range(rng.integers(0, 3)):
        # print on the face, screws, parts beside the dial
        x, y = rng.uniform(0, SIZE, 2)
        w, h = rng.uniform(4, 40, 2)
        if np.hypot(x - cx, y - cy) > radius * 0.75:
            draw.ellipse((x, y, x + w, y + h), fill=colour(rng)) if rng.random() < 0.5 else draw.rectangle((x, y, x + w, y + h), fill=colour(rng))
    angle = value * 2 * np.pi
    red = rng.random() < 0.65
    ink = near(rng, (205, 45, 40), 28) if red else near(rng, (25, 25, 30), 18) if light else near(rng, (230, 230, 230), 20)
    if rng.random() < 0.08:
        ink = colour(rng)
    px, py = cx + rng.normal(0, SIZE * 0.012), cy + rng.normal(0, SIZE * 0.012)
    parts = pointer_shapes(rng, radius)
    paints = {'ink': ink, 'pale': near(rng, face, 25), 'hub': near(rng, ink, 60) if rng.random() < 0.6 else colour(rng)}
    if rng.random() < 0.35:
        shift = rng.normal(0, 0.04, 2) * SIZE
        shadow = Image.new('L', image.size)
        for polygon, kind in parts:
            if kind == 'ink':
                ImageDraw.Draw(shadow).polygon(turn(polygon, angle, px + shift[0], py + shift[1]), fill=int(rng.uniform(50, 140)))
        image.paste(tuple(v // 3 for v in face), (0, 0), shadow)
    layer = image.copy()
    draw = ImageDraw.Draw(layer)
    for polygon, kind in parts:
        draw.polygon(turn(polygon, angle, px, py), fill=paints[kind])
    image = Image.blend(image, layer, rng.uniform(0.45, 0.95) if rng.random() < 0.35 else 1.0)
    if rng.random() < 0.2:
        # a lamp mirrored in the pointer
        draw = ImageDraw.Draw(image)
        w, h = rng.uniform(5, 45, 2)
        x, y = px + rng.normal(0, radius * 0.3), py + rng.normal(0, radius * 0.3)
        polygon = turn([(-w / 2, -h / 2), (w / 2, -h / 2), (w / 2, h / 2), (-w / 2, h / 2)], rng.uniform(0, 7), x, y)
        draw.polygon(polygon, fill=near(rng, (205, 215, 205), 35))
    return photograph(rng, image, WIDTH, HEIGHT, 26, 150)


def draw_many(count, seed, fonts):
    fonts = Fonts(fonts)
    pictures = np.empty((count, HEIGHT, WIDTH, 3), np.uint8)
    labels = np.empty(count, np.float32)
    for at in range(count):
        rng = np.random.default_rng((seed, at))
        labels[at] = rng.random()
        pictures[at] = draw_dial(rng, fonts, labels[at])
    return pictures, labels
