import type { NetworkPort } from '../detection/network-port.ts';
import type { CardSource } from './card.ts';

/** What the inputs and outputs of a network tell of its card. Classes are numbered, since their names are not in the file. */
export type GuessedCard = Pick<CardSource, 'input' | 'classes'> & { readonly output?: CardSource['output'] };

/** Size of the input where the network leaves it free. */
const usualSide = 640;
/** Fewer channels than this are no boxes with classes, more boxes than channels is what all heads have. */
const fewestBoxes = 20;

/**
 * Guesses a card from the shapes of a network, for a form to begin with: what is told by shapes alone, as the usual exporters
 * write them (Ultralytics, YOLOX, torchvision, Transformers). Scaling and colours cannot be told and are the most usual ones.
 * Undefined where nothing takes a picture.
 */
export function guessCard(inputs: readonly NetworkPort[], outputs: readonly NetworkPort[]): GuessedCard | undefined {
  const picture = inputs.find(({ dims }) => dims.length === 4 && (dims[1] === 3 || dims[3] === 3));
  if (!picture || (picture.type !== 'float32' && picture.type !== 'uint8')) return undefined;
  const isFirst = picture.dims[1] === 3;
  const [height, width] = (isFirst ? picture.dims.slice(2) : picture.dims.slice(1, 3)).map(sideOf);
  const sizeInput = inputs.find(({ type, dims }) => type === 'int64' && dims.length === 2 && dims[1] === 2);
  const output = guessOutput(outputs, Boolean(sizeInput));
  const classes = output?.classes ?? 1;
  return {
    input: {
      ...{ layout: isFirst ? 'nchw' : 'nhwc', type: picture.type, size: { width: width!, height: height! } },
      ...(picture.type === 'float32' && output?.family !== 'yolox' && { scale: 1 / 255 }),
      ...(output?.family === 'yolox' && { colour: 'bgr' as const }),
      ...(output?.family === 'detr' && { fit: 'stretch' as const }),
      ...(picture.dims[0] === 1 && { batch: 1 as const }),
      ...(inputs.length > 1 && { name: picture.name }),
      ...(sizeInput && { sizeInput: sizeInput.name }),
    },
    classes: classes === 80 ? 'coco80' : Array.from({ length: classes }, (_, index) => `class ${index + 1}`),
    ...(output && { output: output.output }),
  };
}

interface Guess {
  readonly family: CardSource['output']['family'];
  readonly output: CardSource['output'];
  readonly classes: number;
}

function guessOutput(outputs: readonly NetworkPort[], takesSize: boolean): Guess | undefined {
  const sizes = outputs.map(({ dims }) => dims.map((dim) => (typeof dim === 'number' && dim > 0 ? dim : undefined)));
  if (outputs.length === 1 && sizes[0]!.length === 3) return guessYolo(outputs[0]!, sizes[0]!);
  if (outputs.length === 3 && takesSize) return guessReady(outputs);
  const boxes = sizes.findIndex((dims) => dims.length === 3 && dims[2] === 4);
  const rows = sizes.findIndex((dims, place) => place !== boxes && dims.length === 3 && dims[2] !== 4);
  if (outputs.length !== 2 || boxes < 0 || rows < 0) return undefined;
  const output = { family: 'detr', logits: outputs[rows]!.name, boxes: outputs[boxes]!.name } as const;
  return { family: 'detr', output, classes: sizes[rows]![2] ?? 80 };
}

/** RT-DETR with its own post-processing; its exporter names the outputs, in another order than the usual one. */
function guessReady(outputs: readonly NetworkPort[]): Guess {
  const called = (name: string) => (outputs.some((one) => one.name === name) ? { [name]: name } : {});
  const names = { ...called('boxes'), ...called('scores'), ...called('labels') };
  return { family: 'detr', output: { family: 'detr', form: 'detections', ...names }, classes: 80 };
}

function guessYolo({ name }: NetworkPort, [, a, b]: readonly (number | undefined)[]): Guess | undefined {
  const yolo = (form: 'objectness' | 'anchor-free' | 'end-to-end', classes: number): Guess => ({
    ...{ family: 'yolo', output: { family: 'yolo', form }, classes },
  });
  if (b === 6 && (a === undefined || a <= 1000)) return yolo('end-to-end', 80);
  // Channels first is how heads without objectness are exported, boxes first those with it.
  if (a !== undefined && a > 4 && (b === undefined || b > a) && a < 3_000) return yolo('anchor-free', a - 4);
  if (b === undefined || b <= 5 || (a !== undefined && a < fewestBoxes)) return undefined;
  // YOLOX has one box a place of its strides, where three anchors make three. YOLOv6 has one as well, and calls it outputs.
  if (a !== undefined && isGridOf(a) && name !== 'outputs')
    return { family: 'yolox', output: { family: 'yolox', output: name, strides: [8, 16, 32] }, classes: b - 5 };
  return yolo('objectness', b - 5);
}

/** Whether square inputs of some usual side have so many places over strides of 8, 16 and 32. */
const isGridOf = (places: number): boolean =>
  [256, 320, 416, 512, 608, 640, 768, 800, 960, 1024, 1280].some(
    (side) => places === [8, 16, 32].reduce((sum, stride) => sum + (side / stride) ** 2, 0),
  );

const sideOf = (dim: number | string | undefined): number => (typeof dim === 'number' && dim > 0 ? dim : usualSide);
