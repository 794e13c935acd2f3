import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { MillwrightError, Verb, VerbContext } from '@millwright/kernel';
import { concludeFiles } from '@millwright/ledger/files';
import { parseAddress } from '@millwright/media';
import { analyseVideo, type VideoAnalysis } from '../analyse/analyse-video.ts';
import type { DetectionProgress } from '../analyse/detect-in-video.ts';
import {
  type AnalysedCrossing,
  type AnalysedEvent,
  type AnalyseOutput,
  type AnalyseParameters,
  analysedFiles,
  analyseMethod,
  type RunFigures,
} from './analyse-method.ts';
import { type AnalyseCall, analyseCall } from './analyse-options.ts';
import { type AnalysedSource, type Ended, fileSource, recordedSource } from './analysed-source.ts';
import { evidenceName, makeWritableFor, prepareFolder } from './analysis-folder.ts';
import { requireFile } from './text-file.ts';

type Answer = Omit<AnalyseOutput, 'events' | 'crossings'> &
  RunFigures & {
    /** `clip`: path of the MP4; null without --out. */
    readonly events: readonly (AnalysedEvent & { readonly evidence: string | null })[];
    /** What the counts of lines are made of. */
    readonly crossings: readonly AnalysedCrossing[];
    /** Path of the evidence file, for `millwright verify`; null without --out. */
    readonly evidence: string | null;
    readonly ended: Ended;
    /** Stretches without a picture, since the stream of an address was lost: seconds from the start of the video, and why. */
    readonly gaps: readonly { readonly from: number; readonly to: number; readonly code: string }[];
    /** What ended the stream of an address before its time. */
    readonly lost: { readonly code: string; readonly message: string } | null;
  };

export const analyseVerb: Verb = {
  name: 'analyse',
  summary:
    'Find, follow and count things in a video or the stream of a camera; rules make events with clips. Needs no server.',
  arguments: [
    {
      name: 'VIDEO',
      summary:
        'A file (mp4, mkv, avi, gif, ts, …), rtsp://, rtsps://, http:// or https:// (a file or HLS), usb:0 or /dev/video0. Addresses are recorded into DIR while they are analysed.',
    },
  ],
  options: [
    { name: 'model', summary: 'A bundled network, or a model card of your own.', placeholder: 'NAME|card.json' },
    { name: 'rules', summary: 'Lines and zones; modules/matrixvision/README.md describes them.', placeholder: 'FILE' },
    {
      name: 'attributes',
      summary: 'What people wear, as `attribute teach` wrote it: for the rule equipment-missing.',
      placeholder: 'attribute.json,…',
    },
    {
      name: 'every',
      summary: 'Detect on every Nth frame; auto, the default: where it is worth it.',
      placeholder: 'N|auto',
    },
    { name: 'labels', summary: 'Only things of these labels.', placeholder: 'person,car' },
    { name: 'seconds', summary: 'Stop after so many seconds of the video.', placeholder: 'N' },
    {
      name: 'until-end',
      summary: 'Go on until the stream ends or Ctrl-C is pressed: the default. What came until then is kept.',
      type: 'boolean',
    },
    { name: 'threads', summary: 'Networks at work at once; left out, one for each core.', placeholder: 'N' },
    { name: 'out', summary: 'Folder for tracks, events, clips, recording and evidence.', placeholder: 'DIR' },
    { name: 'overwrite', summary: 'Replace an earlier analysis in DIR.', type: 'boolean' },
    { name: 'tracks', summary: 'File for the tracks, in MOTChallenge format.', placeholder: 'FILE' },
    {
      name: 'allow-network',
      summary: 'Addresses inside the network that may be opened, beside the setting allowedNetworks.',
      placeholder: '192.168.7.0/24,HOST',
    },
    { name: 'transport', summary: 'How RTSP carries pictures; left out, tcp.', placeholder: 'tcp|udp' },
    {
      name: 'lost-after',
      summary:
        'A live stream that is lost is connected to again; one that stays away longer ends it. Seconds, left out, 30.',
      placeholder: 'N',
    },
    { name: 'timeout', summary: 'Longest wait for a picture in seconds; left out, 10.', placeholder: 'N' },
  ],
  async run(context): Promise<Answer> {
    const { options, signal } = context;
    const address = parseAddress(context.arguments.VIDEO!);
    const file = address.kind === 'file' ? resolve(address.shown) : undefined;
    if (file !== undefined) await requireFile(file);
    const call = await analyseCall(context);
    const out = typeof options.out === 'string' ? resolve(options.out) : undefined;
    const reads = [...(file === undefined ? [] : [file]), ...cardOf(call), ...attributeFiles(call)];
    if (out !== undefined) await prepareFolder(out, { overwrite: options.overwrite === true, reads });
    if (typeof options.tracks === 'string') await makeWritableFor(options.tracks);
    // Without a folder to keep it in, the work is done all the same and only the answer remains.
    const place = out ?? (await mkdtemp(join(tmpdir(), 'millwright-analyse-')));
    try {
      const source =
        file === undefined
          ? await recordedSource(address, place, { ...call, interrupt: signal, note: context.note })
          : fileSource(file, signal);
      try {
        return await analysed(context, call, source, place);
      } finally {
        await source.close();
      }
    } finally {
      if (out === undefined) await rm(place, { recursive: true, force: true });
    }
  },
  print(answer: Answer): string {
    const { frames, fps, looked, tracks, events, counts, gaps, evidence } = answer;
    return [
      `${frames} frames at ${fps} frames/s; the network looked at ${looked} of them`,
      `${tracks} tracks, ${events.length} events`,
      ...Object.entries(counts).map(
        ([rule, figures]) =>
          `  ${rule}: ${Object.entries(figures)
            .map(([name, value]) => `${name} ${value}`)
            .join(', ')}`,
      ),
      ...events.map(
        ({ at, rule, direction, label, track, doubts }) =>
          `  ${at.toFixed(2)} s  ${[rule, direction, label, track].filter((part) => part !== null).join(' ')}${doubts.length > 0 ? `  unconfirmed: ${doubts.join(', ')}` : ''}`,
      ),
      ...gaps.map(({ from, to, code }) => `no stream from ${from.toFixed(1)} s to ${to.toFixed(1)} s (${code})`),
      ...(evidence ? [`evidence  ${evidence}`] : []),
    ].join('\n');
  },
};

