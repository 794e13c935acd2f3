import type { MotRow } from '@millwright/matrixvision';
import type { Sequence } from './sequences.ts';

/** Ways in which a camera or a detector may be worse than in the recording; the tracker keeps its one setting. */
export const perturbations: Readonly<Record<string, (sequence: Sequence) => Sequence>> = {
  'every fifth detection dropped': (sequence) => {
    const random = randomNumbers(1);
    return { ...sequence, detections: sequence.detections.filter(() => random() >= 0.2) };
  },
  'boxes trembling by 4 % of their height': (sequence) => {
    const random = randomNumbers(2);
    const off = (row: MotRow) => (random() - 0.5) * 0.08 * row.box.height;
    const detections = sequence.detections.map((row) => {
      const { x, y, width, height } = row.box;
      const box = {
        x: x + off(row),
        y: y + off(row),
        width: Math.max(1, width + off(row)),
        height: Math.max(1, height + off(row)),
      };
      return { ...row, box };
    });
    return { ...sequence, detections };
  },
  'every second frame only': (sequence) => {
    const kept = (rows: readonly MotRow[]) =>
      rows.filter(({ frame }) => frame % 2 === 1).map((row) => ({ ...row, frame: (row.frame + 1) / 2 }));
    return {
      ...sequence,
      ...{ fps: sequence.fps / 2, length: Math.ceil(sequence.length / 2) },
      ...{ detections: kept(sequence.detections), truth: kept(sequence.truth) },
    };
  },
  'camera shaking by 10 % of a body height': (sequence) => {
    const random = randomNumbers(3);
    const body = sequence.truth.map(({ box }) => box.height).sort((a, b) => a - b)[sequence.truth.length >> 1] ?? 100;
    const shakes = Array.from({ length: sequence.length + 2 }, () => ({
      x: (random() - 0.5) * 0.2 * body,
      y: (random() - 0.5) * 0.2 * body,
    }));
    const shaken = (rows: readonly MotRow[]) =>
      rows.map((row) => {
        const { x, y } = shakes[row.frame] ?? { x: 0, y: 0 };
        return { ...row, box: { ...row.box, x: row.box.x + x, y: row.box.y + y } };
      });
    return { ...sequence, detections: shaken(sequence.detections), truth: shaken(sequence.truth) };
  },
  'scores as margins (log odds)': (sequence) => {
    const margin = ({ confidence }: MotRow) => Math.log(confidence / Math.max(1e-6, 1 - confidence));
    return { ...sequence, detections: sequence.detections.map((row) => ({ ...row, confidence: margin(row) })) };
  },
};

/** The same for the same seed: a linear congruential generator (Park and Miller 1988). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
