"""Draws digits of meters: rolling drums, printed figures, segments, dots; and drums caught between two digits.

Class 10 is "no single digit": a drum between two digits, or nothing at all.
"""

import glob

import numpy as np
from camera import colour, near, photograph
from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 24, 40
DRAWN_W, DRAWN_H = 96, 160
SEGMENTS = {0: 'abcdef', 1: 'bc', 2: 'abged', 3: 'abgcd', 4: 'fgbc', 5: 'afgcd', 6: 'afgedc', 7: 'abc', 8: 'abcdefg', 9: 'abcdfg'}
# Five by seven dots, rows from the top.
DOTS = [
    '0E11131519110E', '040C040404040E', '0E11010204081F', '1F02040201110E', '02060A121F0202',
    '1F101E0101110E', '0608101E11110E', '1F010204080808', '0E11110E11110E', '0E11110F01020C',
]


class Fonts:
    def __init__(self, folder):
        self.files = sorted(glob.glob(f'{folder}/**/*latin-[3-9]00-normal.woff', recursive=True))
        self.files += sorted(glob.glob(f'{folder}/**/DejaVu*.ttf', recursive=True))
        assert self.files, 'no fonts'
        self.kept = {}

    def glyph(self, rng, text):
        """A mask of one figure in a font that is drawn at random, cut to its ink."""
        path = self.files[rng.integers(len(self.files))]
        if (path, text) not in self.kept:
            mask = Image.new('L', (220, 220))
            ImageDraw.Draw(mask).text((50, 30), text, 255, ImageFont.truetype(path, 128))
            self.kept[path, text] = mask.crop(mask.getbbox())
        return self.kept[path, text]


def segments(rng, digit):
    w, h, t = 70, 120, int(rng.uniform(7, 20))
    gap = rng.uniform(-1, 5)
    mask = Image.new('L', (w, h))
    draw = ImageDraw.Draw(mask)
    m = h // 2
    lines = {
        'a': ((t / 2, t / 2), (w - t / 2, t / 2)), 'g': ((t / 2, m), (w - t / 2, m)), 'd': ((t / 2, h - t / 2), (w - t / 2, h - t / 2)),
        'f': ((t / 2, t / 2), (t / 2, m)), 'b': ((w - t / 2, t / 2), (w - t / 2, m)),
        'e': ((t / 2, m), (t / 2, h - t / 2)), 'c': ((w - t / 2, m), (w - t / 2, h - t / 2)),
    }
    on = SEGMENTS[digit]
    if digit == 7 and rng.random() < 0.4:
        on += 'f'
    if digit == 6 and rng.random() < 0.1:
        on = on.replace('a', '')
    if digit == 9 and rng.random() < 0.1:
        on = on.replace('d', '')
    ghost = int(rng.uniform(0, 70)) if rng.random() < 0.3 else 0
    for name, (start, end) in lines.items():
        level = 255 if name in on else ghost
        if level == 0:
            continue
        (x0, y0), (x1, y1) = start, end
        if y0 == y1:
            x0, x1 = x0 + gap + t / 4, x1 - gap - t / 4
            draw.polygon([(x0 - t / 4, y0), (x0 + t / 4, y0 - t / 2), (x1 - t / 4, y0 - t / 2), (x1 + t / 4, y0), (x1 - t / 4, y0 + t / 2), (x0 + t / 4, y0 + t / 2)], fill=level)
        else:
            y0, y1 = y0 + gap + t / 4, y1 - gap - t / 4
            draw.polygon([(x0, y0 - t / 4), (x0 + t / 2, y0 + t / 4), (x0 + t / 2, y1 - t / 4), (x0, y1 + t / 4), (x0 - t / 2, y1 - t / 4), (x0 - t / 2, y0 + t / 4)], fill=level)
    return mask