async function analysed(
  context: VerbContext,
  call: AnalyseCall,
  source: AnalysedSource,
  place: string,
): Promise<Answer> {
  const { options, signal, note, folder: cache } = context;
  const keeps = options.out !== undefined;
  if (source.recorded !== undefined && call.seconds === undefined && !signal.aborted)
    note('Recording and analysing until the stream ends; Ctrl-C ends it with everything written.');
  signal.addEventListener('abort', () => note('Ending; what came until now is written. Ctrl-C again leaves at once.'), {
    once: true,
  });
  const analysis = await analyseVideo({
    ...{ parts: source.parts, enough: source.enough, signal: new AbortController().signal },
    ...{ model: call.hasCard ? resolve(call.model) : call.model, models: join(cache, 'models') },
    ...{ every: call.every, labels: call.labels, seconds: call.seconds, rules: call.rules },
    attributes: call.attributes.map(({ model }) => model),
    ...{ threads: call.threads ?? availableParallelism(), progress: shown(context, call.seconds) },
  }).catch((error: unknown) => {
    // That there was no picture is what came of it; why there was none says more.
    throw source.lost() ?? error;
  });
  const lost = source.lost();
  if (lost) note(`${lost.message} What came before is kept.`);
  if (analysis.brokenOff) note(`The video cannot be read on after ${analysis.frames} frames (${analysis.brokenOff}).`);
  const { seconds, shown: shownSeconds } = analysis.video;
  // The end of a file that was cut off looks like an end.
  const isReadWhole = !analysis.brokenOff && call.seconds === undefined && !signal.aborted && !lost;
  if (isReadWhole && seconds - shownSeconds > Math.max(1, seconds / 20))
    note(
      `The file states ${seconds.toFixed(1)} s, but its pictures end after ${shownSeconds.toFixed(1)} s: it may have been cut off.`,
    );
  for (const { rule, missing, names } of analysis.unjudged)
    note(
      missing === 'labels'
        ? `The rule ${rule} finds nothing: ${analysis.model.name} knows none of ${names.join(', ')}.`
        : `The rule ${rule} finds nothing: what was taught as ${names.join(', ')} is not among --attributes.`,
    );
  let figures: RunFigures | undefined;
  const method = analyseMethod({
    already: analysis,
    told: (told) => {
      figures = told;
    },
  });
  const evidence = join(place, evidenceName);
  const { output } = await concludeFiles({
    ...{ method, evidence, cache, parameters: parametersOf(call, source, analysis, keeps) },
    inputs: [...analysis.parts.map(({ path }) => path), ...cardOf(call), ...attributeFiles(call)],
    // What came until Ctrl-C is written all the same.
    signal: new AbortController().signal,
    ...(typeof options.tracks === 'string' && { files: { [analysedFiles.tracks]: resolve(options.tracks) } }),
  });
  const { events, crossings, ...rest } = output as AnalyseOutput;
  const pathOf = (clip: string | null) => (clip && keeps ? join(place, clip) : null);
  return {
    ...{ ...rest, ...figures! },
    events: events.map((event) => ({
      ...event,
      ...{ clip: pathOf(event.clip), evidence: keeps ? evidence : null },
    })),
    crossings: crossings.map((crossing) => ({ ...crossing, clip: pathOf(crossing.clip) })),
    evidence: keeps ? evidence : null,
    ended: signal.aborted ? 'interrupted' : endedBy(lost, source, call, analysis),
    gaps: gapsWithin(source, analysis).map(({ from, to, code }) => ({
      ...{ from: sinceStart(from, analysis), to: sinceStart(to, analysis), code },
    })),
    lost: lost ? { code: lost.code, message: lost.message } : null,
  };
}

