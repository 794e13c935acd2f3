import { OnnxGraph } from '@millwright/inference';
import type { AnomalySettings } from './anomaly-settings.ts';
import { spreadOf } from './over-picture.ts';

const float = 1;
const uint8 = 2;

/** Brightness that every picture is brought to, and the deviation of it, of 255. */
const [usualBrightness, usualDeviation] = [120, 40];
/** Below these a picture is taken for even: its noise is not blown up to structure. */
const [leastBrightness, leastDeviation] = [4, 0.02];

/** How light and contrast are spread over a picture that is parted into so many cells along a side. */
export const spreadsOver = [
  { name: 'light', cells: 8 },
  { name: 'contrast', cells: 8 },
  { name: 'coarse contrast', cells: 4 },
] as const;
/** Of 255: what is darker has no light to speak of. */
const darkest = 8;
/** Light that varies less than by this share is even. */
const evenShare = 0.02;

/**
 * From a picture of any size to what the frozen network looks at, as a network of its own: input `images`, uint8
 * [batch, height, width, 3]; outputs `prepared`, uint8 [batch, side, side, 3], and what `spreadsOver` names, each float32
 * [batch, cells * cells].
 *
 * The region is scaled by the mean of what each new pixel covers, weighted as a tent (bilinear where it grows). Light: each
 * pixel against the Gaussian mean of its surroundings, a sixteenth of the side wide, and then against the deviation over the
 * picture (flat-field correction by the picture itself, and contrast normalisation), so that exposure and slow shading do not
 * count. Differences of colour are kept as they are to the light around.
 *
 * What is taken out is told apart from that: light is the logarithm of the brightness of each cell of the picture, less its
 * mean and in its deviations over the picture; contrast is the logarithm of the deviation within each cell of `prepared`.
 */
export function prepareNetwork({ side, light, region }: AnomalySettings, opset: number): OnnxGraph {
  const graph = new OnnxGraph('prepare', opset);
  const images = graph.input('images', 'uint8', ['batch', 'height', 'width', 3]);
  const moved = graph.node('Cast', [graph.node('Transpose', [images], { perm: [0, 3, 1, 2] })], { to: float });
  const shape = graph.node('Shape', [images]);
  const rows = scaling(graph, shape, 1, side, region.y, region.height);
  const columns = graph.node('Transpose', [scaling(graph, shape, 2, side, region.x, region.width)], { perm: [1, 0] });
  const scaled = graph.node('MatMul', [graph.node('MatMul', [rows, moved]), columns]);
  const asLit = greyOf(graph, scaled);
  const even = light === 'even' ? evenLight(graph, scaled, asLit, side) : scaled;
  const cut = graph.node('Clip', [even, graph.floats([], [0]), graph.floats([], [255])]);
  const bytes = graph.node('Cast', [graph.node('Round', [cut])], { to: uint8 });
  graph.output('prepared', graph.node('Transpose', [bytes], { perm: [0, 2, 3, 1] }), 'uint8', ['batch', side, side, 3]);
  const asSeen = greyOf(graph, cut);
  for (const { name, cells } of spreadsOver) {
    const spread = name === 'light' ? lightOf(graph, asLit, side / cells) : contrastOf(graph, asSeen, side / cells);
    graph.output(name, graph.node('Flatten', [spread], { axis: 1 }), 'float32', ['batch', cells ** 2]);
  }
  return graph;
}

function lightOf(graph: OnnxGraph, grey: string, step: number): string {
  const logarithm = graph.node('Log', [graph.node('Add', [grey, graph.floats([], [darkest])])]);
  const { rest, deviation } = spreadOf(graph, meanOfCells(graph, logarithm, step));
  return graph.node('Div', [rest, graph.node('Max', [deviation, graph.floats([], [evenShare])])]);
}

