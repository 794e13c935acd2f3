import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { FileMethod } from '@millwright/ledger/files';
import { z } from 'zod';
import { analyseVideo, motTracks, type VideoAnalysis } from '../analyse/analyse-video.ts';
import { writeClips } from '../analyse/write-clips.ts';
import { readAttribute } from '../attributes/commands/read-attribute.ts';
import { defaultModel } from '../pipeline/default-model.ts';
import type { Placed, RuleEvent } from '../rules/rule.ts';
import { rulesFileSchema } from '../rules/rules-file.ts';
import { encodeTracks } from '../tracks/track-encoder.ts';

const parametersSchema = z.strictObject({
  /** A bundled network; left out where a model card follows the videos among the inputs. Taught attributes come last. */
  model: z.string().optional(),
  every: z.union([z.number().int().min(1), z.literal('auto')]),
  labels: z.array(z.string()).optional(),
  seconds: z.number().positive().optional(),
  /** Ends after so many frames: where somebody interrupted it. */
  frames: z.number().int().min(1).optional(),
  /** The first inputs are the files that an address was recorded into, in order, instead of one video. */
  recording: z
    .strictObject({
      /** The address as it may be shown. */
      source: z.string(),
      /** Capture time of the first picture of each file, milliseconds since 1970. */
      startTimes: z.array(z.number()).min(1).max(9_999),
      /** When there was no stream and why; between these files, or after the last. Told, not proved. */
      gaps: z.array(z.strictObject({ from: z.number(), to: z.number(), code: z.string() })).optional(),
    })
    .optional(),
  rules: rulesFileSchema,
  clips: z.boolean(),
  /** Changes how fast, not what: sums within an operator are not split over threads. */
  threads: z.number().int().min(1).optional(),
});
export type AnalyseParameters = z.input<typeof parametersSchema>;

export interface AnalysedEvent {
  readonly rule: string;
  readonly kind: string;
  readonly severity: string;
  /** Seconds from the start of the video. */
  readonly at: number;
  readonly since: number;
  readonly track: number | null;
  readonly tracks: readonly number[];
  readonly label: string | null;
  readonly confirmed: boolean;
  readonly doubts: readonly string[];
  readonly position: { readonly x: number; readonly y: number } | null;
  readonly values: Readonly<Record<string, number | string>>;
  readonly direction: 'in' | 'out' | null;
  readonly clip: string | null;
}

/** A place in fractions of the picture; `at` in seconds from the start of the video. */
interface AnalysedPlace {
  readonly x: number;
  readonly y: number;
  readonly at: number;
}

/** One of the crossings that a count is made of. */
export interface AnalysedCrossing {
  readonly rule: string;
  /** Seconds from the start of the video. */
  readonly at: number;
  readonly track: number | null;
  readonly label: string | null;
  readonly direction: 'in' | 'out';
  readonly confirmed: boolean;
  readonly doubts: readonly string[];
  /** On either side of the line. */
  readonly before: AnalysedPlace;
  readonly after: AnalysedPlace;
  /** Why it is no event; null: it is one. */
  readonly keptBack: NonNullable<RuleEvent['keptBack']> | null;
  readonly clip: string | null;
}

export interface AnalyseOutput {
  readonly frames: number;
  readonly looked: number;
  readonly corrupt: number;
  /** Code of the error at which the file cannot be read on; null where it was read to its end. */
  readonly brokenOff: string | null;
  /** `startedAt`: capture time of the first picture, ISO 8601, where the video has one. */
  readonly video: VideoAnalysis['video'] & { readonly startedAt: string | null };
  readonly model: VideoAnalysis['model'];
  readonly detections: number;
  readonly tracks: number;
  readonly counts: VideoAnalysis['counts'];
  /** Rules that nothing could be found by: their equipment or all of their classes are not known. They have no counts. */
  readonly unjudged: VideoAnalysis['unjudged'];
  readonly events: readonly AnalysedEvent[];
  /** All that are counted, whether they are events or not. */
  readonly crossings: readonly AnalysedCrossing[];
}

/** Figures of one run that another run does not repeat. */
export interface RunFigures {
  readonly fps: number;
  readonly networkShare: number;
  readonly provider: string;
}

/** What `analyse` writes, by the method's own names. */
export const analysedFiles = {
  tracks: 'tracks.txt',
  stored: 'tracks.mwt',
  rules: 'rules.json',
  events: 'events.json',
  crossings: 'crossings.json',
} as const;

const round = (value: number, digits = 3) => Math.round(value * 10 ** digits) / 10 ** digits;
const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

