import { classesOf, type ModelCard } from '../card/card.ts';
import type { CardInput } from '../card/input.ts';
import { type Candidate, type OutputTensor, ShapeMismatch } from '../decoders/decoder.ts';
import { decoderOf } from '../decoders/registry.ts';
import { suppress } from '../decoders/suppress.ts';
import type { Detection, Detector, ImageInput, InputSpec } from '../detector.ts';
import { inferenceErrors } from '../errors.ts';
import { inferenceNotes } from '../notes.ts';
import { type InferenceSession, Tensor } from '../onnx-runtime.ts';
import { type OpenedSession, reasonOf } from '../sessions/open-session.ts';
import { checkPicture } from './check-picture.ts';
import { inputSpecFor } from './input-spec.ts';
import { type NetworkPort, networkPorts } from './network-port.ts';
import { pixelTensor } from './pixels.ts';
import { outputTensor, toSource } from './results.ts';

/** More pictures than this in one run cost memory and bring no speed. */
const largestBatch = 8;

export interface OnnxDetectorParts extends OpenedSession {
  readonly card: ModelCard;
  readonly sha256: string;
  /** Length of the longer side of the input, for a network of free size; left out: as the card says. */
  readonly longSide?: number | undefined;
  /** The classes that are looked for unless a call names others; left out: all. */
  readonly only?: readonly string[] | undefined;
}

/** A detector that a card describes. */
export class OnnxDetector implements Detector {
  readonly name: string;
  readonly version: string;
  readonly sha256: string;
  readonly provider: string;
  readonly labels: readonly string[];
  readonly threshold: number;
  /** What its card says of the input. */
  readonly input: CardInput;
  /** See `OnnxDetectorParts`. */
  readonly longSide: number | undefined;
  readonly inputs: readonly NetworkPort[];
  readonly outputs: readonly NetworkPort[];
  readonly #card: ModelCard;
  readonly #only: readonly string[] | undefined;
  #session: InferenceSession | undefined;

  constructor({ card, session, provider, sha256, longSide, only }: OnnxDetectorParts) {
    this.name = card.name;
    this.version = card.version;
    this.sha256 = sha256;
    this.provider = provider;
    this.labels = classesOf(card);
    this.threshold = card.threshold;
    this.#card = card;
    this.input = card.input;
    this.longSide = longSide;
    this.#only = only;
    this.inputs = networkPorts(session.inputMetadata);
    this.outputs = networkPorts(session.outputMetadata);
    this.#session = session;
  }

  inputFor(width: number, height: number): InputSpec {
    return inputSpecFor(this.#card.input, width, height, this.longSide);
  }

  /** One run on a grey picture: memory is taken and the shapes of the results are looked at. */
  async warmUp(): Promise<void> {
    const { width, height, format } = this.inputFor(16, 9);
    const data = new Uint8Array(width * height * 3).fill(114);
    await this.detect([{ width, height, format, data, scaleX: 1, scaleY: 1, offsetX: 0, offsetY: 0 }]);
  }

  async detect(
    pictures: readonly ImageInput[],
    { threshold = this.#card.threshold, labels = this.#only }: { threshold?: number; labels?: readonly string[] } = {},
  ): Promise<Detection[][]> {
    const results: Detection[][] = Array.from({ length: pictures.length }, () => []);
    for (const picture of pictures) checkPicture(picture, this.#card.input);
    const asked = labels && new Set(labels);
    const wanted = this.labels.map((label) => asked?.has(label) ?? true);
    for (const places of this.#batches(pictures)) {
      const batch = places.map((place) => pictures[place]!);
      const candidates = await this.#run(batch, threshold, wanted);
      places.forEach((place, index) => {
        results[place] = candidates[index]!.map((candidate) => toSource(candidate, batch[index]!, this.labels));
      });
    }
    return results;
  }

  async close(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    await session?.release();
  }

  /** Places of pictures that can run together: of one size, and not too many. */
  #batches(pictures: readonly ImageInput[]): number[][] {
    const most = this.#card.input.batch === 1 ? 1 : largestBatch;
    const open = new Map<string, number[]>();
    const batches: number[][] = [];
    pictures.forEach(({ width, height }, place) => {
      const size = `${width}x${height}`;
      const batch = open.get(size);
      if (batch && batch.length < most) batch.push(place);
      else {
        const begun = [place];
        open.set(size, begun);
        batches.push(begun);
      }
    });
    return batches;
  }

  async #run(pictures: readonly ImageInput[], threshold: number, wanted: readonly boolean[]): Promise<Candidate[][]> {
    const { output, suppression } = this.#card;
    const decoder = decoderOf(output);
    const outputs = await this.#outputs(pictures, decoder.outputs(output));
    const { width, height } = pictures[0]!;
    const request = {
      ...{ width, height, batch: pictures.length, classes: this.labels.length, threshold },
      wanted: (index: number) => wanted[index] ?? false,
      asked: [...wanted.keys()].filter((index) => wanted[index]),
    };
    try {
      const found = decoder.decode(
        outputs.map(({ tensor }) => tensor),
        output,
        request,
      );
      const iou = decoder.suppressed(output) ? 1 : suppression.iou;
      return found.map((candidates) => suppress(candidates.filter(isNumber), iou, suppression.limit));
    } catch (error) {
      if (!(error instanceof ShapeMismatch)) throw error;
      const { name, tensor } = outputs[error.place]!;
      const values = { output: name, actual: `[${tensor.dims.join(', ')}]`, expected: error.expected };
      throw this.#mismatch(inferenceNotes['output-shape'](values));
    }
  }

  async #outputs(pictures: readonly ImageInput[], wanted: readonly (string | undefined)[]) {
    if (!this.#session) throw inferenceErrors.INFERENCE_CLOSED({ model: this.name });
    const { inputNames, outputNames } = this.#session;
    const names = wanted.map((name, place) => name ?? outputNames[place] ?? `${place + 1}`);
    for (const output of names)
      if (!outputNames.includes(output))
        throw this.#mismatch(inferenceNotes['output-missing']({ output, outputs: outputNames }));
    const { input } = this.#card;
    const feeds: Record<string, Tensor> = { [input.name ?? inputNames[0]!]: pixelTensor(pictures, input) };
    if (input.sizeInput !== undefined) feeds[input.sizeInput] = sizeTensor(pictures);
    const results = await this.#session.run(feeds, names).catch((error: unknown) => {
      throw inferenceErrors.INFERENCE_RUN_FAILED({ model: this.name, reason: reasonOf(error) }, error);
    });
    return names.map((name): { name: string; tensor: OutputTensor } => {
      const result = results[name]!;
      const tensor = outputTensor(result as Tensor);
      if (!tensor) throw this.#mismatch(inferenceNotes['output-type']({ output: name, actual: result.type }));
      return { name, tensor };
    });
  }

  #mismatch(reason: ReturnType<(typeof inferenceNotes)['output-missing']>) {
    return inferenceErrors.INFERENCE_CARD_MISMATCH({ model: this.name, reason });
  }
}

/** A network that went wrong gives boxes of no number, which nothing after it could compare. */
const isNumber = ({ left, top, right, bottom, score }: Candidate): boolean =>
  [left, top, right, bottom, score].every(Number.isFinite);

/** Width and height of each picture, as RT-DETR's own post-processing takes them. */
function sizeTensor(pictures: readonly ImageInput[]): Tensor {
  const sizes = pictures.flatMap(({ width, height }) => [BigInt(width), BigInt(height)]);
  return new Tensor('int64', BigInt64Array.from(sizes), [pictures.length, 2]);
}
