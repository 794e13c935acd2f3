"""Teaches the small networks that read digits and dials, on drawn pictures only, and writes them as ONNX.

    pip install numpy pillow onnx jax
    python learn.py digits|dials --fonts FOLDER --out FILE.onnx [--count N] [--epochs N] [--seed N] [--begin FILE.npz]

FOLDER holds free fonts: those of the npm packages @fontsource/{barlow,barlow-condensed,roboto,roboto-condensed,oswald,saira,
saira-condensed,share-tech-mono,b612-mono,oxanium,overpass,rajdhani,bebas-neue,pathway-gothic-one,nunito,courier-prime,
ibm-plex-mono,vt323,archivo-narrow,quicksand,teko} 5.3.0 (all OFL-1.1) and DejaVu (Bitstream Vera licence).
"""

import argparse
import os
import time
from multiprocessing import Pool

import jax
import jax.numpy as jnp
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

SHAPES = {
    # (channels, kernel, stride) of each convolution, then the width of the hidden layer and the number of outputs
    'digits': ([(16, 3, 1), (32, 3, 2), (48, 3, 1), (64, 3, 2), (96, 3, 2)], 128, 11),
    'dials': ([(16, 5, 2), (32, 3, 2), (48, 3, 1), (64, 3, 2), (96, 3, 2)], 160, 72),
}


def convolve(x, w, stride):
    return jax.lax.conv_general_dilated(x, w, (stride, stride), 'SAME', dimension_numbers=('NHWC', 'HWIO', 'NHWC'))


