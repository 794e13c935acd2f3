/** What runs in an InspectionProcess. */
import type { Plane } from '@millwright/imaging';
import { isMillwrightError } from '@millwright/kernel';
import sharp from 'sharp';
import { readAs } from '../datasets/read-picture-file.ts';
import { conditionsOf } from '../drift/picture-conditions.ts';
import { type Explanation, explain } from '../explanations/explain.ts';
import type { TrainingResult } from '../inspections/training-result.ts';
import type { Estimate, Inspection, Kept, TrainingParts, Work } from '../kinds/inspection.ts';
import { inspectionKind } from '../kinds/registry.ts';
import { settingsOf } from '../kinds/settings-of.ts';
import { suggestRegions } from '../labelling/suggest-regions.ts';
import { studyPictures } from '../measuring/study-pictures.ts';
import type { Reading } from '../model-file/model-file.ts';
import { readModelFile } from '../model-file/read-model-file.ts';
import { writeModelFile } from '../model-file/write-model-file.ts';
import { resumably } from '../training/kept-folder.ts';
import { lookThrough } from '../training/look-through.ts';
import { openModel } from '../training/open-model.ts';
import { trainInspection } from '../training/train-inspection.ts';
import type {
  Answer,
  Ask,
  ExplainRequest,
  Judged,
  JudgeRequest,
  KindRequest,
  RetuneRequest,
  StudyRequest,
  Suggested,
  TrainRequest,
} from './messages.ts';
import { isLabelled, labelledOf, partOf } from './parts-of-files.ts';
import { tryKind } from './try-kind.ts';

const cancels = new Map<number, AbortController>();
const say = (answer: Answer) => process.send!(answer);

/** Inspections that are open, the one used last at the end. */
const open = new Map<string, { inspection: Inspection; threshold: number | null; reading: Reading | undefined }>();
const mostOpen = 4;

async function train(request: TrainRequest, work: Work): Promise<TrainingResult> {
  const { kind, good, defects, seed, falseRejects, settings, out } = request;
  const fileNames = new Map([...good, ...defects].map(({ name, fileName }) => [name, fileName]));
  const part = (from: number, to: number): Work => ({
    ...work,
    // Who looks on knows pictures by the names of their files.
    progress: (share, text) => work.progress(from + (to - from) * share, text && (fileNames.get(text) ?? text)),
  });
  const { sound, leftOut, alike } = await lookThrough([...good.map(partOf), ...defects.map(labelledOf)], part(0, 0.1));
  const parts: TrainingParts = {
    good: sound.filter((one) => !isLabelled(one)),
    defects: sound.filter(isLabelled),
  };
  // A version of a data set says it of all pictures alike.
  const reading = [...good, ...defects].find((one) => one.reading)?.reading;
  const training = {
    kind: await inspectionKind(kind),
    parts,
    settings,
    seed,
    falseRejects,
    ...(reading && { reading }),
  };
  const run = (kept?: Kept) => trainInspection(training, { ...part(0.1, 1), kept });
  const { model, promise, misses, conditions, suspects, parity } = request.resume
    ? await resumably(work.cache, training, run)
    : await run();
  await writeModelFile(model, out);
  return {
    images: { good: parts.good.length, defects: parts.defects.length },
    threshold: model.card.threshold,
    falseRejects: promise && { per1000: promise.per1000, low: promise.low, high: promise.high },
    conditions,
    leftOut: leftOut.map(({ name, reason }) => ({ name, fileName: fileNames.get(name)!, reason })),
    details: { promise, misses, parity, suspects: suspects.map(({ name, score }) => ({ name, score })), alike },
  };
}

async function estimate(request: KindRequest, signal: AbortSignal): Promise<Estimate> {
  const kind = await inspectionKind(request.kind);
  const work = { cache: request.cache, signal, progress: () => undefined };
  const parts = { good: request.good.map(partOf), defects: request.defects.map(labelledOf) };
  return kind.estimate(parts, settingsOf(kind, request.settings), work);
}

async function judge({ model, picture, cache }: JudgeRequest): Promise<Judged> {
  const { inspection, threshold, reading } = await opened(model, cache);
  const read = await readAs(picture, reading);
  const { heatmap, ...judgement } = await inspection.judge(read);
  return {
    ...judgement,
    threshold,
    conditions: conditionsOf(read),
    heatmap: heatmap && (await heatPng(heatmap, threshold)),
  };
}

