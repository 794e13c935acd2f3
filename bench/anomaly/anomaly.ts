import { fileURLToPath } from 'node:url';
import { type Picture, seededRandom, shuffled } from '@millwright/imaging';
import { anomalyKind, anomalySettingsSchema, areaUnderRoc } from '@millwright/manuvision/analyse';
import { atLeast, type Benchmark, below, type Figure } from '../lib/benchmark.ts';
import { mean } from '../lib/mean-interval.ts';
import { quantile } from '../lib/statistics.ts';
import { temporaryFolder } from '../lib/temporary-folder.ts';
import { askPatchCore, type PeerAnswer } from './patchcore-peer.ts';
import { readTiles } from './tiles.ts';

const cache = fileURLToPath(new URL('../../node_modules/.cache/millwright-bench/models', import.meta.url));
const freeClass = 'MT_Free';
/** Of the tiles without defects, so many are kept for telling. */
const heldBack = 0.2;

export const anomaly: Benchmark = {
  name: 'anomaly',
  summary: 'magnetic tiles: defects told by good parts only, image AUROC >= 0.90; training < 60 s, judging < 60 ms',
  duration: 'a minute a split',
  options: [
    { name: 'data', default: '', summary: 'folder with CLASS/Imgs/expE_num_N.jpg (magnetic-tile)' },
    { name: 'splits', default: '3', summary: 'random divisions of the good tiles' },
    { name: 'peer', default: '', summary: 'Python with bench/anomaly/peer/requirements.txt: plain PatchCore beside' },
    { name: 'settings', default: '{}', summary: 'settings of the kind, as JSON' },
    {
      name: 'by',
      default: 'tile',
      summary: 'tile or picture: what is divided; by picture is easier: other exposures of a told tile are learnt from',
    },
  ],
  async run(context) {
    const folder = context.option('data');
    if (folder === '') throw new Error('--data: give the folder of the set, which has MT_Free/Imgs in it');
    const byPicture = context.option('by') === 'picture';
    const pictures = readTiles(folder).map((one) => (byPicture ? { ...one, group: one.name } : one));
    const good = pictures.filter(({ className }) => className === freeClass);
    const bad = pictures.filter(({ className }) => className !== freeClass);
    const settings = JSON.parse(context.option('settings'));
    const work = { cache, signal: new AbortController().signal, progress: () => undefined };
    const areas: number[] = [];
    const byClass = new Map<string, number[]>();
    const [seconds, milliseconds, large]: [number[], number[], number[]] = [[], [], []];
    const peer: { readonly area: number; readonly answer: PeerAnswer }[] = [];
    for (let split = 1; split <= context.number('splits'); split++) {
      const tiles = shuffled([...new Set(good.map(({ group }) => group))], seededRandom(split));
      const told = new Set(tiles.slice(0, Math.round(tiles.length * heldBack)));
      const learnt = good.filter(({ group }) => !told.has(group));
      let begun = performance.now();
      const model = await anomalyKind.train({ good: learnt, defects: [] }, settings, split, work);
      seconds.push((performance.now() - begun) / 1000);
      const inspection = await anomalyKind.open(model, work);
      const scoreOf = async (part: (typeof pictures)[number]) => {
        const picture = await part.read();
        begun = performance.now();
        const { score } = await inspection.judge(picture);
        milliseconds.push(performance.now() - begun);
        return score!;
      };
      const free: number[] = [];
      for (const part of good) if (told.has(part.group)) free.push(await scoreOf(part));
      const scores = new Map<string, number[]>();
      for (const part of bad) {
        const own = scores.get(part.className) ?? [];
        own.push(await scoreOf(part));
        scores.set(part.className, own);
      }
      await inspection.close();
      areas.push(areaUnderRoc(free, [...scores.values()].flat())!);
      for (const [className, own] of scores)
        byClass.set(className, [...(byClass.get(className) ?? []), areaUnderRoc(free, own)!]);
      context.note(
        `split ${split}: ${learnt.length} learnt, ${free.length} good told, AUROC ${areas.at(-1)!.toFixed(4)}`,
      );
      if (context.option('peer') !== '') {
        const judged = [...good.filter(({ group }) => told.has(group)), ...bad];
        const answer = await askPatchCore(
          context.option('peer'),
          temporaryFolder(context),
          anomalySettingsSchema.parse(settings),
          { cache, seed: split, learn: learnt.map(({ path }) => path), judge: judged.map(({ path }) => path) },
        );
        const area = areaUnderRoc(answer.scores.slice(0, free.length), answer.scores.slice(free.length))!;
        peer.push({ area, answer });
        context.note(`plain PatchCore: AUROC ${area.toFixed(4)}, ${answer.seconds.toFixed(1)} s`);
      }
      if (split === 1) large.push(...(await judgeLarge(model, work)));
    }
    const figures: Figure[] = [
      byPicture
        ? { name: 'image AUROC, good only, divided by picture, mean of the splits', value: mean(areas) }
        : atLeast('image AUROC, good only, mean of the splits', mean(areas), 0.9, ''),
      { name: 'image AUROC, lowest split', value: Math.min(...areas) },
      ...[...byClass].sort().map(([name, values]) => ({ name: `image AUROC, ${name}`, value: mean(values) })),
      below('training', Math.max(...seconds), 60, 's'),
      below('memory at its peak', process.resourceUsage().maxRSS / 1024, 1024, 'MB'),
      below('judging a picture, median', quantile(milliseconds, 0.5), 60, 'ms'),
      below('judging 5 megapixels by tiles of 1024, median', quantile(large, 0.5), 250, 'ms'),
      ...peerFigures(peer),
    ];
    return {
      protocol: [
        'Good tiles (MT_Free) are divided by tile: pictures whose numbers are within 300 of each other are one tile. 80 % of the',
        'tiles are learnt from, the rest and all pictures with defects are told apart by the score. No defect is seen in learning.',
        ...(byPicture
          ? ['HERE DIVIDED BY PICTURE: other exposures of a good tile that is told may have been learnt from.']
          : []),
        'Memory is that of the whole process, reading of pictures included. Judging is without reading the file. The peer, plain',
        'PatchCore, gets the same pictures, frozen network, layers, side and size of the bank, and two threads.',
      ],
      figures,
      compared: [
        peer[0]
          ? `Plain PatchCore (bench/anomaly/peer) in the same run: ${peer[0].answer.versions}.`
          : 'Plain PatchCore: peer absent (pip install -r bench/anomaly/peer/requirements.txt, then --peer PYTHON)',
        'DifferNet (Rudolph et al., 2021): 0.977 on the whole set, good only, trained on a GPU; another division.',
      ],
    };
  },
};