function contrastOf(graph: OnnxGraph, grey: string, step: number): string {
  const mean = meanOfCells(graph, grey, step);
  const square = meanOfCells(graph, graph.node('Mul', [grey, grey]), step);
  // Rounding may leave a little less than 0.
  const variance = graph.node('Relu', [graph.node('Sub', [square, graph.node('Mul', [mean, mean])])]);
  return graph.node('Log', [graph.node('Add', [graph.node('Sqrt', [variance]), graph.floats([], [1])])]);
}

const meanOfCells = (graph: OnnxGraph, plane: string, step: number): string =>
  graph.node('AveragePool', [plane], { kernel_shape: [step, step], strides: [step, step] });

/** ITU-R BT.601. */
const greyOf = (graph: OnnxGraph, colours: string): string =>
  graph.node('Conv', [colours, graph.floats([1, 3, 1, 1], [0.299, 0.587, 0.114])]);

/** Weights [side, length] of the old pixels along an axis in each new one; the length is only known when it runs. */
function scaling(graph: OnnxGraph, shape: string, axis: number, side: number, start: number, share: number): string {
  const whole = (value: number) => graph.constant('int64', [], BigInt64Array.of(BigInt(value)));
  const number = (value: number) => graph.floats([], [value]);
  const length = graph.node('Gather', [shape, whole(axis)]);
  const pixels = graph.node('Cast', [length], { to: float });
  const places = graph.node('Cast', [graph.node('Range', [whole(0), length, whole(1)])], { to: float });
  const centres = graph.node('Add', [graph.node('Reshape', [places, graph.integers([1, -1])]), number(0.5)]);
  // Centre of each new pixel as a share of the length.
  const shares = Float32Array.from({ length: side }, (_, at) => start + ((at + 0.5) / side) * share);
  const wanted = graph.node('Mul', [graph.floats([side, 1], shares), pixels]);
  const step = graph.node('Max', [graph.node('Mul', [pixels, number(share / side)]), number(1)]);
  const distance = graph.node('Div', [graph.node('Abs', [graph.node('Sub', [centres, wanted])]), step]);
  const weights = graph.node('Relu', [graph.node('Sub', [number(1), distance])]);
  const ones = graph.node('Add', [
    graph.node('Mul', [graph.node('Reshape', [places, graph.integers([-1, 1])]), number(0)]),
    number(1),
  ]);
  return graph.node('Div', [weights, graph.node('MatMul', [weights, ones])]);
}

function evenLight(graph: OnnxGraph, colours: string, grey: string, side: number): string {
  const blur = gaussianMatrix(side, side / 16);
  const across = graph.floats([side, side], transposed(blur, side));
  const around = graph.node('MatMul', [graph.node('MatMul', [graph.floats([side, side], blur), grey]), across]);
  const base = graph.node('Max', [around, graph.floats([], [leastBrightness])]);
  const relative = graph.node('Div', [graph.node('Sub', [grey, around]), base]);
  const deviation = graph.node('Max', [spreadOf(graph, relative).deviation, graph.floats([], [leastDeviation])]);
  const contrast = graph.node('Mul', [graph.node('Div', [relative, deviation]), graph.floats([], [usualDeviation])]);
  const tint = graph.node('Mul', [
    graph.node('Div', [graph.node('Sub', [colours, grey]), base]),
    graph.floats([], [usualBrightness]),
  ]);
  const bright = graph.node('Add', [contrast, graph.floats([], [usualBrightness])]);
  return graph.node('Add', [bright, tint]);
}

/** Rows of weights that add up to 1, also at the edges. */
function gaussianMatrix(side: number, deviation: number): Float32Array {
  const matrix = new Float32Array(side * side);
  for (let row = 0; row < side; row++) {
    let sum = 0;
    const weight = (column: number) => Math.exp(-((row - column) ** 2) / (2 * deviation ** 2));
    for (let column = 0; column < side; column++) sum += weight(column);
    for (let column = 0; column < side; column++) matrix[row * side + column] = weight(column) / sum;
  }
  return matrix;
}

const transposed = (matrix: Float32Array, side: number): Float32Array =>
  Float32Array.from(matrix, (_, at) => matrix[(at % side) * side + Math.floor(at / side)]!);
