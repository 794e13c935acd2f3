"""What a cheap camera does to a drawn picture: light, blur, noise, sharpening halos, few pixels, JPEG."""

import io

import numpy as np
from PIL import Image, ImageFilter


def colour(rng, low=0, high=255):
    return tuple(int(v) for v in rng.integers(low, high + 1, 3))


def near(rng, base, spread):
    return tuple(int(np.clip(v + rng.normal(0, spread), 0, 255)) for v in base)


def photograph(rng, image, width, height, least, most):
    """image: PIL RGB, drawn large. Returns uint8 height x width x 3. least, most: range of the height as photographed."""
    tall = int(np.exp(rng.uniform(np.log(least), np.log(most))))
    wide = max(6, int(round(tall * image.width / image.height)))
    if rng.random() < 0.5:
        image = image.filter(ImageFilter.GaussianBlur(abs(rng.normal(0, 0.015)) * image.height))
    if rng.random() < 0.15:
        # motion blur along a line
        steps = int(rng.integers(2, 6))
        dx, dy = rng.normal(0, image.height * 0.012, 2)
        stack = [
            np.asarray(image.transform(image.size, Image.Transform.AFFINE, (1, 0, dx * k, 0, 1, dy * k)), np.float32)
            for k in range(steps)
        ]
        image = Image.fromarray(np.mean(stack, 0).astype(np.uint8))
    small = np.asarray(image.resize((wide, tall), Image.Resampling.BOX), np.float32)
    yy, xx = np.mgrid[0:tall, 0:wide].astype(np.float32)
    yy, xx = yy / tall - 0.5, xx / wide - 0.5
    # uneven light
    slope = rng.normal(0, 0.35, 2)
    small *= np.clip(1 + slope[0] * xx + slope[1] * yy, 0.15, 2)[..., None]
    for _ in range(rng.integers(0, 3) if rng.random() < 0.3 else 0):
        cy, cx = rng.uniform(-0.5, 0.5, 2)
        ry, rx = rng.uniform(0.03, 0.15, 2)
        glare = np.exp(-(((yy - cy) / ry) ** 2 + ((xx - cx) / rx) ** 2))
        small += glare[..., None] * rng.uniform(60, 220)
    # contrast, exposure, white balance
    contrast = np.exp(rng.normal(-0.15, 0.4))
    mean = small.mean()
    small = (small - mean) * np.clip(contrast, 0.2, 1.6) + mean + rng.normal(0, 25)
    small *= np.exp(rng.normal(0, 0.12, 3))
    if rng.random() < 0.15:
        small = np.repeat(small.mean(2, keepdims=True), 3, 2)
    noise = abs(rng.normal(0, 7))
    small = np.clip(small + rng.normal(0, noise, small.shape), 0, 255).astype(np.uint8)
    shot = Image.fromarray(small)
    if rng.random() < 0.35:
        shot = shot.filter(ImageFilter.UnsharpMask(rng.uniform(0.6, 2), int(rng.uniform(50, 400)), 0))
    if rng.random() < 0.7:
        memory = io.BytesIO()
        shot.save(memory, 'jpeg', quality=int(rng.uniform(25, 95)))
        shot = Image.open(memory).convert('RGB')
    return np.asarray(shot.resize((width, height), Image.Resampling.BILINEAR if tall < height else Image.Resampling.BOX))
