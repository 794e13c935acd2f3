import type { Picture } from '@millwright/imaging';
import { openSession, Tensor } from '@millwright/inference';
import type { Shown } from '../kinds/inspection.ts';

/** What a file says of a picture, where nothing of the product has a part in it but what shows it the picture. */
export interface PlainVerdict {
  readonly score: number;
  readonly isRejected: boolean;
}

export interface PlainInspection {
  judge(picture: Picture): Promise<PlainVerdict>;
  close(): Promise<void>;
}

/**
 * The exported file as a stranger runs it: its bytes in ONNX Runtime, red, green and blue bytes into `images` (uint8
 * [1, height, width, 3]), the score out of `score` and the decision out of `ng`. Of several views of a picture the worst counts.
 */
export async function openPlain(
  file: Uint8Array,
  shown: (picture: Picture) => readonly Shown[],
): Promise<PlainInspection> {
  const { session } = await openSession(file, { model: 'the exported model', threads: 2 });
  return {
    async judge(picture) {
      let [highest, isRejected] = [Number.NEGATIVE_INFINITY, false];
      for (const { bytes, width, height } of shown(picture)) {
        const images = new Tensor('uint8', bytes, [1, height, width, 3]);
        const { score, ng } = await session.run({ images }, ['score', 'ng']);
        highest = Math.max(highest, Number(score!.data[0]));
        isRejected ||= ng!.data[0] === 1;
      }
      return { score: highest, isRejected };
    },
    close: () => session.release(),
  };
}
