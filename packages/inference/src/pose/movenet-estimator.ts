import { checkPicture } from '../detection/check-picture.ts';
import { pixelTensor } from '../detection/pixels.ts';
import type { Box, ImageInput, InputSpec } from '../detector.ts';
import { inferenceErrors } from '../errors.ts';
import { movenetSide } from '../models/movenet/build-movenet.ts';
import { movenetModel } from '../models/movenet/movenet-model.ts';
import type { InferenceSession, Tensor } from '../onnx-runtime.ts';
import { type OpenedSession, reasonOf } from '../sessions/open-session.ts';
import { cocoKeypoints } from './coco-keypoints.ts';
import { decodeMovenet, type MovenetHeads } from './decode-movenet.ts';
import { personRegion } from './person-region.ts';
import type { Keypoint, PoseEstimator } from './pose-estimator.ts';

/** More people than this in one run cost memory and bring no speed. */
const largestBatch = 8;

export class MovenetEstimator implements PoseEstimator {
  readonly name = movenetModel.name;
  readonly version = movenetModel.version;
  readonly sha256: string;
  readonly provider: string;
  readonly keypoints = cocoKeypoints;
  readonly input: InputSpec = { width: movenetSide, height: movenetSide, format: 'rgb24', fit: 'letterbox' };
  #session: InferenceSession | undefined;

  constructor({ session, provider, sha256 }: OpenedSession & { readonly sha256: string }) {
    this.#session = session;
    this.provider = provider;
    this.sha256 = sha256;
  }

  regionFor(box: Box, size: { readonly width: number; readonly height: number }): Box {
    return personRegion(box, size);
  }

  async estimate(people: readonly ImageInput[]): Promise<Keypoint[][]> {
    for (const person of people) checkPicture(person, { size: this.input });
    const poses: Keypoint[][] = [];
    for (let start = 0; start < people.length; start += largestBatch) {
      const batch = people.slice(start, start + largestBatch);
      const heads = await this.#run(batch);
      poses.push(...batch.map((person, index) => toSource(decodeMovenet(heads, index), person)));
    }
    return poses;
  }

  async close(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    await session?.release();
  }

  async #run(people: readonly ImageInput[]): Promise<MovenetHeads> {
    if (!this.#session) throw inferenceErrors.INFERENCE_CLOSED({ model: this.name });
    const images = pixelTensor(people, { layout: 'nhwc', type: 'uint8', colour: 'rgb' });
    try {
      const results = await this.#session.run({ images });
      const numbers = ({ data }: InferenceSession.OnnxValueMapType[string]) => data as Float32Array;
      const { centre, regression, heatmap, offset } = results as Record<keyof MovenetHeads, Tensor>;
      return {
        centre: numbers(centre),
        regression: numbers(regression),
        heatmap: numbers(heatmap),
        offset: numbers(offset),
      };
    } catch (error) {
      throw inferenceErrors.INFERENCE_RUN_FAILED({ model: this.name, reason: reasonOf(error) }, error);
    }
  }
}

const toSource = (keypoints: readonly Keypoint[], { width, height, scaleX, scaleY, offsetX, offsetY }: ImageInput) =>
  keypoints.map(({ x, y, score }) => ({
    ...{ x: (x * width) / scaleX + offsetX, y: (y * height) / scaleY + offsetY, score },
  }));
