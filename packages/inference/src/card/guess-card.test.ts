import { describe, expect, it } from 'vitest';
import type { NetworkPort } from '../detection/network-port.ts';
import { cardSchema } from './card.ts';
import { guessCard } from './guess-card.ts';

const floats = (name: string, ...dims: NetworkPort['dims'][number][]): NetworkPort => ({ name, type: 'float32', dims });
const images = floats('images', 1, 3, 640, 640);

describe('a card that is guessed from the shapes of a network', () => {
  it.each([
    ['YOLOv8', [floats('output0', 1, 7, 8400)], { family: 'yolo', form: 'anchor-free' }, 3],
    ['YOLOv5', [floats('output0', 1, 25200, 8)], { family: 'yolo', form: 'objectness' }, 3],
    ['YOLOv6', [floats('outputs', 1, 8400, 8)], { family: 'yolo', form: 'objectness' }, 3],
    ['YOLOv10', [floats('output0', 1, 300, 6)], { family: 'yolo', form: 'end-to-end' }, 'coco80'],
    ['YOLOX', [floats('output', 1, 8400, 85)], { family: 'yolox', strides: [8, 16, 32] }, 'coco80'],
    [
      'RT-DETR',
      [floats('logits', 1, 300, 2), floats('pred_boxes', 1, 300, 4)],
      { family: 'detr', logits: 'logits', boxes: 'pred_boxes' },
      2,
    ],
  ] as const)('%s', (_, outputs, output, classes) => {
    const guess = guessCard([images], outputs)!;
    expect(guess.output).toMatchObject(output);
    expect(guess.classes).toEqual(
      classes === 'coco80' ? classes : Array.from({ length: classes }, (_, n) => `class ${n + 1}`),
    );
    const card = { name: 'a', version: '1', file: 'a.onnx', ...guess };
    expect(cardSchema.safeParse(card).error?.message).toBeUndefined();
  });

  it('takes a second input for the size of the picture, and names outputs that are named', () => {
    const size: NetworkPort = { name: 'orig_target_sizes', type: 'int64', dims: ['N', 2] };
    const outputs = ['labels', 'boxes', 'scores'].map((name) => floats(name, 'N', 300));
    expect(guessCard([images, size], outputs)).toMatchObject({
      ...{ input: { name: 'images', sizeInput: 'orig_target_sizes', fit: 'stretch' }, classes: 'coco80' },
      output: { family: 'detr', form: 'detections', boxes: 'boxes', scores: 'scores', labels: 'labels' },
    });
  });

  it('has the layout, type and size of the input, and says nothing of what takes no picture', () => {
    const nhwc: NetworkPort = { name: 'x', type: 'uint8', dims: [1, 320, 416, 3] };
    expect(guessCard([nhwc], [])?.input).toEqual({
      ...{ layout: 'nhwc', type: 'uint8', size: { width: 416, height: 320 }, batch: 1 },
    });
    expect(guessCard([floats('images', 'batch', 3, 'height', 'width')], [])?.input.size).toEqual({
      width: 640,
      height: 640,
    });
    expect(guessCard([floats('tokens', 1, 77)], [images])).toBeUndefined();
    expect(guessCard([{ ...images, type: 'float16' }], [])).toBeUndefined();
  });
});
