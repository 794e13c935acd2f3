import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readPicture, seededRandom, shuffled } from '@millwright/imaging';
import {
  anomalyKind,
  areaUnderRoc,
  defectsKind,
  type InspectionKind,
  type LabelledPicture,
  type ModelFile,
  openSource,
  readMaskFile,
  type Work,
} from '@millwright/manuvision/analyse';

const freeClass = 'MT_Free';
/** Pictures whose numbers are nearer are of one tile. */
const near = 300;
/** Share of the tiles of each class that is only told. */
const heldBack = 0.25;

export interface TileTrials {
  readonly areas: readonly number[];
  /** After the same good parts alone, on the same pictures, by the kind `anomaly`. */
  readonly anomalyAreas: readonly number[];
  readonly seconds: readonly number[];
  readonly milliseconds: readonly number[];
}

/**
 * Holds back some tiles of each class, learns from the good ones and so many defects of each class of the others, from as many tiles as
 * can be, and tells good parts and defects of what was held back. Picking defects before holding tiles back would leave none to tell:
 * a class has no more than ten tiles.
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
  const [areas, anomalyAreas, seconds, milliseconds]: [number[], number[], number[], number[]] = [[], [], [], []];
  for (let draw = 1; draw <= draws; draw++) {
    const random = seededRandom(draw);
    const classes = [...Map.groupBy(all, ({ className }) => className)];
    const told = new Set(
      classes.flatMap(([, own]) => {
        const tiles = shuffled([...new Set(own.map(({ group }) => group))], random);
        return tiles.slice(0, Math.max(1, Math.round(tiles.length * heldBack)));
      }),
    );
    const [held, rest] = [all.filter(({ group }) => told.has(group)), all.filter(({ group }) => !told.has(group))];
    const learnt = rest.filter(({ className }) => className === freeClass);
    const labelled = [...Map.groupBy(rest, ({ className }) => className)]
      .filter(([className]) => className !== freeClass)
      .flatMap(([, own]) => spread(shuffled(own, random), shots));
    const free = held.filter(({ className }) => className === freeClass);
    const faulty = held.filter(({ className }) => className !== freeClass);
    const area = async (model: ModelFile, kind: InspectionKind, times: number[]) => {
      const inspection = await kind.open(model, work);
      const scored = async (pictures: readonly LabelledPicture[]) => {
        const scores: number[] = [];
        for (const { read } of pictures) {
          const picture = await read();
          const begun = performance.now();
          scores.push((await inspection.judge(picture)).score!);
          times.push(performance.now() - begun);
        }
        return scores;
      };
      const found = areaUnderRoc(await scored(free), await scored(faulty));
      await inspection.close();
      if (found === null) throw new Error(`${folder}: draw ${draw} holds nothing back to tell`);
      return found;
    };
    const begun = performance.now();
    const model = await defectsKind.train({ good: learnt, defects: labelled }, settings, draw, work);
    seconds.push((performance.now() - begun) / 1000);
    areas.push(await area(model, defectsKind, milliseconds));
    const anomaly = await anomalyKind.train({ good: learnt, defects: [] }, {}, draw, work);
    anomalyAreas.push(await area(anomaly, anomalyKind, []));
    const { weight } = model.card.settings as { readonly weight: number | null };
    note(
      `draw ${draw}: ${learnt.length} good and ${labelled.length} defects learnt, ${free.length} good and ${faulty.length} defects told, AUROC ${areas.at(-1)!.toFixed(4)} (weight ${weight}), good parts alone ${anomalyAreas.at(-1)!.toFixed(4)}`,
    );
  }
  await source.close();
  return { areas, anomalyAreas, seconds, milliseconds };
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