const cardOf = ({ hasCard, model }: AnalyseCall): string[] => (hasCard ? [resolve(model)] : []);
const attributeFiles = ({ attributes }: AnalyseCall): string[] => attributes.map(({ file }) => file);

/** Times in milliseconds since 1970. */
function gapsWithin(source: AnalysedSource, { parts }: VideoAnalysis) {
  const start = parts[0]!.startTime;
  return source
    .gaps()
    .filter(({ from }) => from >= start)
    .map(({ from, to, error }) => ({ from: Math.round(from), to: Math.round(to), code: error.code }));
}

const sinceStart = (time: number, { parts }: VideoAnalysis): number => (time - parts[0]!.startTime) / 1000;

function endedBy(
  lost: MillwrightError | undefined,
  source: AnalysedSource,
  { seconds }: AnalyseCall,
  { observations }: VideoAnalysis,
): Exclude<Ended, 'interrupted'> {
  if (lost) return 'lost';
  if (source.isWhole()) return 'seconds';
  const shown = observations.at(-1)!.time - observations[0]!.time;
  // Within a second: the next picture would have been beyond.
  return seconds !== undefined && shown >= (seconds - 1) * 1000 ? 'seconds' : 'end';
}

/** What is as if it had been asked for, so that `verify` comes to the same: where it was interrupted, the frames until then. */
function parametersOf(
  { model, hasCard, every, labels, seconds, threads, rules }: AnalyseCall,
  source: AnalysedSource,
  analysis: VideoAnalysis,
  clips: boolean,
): AnalyseParameters {
  const { enough, recorded } = source;
  const gaps = gapsWithin(source, analysis);
  const startTimes = analysis.parts.map(({ startTime }) => startTime);
  return {
    ...(!hasCard && { model }),
    every,
    ...(labels && { labels: [...labels] }),
    ...(seconds !== undefined && { seconds }),
    ...(enough.aborted && { frames: analysis.frames }),
    ...(recorded !== undefined && {
      recording: { source: recorded, startTimes, ...(gaps.length > 0 && { gaps }) },
    }),
    ...{ rules, clips },
    ...(threads !== undefined && { threads }),
  };
}

/** More often nobody reads it. */
const shownEveryMs = 200;

/** Frames, speed, and how far it has come where that is known. */
function shown({ progress }: VerbContext, seconds: number | undefined): (done: DetectionProgress) => void {
  let [begun, last] = [performance.now(), 0];
  return ({ frames, ms, durationMs }) => {
    const now = performance.now();
    if (frames === 1) begun = now;
    if (now - last < shownEveryMs) return;
    last = now;
    const wholeMs = Math.min(durationMs ?? Number.POSITIVE_INFINITY, (seconds ?? Number.POSITIVE_INFINITY) * 1000);
    const rate = frames / Math.max(0.001, (now - begun) / 1000);
    progress(
      Number.isFinite(wholeMs) && wholeMs > 0 ? Math.min(1, ms / wholeMs) : undefined,
      `${frames} frames, ${rate.toFixed(0)} frames/s`,
    );
  };
}