async function suggest({ model, picture, cache }: JudgeRequest): Promise<Suggested> {
  const { inspection, threshold, reading } = await opened(model, cache);
  const read = await readAs(picture, reading);
  const judgement = await inspection.judge(read);
  const { verdict, class: name, score } = judgement;
  return { verdict, class: name, score, threshold, regions: suggestRegions(judgement, read) };
}

async function explainPart(request: ExplainRequest, signal: AbortSignal): Promise<Explanation> {
  const { model, name, picture, good, defects, confirmed, cache } = request;
  const file = await readModelFile(model);
  return explain(
    {
      ...{ model: file, name, picture: await readAs(picture, file.card.reading) },
      ...{ good: good.map(partOf), defects: defects.map(labelledOf) },
      confirmed: confirmed.map((one) => ({
        ...partOf({ ...one, reading: file.card.reading }),
        className: one.className,
      })),
    },
    { cache, signal, progress: () => undefined },
  );
}

async function retune({ model: path, threshold, out }: RetuneRequest): Promise<null> {
  const model = await readModelFile(path);
  await writeModelFile({ ...model, card: { ...model.card, threshold } }, out);
  return null;
}

function study({ plan, calibration, pictures }: StudyRequest, work: Pick<Work, 'signal' | 'progress'>) {
  const read = pictures.map(({ path, reading, ...picture }) => ({
    ...picture,
    read: () => readAs(path, reading, { name: picture.fileName }),
  }));
  return studyPictures(read, plan, calibration ?? undefined, work);
}

async function opened(path: string, cache: string) {
  const found = open.get(path);
  open.delete(path);
  if (found) open.set(path, found);
  if (found) return found;
  for (const [old, { inspection }] of [...open].slice(0, Math.max(open.size - mostOpen + 1, 0))) {
    open.delete(old);
    await inspection.close();
  }
  const work = { cache, signal: new AbortController().signal, progress: () => undefined };
  const { model, inspection } = await openModel(path, work);
  const made = { inspection, threshold: model.card.threshold, reading: model.card.reading };
  open.set(path, made);
  return made;
}

/** Grey, the limit in the middle: what is brighter speaks against the part. */
function heatPng({ width, height, data }: Plane, threshold: number | null): Promise<Uint8Array> {
  const most = data.reduce((one, other) => Math.max(one, other), Number.MIN_VALUE);
  const scale = 127.5 / (threshold !== null && threshold > 0 ? threshold : most / 2);
  const bytes = Uint8Array.from(data, (value) => Math.round(Math.min(Math.max(value * scale, 0), 255)));
  return sharp(bytes, { raw: { width, height, channels: 1 } })
    .toColourspace('b-w')
    .png()
    .toBuffer();
}

async function answer(ask: Exclude<Ask, { do: 'cancel' }>, { signal }: AbortController): Promise<void> {
  const { id } = ask;
  const progress = (fraction: number, message?: string) => say({ id, progress: fraction, message });
  try {
    if (ask.do === 'open') {
      await opened(ask.request.model, ask.request.cache);
      say({ id, value: null });
    } else if (ask.do === 'estimate') say({ id, value: await estimate(ask.request, signal) });
    else if (ask.do === 'explain') say({ id, value: await explainPart(ask.request, signal) });
    else if (ask.do === 'try') say({ id, value: await tryKind(ask.request, signal) });
    else if (ask.do === 'train')
      say({ id, value: await train(ask.request, { cache: ask.request.cache, signal, progress }) });
    else if (ask.do === 'study') say({ id, value: await study(ask.request, { signal, progress }) });
    else if (ask.do === 'retune') say({ id, value: await retune(ask.request) });
    else say({ id, value: await (ask.do === 'judge' ? judge : suggest)(ask.request) });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const known = isMillwrightError(error)
      ? { code: error.code, status: error.status, message: error.message, details: error.details }
      : null;
    say({ id, error: known, reason });
  } finally {
    cancels.delete(id);
  }
}

// One after the other: networks take all cores as it is, and none is closed for another one's sake while it judges.
let queue = Promise.resolve();
process.on('message', (ask: Ask) => {
  if (ask.do === 'cancel') return cancels.get(ask.id)?.abort();
  const cancel = new AbortController();
  cancels.set(ask.id, cancel);
  queue = queue.then(() => answer(ask, cancel));
});
// Whoever started it is gone: nobody will ever ask again.
process.on('disconnect', () => process.exit());
