import { dirname, join, resolve } from 'node:path';
import type { Verb, VerbContext } from '@millwright/kernel';
import { concludeFiles } from '@millwright/ledger/files';
import { parseMotRows } from '../mot/mot-rows.ts';
import { parseSequenceInfo, type SequenceInfo } from '../mot/sequence-info.ts';
import { matrixvisionCliErrors } from './errors.ts';
import { textFile, textFileIfThere } from './text-file.ts';
import { type TrackParameters, type TrackSummary, trackMethod, tracksFile } from './track-method.ts';

interface Answer extends TrackSummary {
  readonly file: string;
  readonly fps: number;
  /** Where the frame rate comes from. */
  readonly fpsFrom: 'option' | 'seqinfo.ini' | 'default';
  readonly evidence: string;
}

const defaultFps = 25;

export const trackVerb: Verb = {
  name: 'track',
  summary: 'Join detections of a MOTChallenge file into tracks; needs no server.',
  arguments: [{ name: 'DETECTIONS', summary: 'det.txt: frame, -1, left, top, width, height, confidence, …' }],
  options: [
    { name: 'out', summary: 'File for the tracks, in MOTChallenge format.', placeholder: 'FILE', required: true },
    {
      name: 'fps',
      summary: `Pictures a second; left out, those of seqinfo.ini beside it or in the folder above, else ${defaultFps}.`,
      placeholder: 'NUMBER',
    },
    {
      name: 'size',
      summary: 'Of the picture; left out, that of seqinfo.ini, else as far as boxes go.',
      placeholder: 'WxH',
    },
    {
      name: 'online',
      summary: 'Only what was known at each frame: no gaps filled, no first boxes given back.',
      type: 'boolean',
    },
    { name: 'evidence', summary: 'File for the evidence; left out, beside the tracks.', placeholder: 'FILE' },
  ],
  async run(context) {
    const detections = resolve(context.arguments.DETECTIONS!);
    const file = resolve(String(context.options.out));
    const evidence = resolve(String(context.options.evidence ?? `${file.replace(/\.[^./\\]*$/, '')}.evidence.json`));
    const { parameters, fpsFrom } = await parametersOf(context, detections);
    if (fpsFrom === 'default')
      context.note(`There is no seqinfo.ini and no --fps: ${defaultFps} pictures a second are supposed.`);
    const { output } = await concludeFiles({
      ...{ method: trackMethod, parameters, inputs: [detections], evidence },
      files: { [tracksFile]: file },
      signal: context.signal,
      progress: context.progress,
    });
    return { ...(output as TrackSummary), file, fps: parameters.fps, fpsFrom, evidence } satisfies Answer;
  },
  print: ({ frames, detections, tracks, boxes, file, fps, evidence }: Answer) =>
    [
      `${detections} detections in ${frames} frames (${fps} a second): ${tracks} tracks of ${boxes} boxes`,
      `tracks    ${file}`,
      `evidence  ${evidence}`,
    ].join('\n'),
};

async function parametersOf(
  { options }: VerbContext,
  detections: string,
): Promise<{ parameters: TrackParameters; fpsFrom: Answer['fpsFrom'] }> {
  const rows = parseMotRows(await textFile(detections), detections);
  const info = await sequenceInfo(detections);
  const fps = fpsOf(options.fps) ?? info?.frameRate;
  let [last, right, bottom] = [1, 1, 1];
  for (const { frame, box } of rows) {
    last = Math.max(last, frame);
    right = Math.max(right, box.x + box.width);
    bottom = Math.max(bottom, box.y + box.height);
  }
  const size = sizeOf(options.size);
  const parameters: TrackParameters = {
    fps: fps ?? defaultFps,
    length: Math.max(last, Math.round(info?.length ?? 1)),
    width: size?.width ?? info?.width ?? right,
    height: size?.height ?? info?.height ?? bottom,
    mode: options.online ? 'online' : 'offline',
  };
  return {
    parameters,
    fpsFrom: options.fps === undefined ? (fps === undefined ? 'default' : 'seqinfo.ini') : 'option',
  };
}

/** MOTChallenge keeps it in the folder above `det/`. */
async function sequenceInfo(detections: string): Promise<SequenceInfo | undefined> {
  const folder = dirname(detections);
  for (const path of [join(folder, 'seqinfo.ini'), join(dirname(folder), 'seqinfo.ini')]) {
    const text = await textFileIfThere(path);
    if (text !== undefined) return parseSequenceInfo(text, path);
  }
  return undefined;
}

function fpsOf(option: string | boolean | undefined): number | undefined {
  if (option === undefined) return undefined;
  const fps = Number(option);
  if (Number.isFinite(fps) && fps > 0 && fps <= 1000) return fps;
  throw matrixvisionCliErrors.MATRIXVISION_OPTION_INVALID({
    option: '--fps',
    value: String(option),
    wanted: 'a number above 0, at most 1000',
  });
}

function sizeOf(option: string | boolean | undefined): { width: number; height: number } | undefined {
  if (option === undefined) return undefined;
  const [, width, height] = /^(\d{1,5})x(\d{1,5})$/i.exec(String(option)) ?? [];
  if (width && height && Number(width) > 0 && Number(height) > 0)
    return { width: Number(width), height: Number(height) };
  throw matrixvisionCliErrors.MATRIXVISION_OPTION_INVALID({
    option: '--size',
    value: String(option),
    wanted: 'width x height in pixels, such as 1920x1080',
  });
}
