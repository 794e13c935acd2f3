import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readPicture, resizePlane, seededRandom, shuffled } from '@millwright/imaging';
import { defectsKind, type LabelledPicture, openSource, readMaskFile, type Work } from '@millwright/manuvision/analyse';

export interface SeamTrials {
  /** Of each draw: pixels that were found and labelled, over those that were either. */
  readonly overlaps: readonly number[];
  readonly seconds: readonly number[];
  readonly milliseconds: readonly number[];
}

type Masked = LabelledPicture & { readonly readMask: NonNullable<LabelledPicture['readMask']> };

/** Learns from so many of images/NAME.jpg with masks/NAME_mask.png, and finds the defect on all others. */
export async function seamTrials(
  folder: string,
  { draws, pictures: count, settings }: { draws: number; pictures: number; settings: unknown },
  work: Work,
  note: (text: string) => void,
): Promise<SeamTrials> {
  const source = await openSource(join(folder, 'masks'));
  const masks = new Map(source.files.map((file) => [file.name.replace(/_mask\.png$/, ''), file]));
  const pictures = readdirSync(join(folder, 'images'))
    .filter((name) => name.endsWith('.jpg'))
    .sort()
    .map(
      (name): Masked => ({
        ...{ name, group: name, className: 'defect', read: () => readPicture(join(folder, 'images', name)) },
        readMask: () => readMaskFile(masks.get(name.replace(/\.jpg$/, ''))!),
      }),
    );
  const [overlaps, seconds, milliseconds]: [number[], number[], number[]] = [[], [], []];
  for (let draw = 1; draw <= draws; draw++) {
    const order = shuffled(pictures, seededRandom(draw));
    let begun = performance.now();
    const model = await defectsKind.train({ good: [], defects: order.slice(0, count) }, settings, draw, work);
    seconds.push((performance.now() - begun) / 1000);
    const inspection = await defectsKind.open(model, work);
    let [both, either] = [0, 0];
    for (const { read, readMask } of order.slice(count)) {
      const picture = await read();
      begun = performance.now();
      const { heatmap } = await inspection.judge(picture);
      milliseconds.push(performance.now() - begun);
      const mask = await readMask();
      const found = resizePlane(heatmap!, mask.width, mask.height);
      for (const [at, value] of mask.data.entries()) {
        const told = found.data[at]! >= 0.5;
        if (told && value > 0) both++;
        if (told || value > 0) either++;
      }
    }
    await inspection.close();
    overlaps.push(both / either);
    note(`draw ${draw}: IoU ${overlaps.at(-1)!.toFixed(3)}`);
  }
  await source.close();
  return { overlaps, seconds, milliseconds };
}
