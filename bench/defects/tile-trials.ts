import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readPicture, seededRandom, shuffled } from '@millwright/imaging';
import {
  areaUnderRoc,
  defectsKind,
  type LabelledPicture,
  openSource,
  readMaskFile,
  type Work,
} from '@millwright/manuvision/analyse';

const freeClass = 'MT_Free';
/** Pictures whose numbers are nearer are of one tile. */
const near = 300;
/** Share of the good tiles that is only told. */
const heldBack = 0.2;

export interface TileTrials {
  readonly areas: readonly number[];
  readonly seconds: readonly number[];
  readonly milliseconds: readonly number[];
}

/**
 * Learns from good tiles and so many defects of each class, taken from as many tiles as can be, and tells good tiles and defects of
 * tiles of which no defect was learnt from.
 */
export async function tileTrials(
  folder: string,
  { draws, shots, settings }: { draws: number; shots: number; settings: unknown },
  work: Work,
  note: (text: string) => void,
): Promise<TileTrials> {
  const source = await openSource(folder);
  const masks = new Map(source.files.map((file) => [file.name, file]));
  const all = tilesIn(folder, (name) => readMaskFile(masks.get(name)!));
  const [areas, seconds, milliseconds]: [number[], number[], number[]] = [[], [], []];
  for (let draw = 1; draw <= draws; draw++) {
    const random = seededRandom(draw);
    const good = all.filter(({ className }) => className === freeClass);
    const tiles = shuffled([...new Set(good.map(({ group }) => group))], random);
    const told = new Set(tiles.slice(0, Math.round(tiles.length * heldBack)));
    const labelled = [...Map.groupBy(all, ({ className }) => className)]
      .filter(([className]) => className !== freeClass)
      .flatMap(([, own]) =>
        spread(
          shuffled(
            own.filter(({ group }) => !told.has(group)),
            random,
          ),
          shots,
        ),
      );
    const seen = new Set(labelled.map(({ group }) => group));
    const rest = all.filter(({ className, group }) => className !== freeClass && !seen.has(group));
    let begun = performance.now();
    const learnt = good.filter(({ group }) => !told.has(group));
    const model = await defectsKind.train({ good: learnt, defects: labelled }, settings, draw, work);
    seconds.push((performance.now() - begun) / 1000);
    const inspection = await defectsKind.open(model, work);
    const scored = async (pictures: readonly LabelledPicture[]) => {
      const scores: number[] = [];
      for (const { read } of pictures) {
        const picture = await read();
        begun = performance.now();
        scores.push((await inspection.judge(picture)).score!);
        milliseconds.push(performance.now() - begun);
      }
      return scores;
    };
    const free = good.filter(({ group }) => told.has(group));
    const area = areaUnderRoc(await scored(free), await scored(rest));
    await inspection.close();
    if (area !== null) areas.push(area);
    note(
      `draw ${draw}: ${learnt.length} good and ${labelled.length} defects learnt, ${free.length} good and ${rest.length} defects told, AUROC ${area?.toFixed(4)}`,
    );
  }
  await source.close();
  return { areas, seconds, milliseconds };
}

function tilesIn(folder: string, mask: (name: string) => ReturnType<typeof readMaskFile>): LabelledPicture[] {
  const found = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: className }) =>
      readdirSync(join(folder, className, 'Imgs'))
        .filter((name) => name.endsWith('.jpg'))
        .map((file) => ({ className, name: `${className}/Imgs/${file}`, number: Number(/num_(\d+)/.exec(file)![1]) })),
    )
    .sort((a, b) => a.number - b.number);
  let group = 0;
  return found.map(({ className, name, number }, at) => {
    if (at > 0 && number - found[at - 1]!.number > near) group++;
    return {
      ...{ name, className, group: String(group), read: () => readPicture(join(folder, name)) },
      readMask: () => mask(name.replace('.jpg', '.png')),
    };
  });
}

/** So many, one of each tile before a second of any. */
function spread(pictures: readonly LabelledPicture[], count: number): LabelledPicture[] {
  const tiles = [...Map.groupBy(pictures, ({ group }) => group).values()];
  const most = Math.max(0, ...tiles.map(({ length }) => length));
  return Array.from({ length: most }, (_, turn) => tiles.flatMap((own) => own.slice(turn, turn + 1)))
    .flat()
    .slice(0, count);
}