function peerFigures(peer: readonly { readonly area: number; readonly answer: PeerAnswer }[]): Figure[] {
  if (peer.length === 0) return [];
  const milliseconds = peer.flatMap(({ answer }) => answer.milliseconds);
  return [
    { name: 'plain PatchCore: image AUROC, mean of the splits', value: mean(peer.map(({ area }) => area)) },
    { name: 'plain PatchCore: training', value: Math.max(...peer.map(({ answer }) => answer.seconds)), unit: 's' },
    { name: 'plain PatchCore: memory', value: Math.max(...peer.map(({ answer }) => answer.peakMB)), unit: 'MB' },
    { name: 'plain PatchCore: judging a picture, median', value: quantile(milliseconds, 0.5), unit: 'ms' },
  ];
}

/** The same model looking at drawn noise of 2592 x 1944 pixels by tiles. */
async function judgeLarge(
  model: Awaited<ReturnType<typeof anomalyKind.train>>,
  work: Parameters<typeof anomalyKind.open>[1],
): Promise<number[]> {
  const [width, height] = [2592, 1944];
  const random = seededRandom(1);
  const data = Uint8Array.from({ length: width * height }, () => 100 + random() * 40);
  const picture: Picture = { width, height, channels: 1, depth: 8, data };
  const card = { ...model.card, settings: { ...(model.card.settings as object), tile: 1024 } };
  const inspection = await anomalyKind.open({ ...model, card }, work);
  const times: number[] = [];
  for (let run = 0; run < 4; run++) {
    const begun = performance.now();
    await inspection.judge(picture);
    times.push(performance.now() - begun);
  }
  await inspection.close();
  return times.slice(1);
}