def begin(rng, convolutions, hidden, outputs, height, width):
    weights, channels = [], 3
    for to, kernel, stride in convolutions:
        fan = kernel * kernel * channels
        weights.append((rng.normal(0, np.sqrt(2 / fan), (kernel, kernel, channels, to)), np.zeros(to)))
        channels, height, width = to, -(-height // stride), -(-width // stride)
    flat = height * width * channels
    weights.append((rng.normal(0, np.sqrt(2 / flat), (flat, hidden)), np.zeros(hidden)))
    weights.append((rng.normal(0, 0.01, (hidden, outputs)), np.zeros(outputs)))
    return [(jnp.asarray(w, jnp.float32), jnp.asarray(b, jnp.float32)) for w, b in weights]


def forward(weights, x, strides, key=None):
    """x: N x H x W x 3, normalised. Logits. With a key, half of the hidden layer is left out at random (dropout)."""
    for (w, b), stride in zip(weights[:-2], strides):
        x = jax.nn.relu(convolve(x, w, stride) + b)
    x = x.reshape(len(x), -1)
    (w, b), (w2, b2) = weights[-2:]
    if key is not None:
        keep = jax.random.bernoulli(key, 0.8, x.shape)
        x = x * keep / 0.8
    x = jax.nn.relu(x @ w + b)
    if key is not None:
        keep = jax.random.bernoulli(jax.random.fold_in(key, 1), 0.5, x.shape)
        x = x * keep / 0.5
    return x @ w2 + b2


def normalised(pictures):
    """Mean 0 and deviation 1 of each picture over all its samples: contrast and exposure no longer matter."""
    x = pictures.astype(jnp.float32)
    x = x - x.mean((1, 2, 3), keepdims=True)
    return x / (x.std((1, 2, 3), keepdims=True) + 4)


def targets_of(kind, labels, spread):
    if kind == 'digits':
        return np.eye(11, dtype=np.float32)[labels] * 0.95 + 0.05 / 11
    bins = np.arange(72) / 72
    away = (labels[:, None] - bins + 0.5) % 1 - 0.5
    soft = np.exp(-0.5 * (away * 72 / spread) ** 2)
    return (soft / soft.sum(1, keepdims=True)).astype(np.float32)


def turned(rng, x, y):
    """A batch of dials by quarters of a turn and mirrored, with the directions of their pointers."""
    quarters = int(rng.integers(4))
    x, y = np.rot90(x, -quarters, (1, 2)), np.roll(y, 18 * quarters, 1)
    if rng.random() < 0.5:
        x, y = x[:, :, ::-1], np.roll(y[:, ::-1], 1, 1)
    return np.ascontiguousarray(x), np.ascontiguousarray(y)


def draw(args):
    kind, count, seed, fonts = args
    return __import__(kind).draw_many(count, seed, fonts)


def learn(kind, pictures, labels, epochs, seed, begun_with=None, spread=0.7, still=False, held=1000, batch=64):
    convolutions, hidden, outputs = SHAPES[kind]
    strides = [s for _, _, s in convolutions]
    rng = np.random.default_rng(seed)
    weights = begin(rng, convolutions, hidden, outputs, *pictures.shape[1:3])
    if begun_with:
        kept = np.load(begun_with)
        weights = [(jnp.asarray(kept[f'w{k}']), jnp.asarray(kept[f'b{k}'])) for k in range(len(weights))]
    targets = targets_of(kind, labels, spread)
    training, checks = np.arange(held, len(pictures)), np.arange(held)
    steps = epochs * (len(training) // batch)
    zeros = jax.tree.map(jnp.zeros_like, weights)

    @jax.jit
    def step(weights, m, v, t, x, y, key):
        def loss(weights):
            logits = forward(weights, normalised(x), strides, key)
            return -(y * jax.nn.log_softmax(logits)).sum(1).mean()

        value, gradients = jax.value_and_grad(loss)(weights)
        # AdamW (Loshchilov and Hutter 2019), one cycle (Smith 2018)
        part = t / steps
        rate = 2e-3 * jnp.where(part < 0.15, part / 0.15, 0.5 * (1 + jnp.cos(jnp.pi * (part - 0.15) / 0.85)))
        m = jax.tree.map(lambda a, g: 0.9 * a + 0.1 * g, m, gradients)
        v = jax.tree.map(lambda a, g: 0.99 * a + 0.01 * g * g, v, gradients)
        weights = jax.tree.map(
            lambda w, a, b: w - rate * ((a / (1 - 0.9 ** (t + 1))) / (jnp.sqrt(b / (1 - 0.99 ** (t + 1))) + 1e-8) + 1e-2 * w),
            weights, m, v,
        )
        return weights, m, v, value

    predict = jax.jit(lambda weights, x: jax.nn.softmax(forward(weights, normalised(x), strides)))
    m, v, t, begun, sums = zeros, zeros, 0, time.time(), []
    for epoch in range(epochs):
        order = rng.permutation(training)
        for at in range(0, len(order) - batch + 1, batch):
            chosen = order[at : at + batch]
            key = jax.random.fold_in(jax.random.PRNGKey(seed), t)
            x, y = pictures[chosen], targets[chosen]
            if kind == 'dials' and not still:
                x, y = turned(rng, x, y)
            weights, m, v, value = step(weights, m, v, t, x, y, key)
            sums.append(float(value))
            t += 1
        likely = np.asarray(predict(weights, pictures[checks])).argmax(1)
        truth = targets[checks].argmax(1)
        away = np.abs((likely - truth + outputs // 2) % outputs - outputs // 2) if kind == 'dials' else (likely != truth) * 2
        print(f'epoch {epoch} loss {np.mean(sums[-200:]):.3f} right on {held} others {np.mean(away <= 1):.4f} {time.time() - begun:.0f} s', flush=True)
    return weights, strides


def write(path, weights, strides, height, width, description):
    nodes, constants = [], []

    def constant(name, value):
        constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    # Input: N x 3 x H x W, 0 to 255; normalised within the network.
    nodes.append(helper.make_node('ReduceMean', ['picture'], ['mean'], axes=[1, 2, 3], keepdims=1))
    nodes.append(helper.make_node('Sub', ['picture', 'mean'], ['centred']))
    nodes.append(helper.make_node('Mul', ['centred', 'centred'], ['squares']))
    nodes.append(helper.make_node('ReduceMean', ['squares'], ['variance'], axes=[1, 2, 3], keepdims=1))
    nodes.append(helper.make_node('Sqrt', ['variance'], ['deviation']))
    nodes.append(helper.make_node('Add', ['deviation', constant('floor', np.float32(4))], ['scale']))
    nodes.append(helper.make_node('Div', ['centred', 'scale'], ['x0']))
    at, h, w_ = 'x0', height, width
    for index, ((w, b), stride) in enumerate(zip(weights[:-2], strides)):
        w = np.asarray(w)
        constant(f'w{index}', w.transpose(3, 2, 0, 1).astype(np.float32))
        constant(f'b{index}', np.asarray(b))
        nodes.append(helper.make_node('Conv', [at, f'w{index}', f'b{index}'], [f'c{index}'], strides=[stride, stride], auto_pad='SAME_UPPER'))
        nodes.append(helper.make_node('Relu', [f'c{index}'], [f'x{index + 1}']))
        at, h, w_ = f'x{index + 1}', -(-h // stride), -(-w_ // stride)
    (w, b), (w2, b2) = weights[-2:]
    channels = np.asarray(weights[-3][1]).shape[0]
    # learnt on N x H x W x C, runs on N x C x H x W
    w = np.asarray(w).reshape(h, w_, channels, -1).transpose(2, 0, 1, 3).reshape(h * w_ * channels, -1)
    nodes.append(helper.make_node('Flatten', [at], ['flat']))
    nodes.append(helper.make_node('Gemm', ['flat', constant('wh', w), constant('bh', np.asarray(b))], ['hidden']))
    nodes.append(helper.make_node('Relu', ['hidden'], ['active']))
    nodes.append(helper.make_node('Gemm', ['active', constant('wo', np.asarray(w2)), constant('bo', np.asarray(b2))], ['logits']))
    outputs = np.asarray(b2).shape[0]
    graph = helper.make_graph(
        nodes, 'reading',
        [helper.make_tensor_value_info('picture', TensorProto.FLOAT, ['pictures', 3, height, width])],
        [helper.make_tensor_value_info('logits', TensorProto.FLOAT, ['pictures', outputs])],
        constants,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid('', 13)], ir_version=8, doc_string=description)
    onnx.checker.check_model(model)
    onnx.save(model, path)


if __name__ == '__main__':
    parser = argparse.ArgumentParser()
    parser.add_argument('kind', choices=SHAPES)
    parser.add_argument('--fonts', required=True)
    parser.add_argument('--out', required=True)
    parser.add_argument('--count', type=int, default=30000)
    parser.add_argument('--epochs', type=int, default=8)
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--drawn', help='keeps the drawn pictures here (.npz) between runs')
    parser.add_argument('--spread', type=float, default=0.7, help='of dials: deviation of the direction that is taught, in bins of 5 degrees')
    parser.add_argument('--still', action='store_true', help='of dials: batches are not turned and mirrored')
    parser.add_argument('--begin', help='weights of an earlier run (.npz) to go on from')
    parser.add_argument('--weights', help='keeps the weights here (.npz) to go on from')
    args = parser.parse_args()
    if args.drawn and os.path.exists(args.drawn):
        kept = np.load(args.drawn)
        pictures, labels = kept['pictures'], kept['labels']
    else:
        begun = time.time()
        parts = 16
        with Pool(2) as pool:
            drawn = pool.map(draw, [(args.kind, args.count // parts, args.seed * 1000 + k, args.fonts) for k in range(parts)], 1)
        pictures, labels = (np.concatenate(part) for part in zip(*drawn))
        print(f'{len(pictures)} pictures drawn in {time.time() - begun:.0f} s', flush=True)
        if args.drawn:
            np.savez(args.drawn, pictures=pictures, labels=labels)
    weights, strides = learn(args.kind, pictures, labels, args.epochs, args.seed, args.begin, args.spread, args.still)
    if args.weights:
        np.savez(args.weights, **{f'{n}{k}': np.asarray(v) for k, pair in enumerate(weights) for n, v in zip('wb', pair)})
    write(
        args.out, weights, strides, *pictures.shape[1:3],
        f'Reads {args.kind}. Learnt from {len(pictures)} drawn pictures, {args.epochs} epochs, seed {args.seed}. Apache-2.0.',
    )