export interface AnalyseRun {
  /** Told of the speed of this run, which is no part of the result. */
  readonly told?: (figures: RunFigures) => void;
  /** The analysis of these very inputs, where it went on while they were being recorded. */
  readonly already?: VideoAnalysis;
}

export function analyseMethod({ told, already }: AnalyseRun = {}): FileMethod {
  return {
    id: 'matrixvision.analyse',
    version: '7',
    description:
      'Looks at a video with a detector, joins what it saw into tracks (ByteTrack, Zhang 2022; OC-SORT, Cao 2023; smoothing, Rauch, Tung and Striebel 1965), and decides the rules on them.',
    async run(parameters, inputs, { folder, cache, signal, progress }) {
      const given = parametersSchema.parse(parameters);
      const startTimes = given.recording?.startTimes ?? [0];
      const parts = startTimes.map((startTime, index) => ({ path: inputs[index]!, startTime }));
      const attributes = inputs.slice(parts.length + (given.model === undefined ? 1 : 0));
      const analysis =
        already ??
        (await analyseVideo({
          ...{ parts, model: given.model ?? inputs[parts.length] ?? defaultModel, models: join(cache, 'models') },
          attributes: await Promise.all(attributes.map(readAttribute)),
          ...{ every: given.every, labels: given.labels, rules: given.rules, seconds: given.seconds, signal },
          ...{ mostFrames: given.frames, threads: given.threads ?? availableParallelism() },
          progress: ({ ms, durationMs }) => progress(durationMs ? 0.9 * Math.min(1, ms / durationMs) : 0, 'looking'),
        }));
      const clips = given.clips ? await writeClips(analysis.parts, analysis.events, folder, signal) : [];
      progress(1);
      told?.({
        fps: round(analysis.frames / (analysis.wallMs / 1000), 1),
        networkShare: round(analysis.networkMs / analysis.wallMs),
        provider: analysis.provider,
      });
      const output = outputOf(analysis, clips, given.recording?.startTimes[0]);
      await writeFile(join(folder, analysedFiles.tracks), motTracks(analysis.tracks));
      await writeFile(join(folder, analysedFiles.stored), encodeTracks(analysis.observations));
      await writeFile(join(folder, analysedFiles.rules), json(given.rules));
      await writeFile(join(folder, analysedFiles.events), json(output.events));
      await writeFile(join(folder, analysedFiles.crossings), json(output.crossings));
      return { output, files: [...Object.values(analysedFiles), ...clips.filter((clip) => clip !== undefined)] };
    },
  };
}

/** @param startedAt capture time of the first picture, which times are counted from; left out, they are already */
function outputOf(
  analysis: VideoAnalysis,
  clips: readonly (string | undefined)[],
  startedAt: number | undefined,
): AnalyseOutput {
  const { frames, looked, corrupt, video, model, detections, tracks, counts, unjudged } = analysis;
  const seconds = (time: number) => round((time - (startedAt ?? 0)) / 1000);
  const found = analysis.events.map((event, index) => ({ event, clip: clips[index] ?? null }));
  return {
    ...{ frames, looked, corrupt, brokenOff: analysis.brokenOff ?? null },
    video: { ...video, startedAt: startedAt === undefined ? null : new Date(startedAt).toISOString() },
    ...{ model, detections, tracks: tracks.length, counts, unjudged },
    events: found
      .filter(({ event }) => event.keptBack === undefined)
      .map(({ event, clip }) => ({
        ...{ rule: event.rule, kind: event.kind, severity: event.severity },
        ...{ at: seconds(event.at), since: seconds(event.since) },
        ...{ track: event.tracks[0] ?? null, tracks: event.tracks, label: event.label ?? null },
        ...{ confirmed: event.confirmed, doubts: event.doubts },
        position: event.position ? { x: round(event.position.x, 4), y: round(event.position.y, 4) } : null,
        ...{ values: event.values, direction: event.crossing?.direction ?? null, clip },
      })),
    crossings: found.flatMap(({ event, clip }) => {
      const { crossing } = event;
      if (!crossing) return [];
      const place = ({ x, y, time }: Placed) => ({ x: round(x, 4), y: round(y, 4), at: seconds(time) });
      return [
        {
          ...{ rule: event.rule, at: seconds(event.at), track: event.tracks[0] ?? null, label: event.label ?? null },
          ...{ direction: crossing.direction, confirmed: event.confirmed, doubts: event.doubts },
          ...{ before: place(crossing.from), after: place(crossing.to) },
          ...{ keptBack: event.keptBack ?? null, clip },
        },
      ];
    }),
  };
}
