import { rgbBytes } from '@millwright/imaging';
import { openSession, Tensor } from '@millwright/inference';
import type { Inspection, Judgement } from '../kinds/inspection.ts';

/**
 * The exported file as a stranger runs it: its bytes in ONNX Runtime, the picture as red, green and blue bytes into `images` (uint8
 * [1, height, width, 3]), the score out of `score`, rejected above the threshold. No code of the kind has a part in it.
 */
export async function openPlain(file: Uint8Array, threshold: number): Promise<Inspection> {
  const { session } = await openSession(file, { model: 'the exported model', threads: 2 });
  return {
    async judge(picture): Promise<Judgement> {
      const images = new Tensor('uint8', rgbBytes(picture), [1, picture.height, picture.width, 3]);
      const { score: given } = await session.run({ images }, ['score']);
      const score = (given!.data as Float32Array)[0]!;
      const verdict = score > threshold ? 'ng' : 'ok';
      return { score, verdict, class: null, value: null, confidence: null, boxes: [], heatmap: null };
    },
    close: () => session.release(),
  };
}