def dots(rng, digit):
    mask = Image.new('L', (75, 105))
    draw = ImageDraw.Draw(mask)
    gap = int(rng.integers(0, 4))
    for row in range(7):
        bits = int(DOTS[digit][row * 2 : row * 2 + 2], 16)
        for column in range(5):
            if bits >> (4 - column) & 1:
                draw.rectangle((column * 15 + gap, row * 15 + gap, column * 15 + 14 - gap // 2, row * 15 + 14 - gap // 2), fill=255)
    return mask


def draw_digit(rng, fonts, label):
    """Returns uint8 HEIGHT x WIDTH x 3. label 0 to 10."""
    style = rng.choice(['font', 'segments', 'dots'], p=[0.68, 0.26, 0.06]) if label < 10 else 'font'
    dark_ink = rng.random() < 0.5
    ground = colour(rng, 110, 255) if dark_ink else colour(rng, 0, 130)
    if rng.random() < 0.5:
        grey = float(np.mean(ground))
        ground = near(rng, (grey, grey, grey), 10)
    if rng.random() < 0.15:
        ground = near(rng, (190, 40, 35), 30)
    while True:
        ink = colour(rng, 0, 120) if dark_ink else colour(rng, 120, 255)
        if dark_ink and rng.random() < 0.15:
            ink = near(rng, (200, 30, 40), 30)
        if sum(abs(a - b) for a, b in zip(ink, ground)) > 170:
            break
    image = Image.new('RGB', (DRAWN_W, DRAWN_H), ground)
    ink_mask = Image.new('L', (DRAWN_W * 3, DRAWN_H * 3))
    tall = int(DRAWN_H * rng.uniform(0.42, 0.88))
    pitch = tall * rng.uniform(1.12, 1.75)
    slim = rng.uniform(0.72, 1.2)
    digit = int(rng.integers(10)) if label == 10 else label
    empty = label == 10 and rng.random() < 0.12
    if label == 10:
        offset = rng.uniform(0.22, 0.78)
    else:
        offset = float(np.clip(rng.normal(0, 0.07), -0.14, 0.14)) if style == 'font' else rng.normal(0, 0.03)
    cx = DRAWN_W * (1.5 + rng.normal(0, 0.07))
    cy = DRAWN_H * (1.5 + rng.normal(0, 0.03))
    seed = rng.integers(1 << 31)

    def glyph(figure):
        same = np.random.default_rng(seed)  # one drum has one font
        if style == 'segments':
            return segments(same, figure)
        if style == 'dots':
            return dots(same, figure)
        return fonts.glyph(same, str(figure))

    def place(figure, x, y):
        mask = glyph(figure)
        width = max(3, int(mask.width * tall / mask.height * slim))
        mask = mask.resize((min(width, int(DRAWN_W * 1.1)), tall))
        ink_mask.paste(255, (int(x - mask.width / 2), int(y - tall / 2)), mask)

    if not empty:
        rolls = style == 'font' and (label == 10 or rng.random() < 0.45)
        if rolls:
            for step in (-1, 0, 1, 2):
                place((digit + step) % 10, cx, cy + (step - offset) * pitch)
        else:
            place(digit, cx, cy + offset * tall)
            if rng.random() < 0.3:
                # neighbours of a display look in from the sides
                side = DRAWN_W * rng.uniform(0.75, 1.1)
                for sign in (-1, 1):
                    if rng.random() < 0.6:
                        place(int(rng.integers(10)), cx + sign * side, cy + offset * tall)
            if rng.random() < 0.15:
                r = rng.uniform(4, 9)
                ImageDraw.Draw(ink_mask).ellipse((cx + 30 - r, cy + tall / 2 - r, cx + 30 + r, cy + tall / 2 + r), fill=255)
        shear = rng.normal(0, 0.06) if style == 'font' else rng.normal(0.06, 0.07)
        angle = np.deg2rad(rng.normal(0, 3))
        c, s = np.cos(angle), np.sin(angle)
        mx, my = DRAWN_W * 1.5, DRAWN_H * 1.5
        # rotation and slant about the middle, then the middle third is cut out
        a, b, d, e = c, s + shear, -s, c
        ox, oy = mx - DRAWN_W / 2, my - DRAWN_H / 2
        coefficients = (a, b, mx + a * (ox - mx) + b * (oy - my), d, e, my + d * (ox - mx) + e * (oy - my))
        view = ink_mask.transform((DRAWN_W, DRAWN_H), Image.Transform.AFFINE, coefficients, Image.Resampling.BILINEAR)
        if rng.random() < 0.15:
            shadow = view.transform(view.size, Image.Transform.AFFINE, (1, 0, -rng.normal(0, 5), 0, 1, -rng.normal(0, 5)))
            image.paste(near(rng, tuple(v * 0.7 for v in ground), 5), (0, 0), shadow)
        image.paste(ink, (0, 0), view)
    draw = ImageDraw.Draw(image)
    if rng.random() < 0.25 and not empty:
        # a printed or pressed outline around the figure, or parts of it
        left, right = DRAWN_W * rng.uniform(0.02, 0.25), DRAWN_W * rng.uniform(0.75, 0.98)
        top, bottom = DRAWN_H / 2 - tall * rng.uniform(0.56, 0.75), DRAWN_H / 2 + tall * rng.uniform(0.56, 0.75)
        outline = ink if rng.random() < 0.5 else near(rng, ground, 50)
        corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
        width = int(rng.uniform(1, 8))
        for k in range(4):
            if rng.random() < 0.7:
                draw.line((corners[k], corners[(k + 1) % 4]), fill=outline, width=width)
    if rng.random() < 0.08:
        # small print below or above
        y = DRAWN_H * (rng.uniform(0.9, 0.98) if rng.random() < 0.6 else rng.uniform(0.0, 0.06))
        for x in np.arange(rng.uniform(0, 20), DRAWN_W, rng.uniform(5, 12)):
            draw.line((x, y - rng.uniform(1, 5), x + rng.uniform(-3, 3), y + rng.uniform(1, 5)), fill=ink, width=2)
    # the window's frame and what lies beside it
    for side in range(4):
        if rng.random() < (0.3 if not empty else 0.1):
            deep = rng.uniform(0.02, 0.14)
            what = colour(rng) if rng.random() < 0.5 else near(rng, ground, 60)
            boxes = [(0, 0, DRAWN_W * deep, DRAWN_H), (DRAWN_W * (1 - deep), 0, DRAWN_W, DRAWN_H), (0, 0, DRAWN_W, DRAWN_H * deep * 0.8), (0, DRAWN_H * (1 - deep * 0.8), DRAWN_W, DRAWN_H)]
            draw.rectangle(boxes[side], fill=what)
    if rng.random() < 0.12:
        # teeth of the drum
        x = DRAWN_W * rng.uniform(0.84, 0.95)
        step = rng.uniform(6, 16)
        for y in np.arange(0, DRAWN_H, step):
            draw.rectangle((x, y, DRAWN_W, y + step / 2), fill=ink)
    if rng.random() < 0.06:
        y = rng.uniform(0, DRAWN_H)
        draw.line((0, y, DRAWN_W, y + rng.normal(0, 10)), fill=near(rng, ink, 40), width=int(rng.uniform(1, 5)))
    return photograph(rng, image, WIDTH, HEIGHT, 13, 90)


def draw_many(count, seed, fonts):
    fonts = Fonts(fonts)
    pictures = np.empty((count, HEIGHT, WIDTH, 3), np.uint8)
    labels = np.empty(count, np.int64)
    for at in range(count):
        rng = np.random.default_rng((seed, at))
        labels[at] = 10 if rng.random() < 0.16 else rng.integers(10)
        pictures[at] = draw_digit(rng, fonts, labels[at])
    return pictures, labels
