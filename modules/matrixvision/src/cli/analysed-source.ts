import { mkdir, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { isMillwrightError, type MillwrightError } from '@millwright/kernel';
import { type MediaAddress, type RecordingGap, recordLasting } from '@millwright/media';
import type { VideoPart } from '../analyse/video-part.ts';
import { matrixvisionErrors } from '../errors.ts';
import { recordingName } from './analysis-folder.ts';

/** Why an analysis came to its end. */
export type Ended = 'end' | 'seconds' | 'interrupted' | 'lost';

/** What is analysed: a file as it lies there, or what an address is recorded into while it is analysed. */
export interface AnalysedSource {
  readonly parts: AsyncIterable<VideoPart> | Iterable<VideoPart>;
  /** Ends the analysis where it stands. */
  readonly enough: AbortSignal;
  /** Set where an address is recorded: as it may be shown. */
  readonly recorded: string | undefined;
  /** Stretches in which the stream of an address was lost, as far as they are over. */
  gaps(): readonly RecordingGap[];
  /** The error that ended the recording of an address, once it is over. */
  lost(): MillwrightError | undefined;
  /** Whether as much was recorded as was asked for; false for a file. */
  isWhole(): boolean;
  close(): Promise<void>;
}

export const fileSource = (path: string, interrupt: AbortSignal): AnalysedSource => ({
  ...{ parts: [{ path, startTime: 0 }], enough: interrupt, recorded: undefined },
  ...{ gaps: () => [], isWhole: () => false, lost: () => undefined },
  close: async () => undefined,
});

/** Files that are finished as often are analysed not long after they came. */
const segmentMs = { live: 10_000, fetched: 60_000 };
/** What was recorded before the interruption is looked at for so long; a slow machine may be hours behind. */
const graceMs = 10_000;
/** Within the time that a stream may be away it is asked for a few times at least. */
const longestWaitMs = 5_000;

export interface RecordOptions {
  readonly allow: readonly string[];
  readonly transport: 'tcp' | 'udp';
  /** Longest wait for the first and for each next picture. */
  readonly timeoutMs: number;
  readonly seconds: number | undefined;
  /** A live stream that stays away longer is lost. */
  readonly lostAfterMs: number;
  readonly interrupt: AbortSignal;
  /** Told what happens to the connection. */
  note(text: string): void;
}

/** Rejects with an error of `mediaErrors` where the address cannot be opened. */
export async function recordedSource(
  { url, kind }: MediaAddress,
  folder: string,
  options: RecordOptions,
): Promise<AnalysedSource> {
  const { allow, transport, timeoutMs, seconds, lostAfterMs, interrupt, note } = options;
  const place = join(folder, recordingName);
  await mkdir(place, { recursive: true });
  const openRecorder = recordLasting({
    ...{ url, folder: place, allow, transport, openTimeoutMs: timeoutMs, stallTimeoutMs: timeoutMs, signal: interrupt },
    segmentMs: kind === 'http' ? segmentMs.fetched : segmentMs.live,
    ...(seconds !== undefined && { lengthMs: seconds * 1000 }),
    ...{ lostAfterMs, reconnect: { maxMs: longestWaitMs } },
    onLost: ({ message }) => note(`${message} It is tried again for ${lostAfterMs / 1000} s.`),
    onBack: ({ from, to }) => note(`The stream is back; ${((to - from) / 1000).toFixed(1)} s of it are missing.`),
  });
  const recorder = await openRecorder.catch(async (error: unknown) => {
    await removeEmpty(place);
    throw interrupt.aborted ? matrixvisionErrors.MATRIXVISION_NO_PICTURE({}) : error;
  });
  const enough = new AbortController();
  const closing = new AbortController();
  const stop = async () => {
    await recorder.stop();
    await setTimeout(graceMs, undefined, { signal: closing.signal }).catch(() => undefined);
    enough.abort();
  };
  interrupt.addEventListener('abort', stop, { once: true });
  if (interrupt.aborted) void stop();
  let lost: MillwrightError | undefined;
  async function* parts(): AsyncGenerator<VideoPart> {
    try {
      for await (const { path, from } of recorder.segments()) yield { path, startTime: Math.round(from) };
    } catch (error) {
      if (!isMillwrightError(error)) throw error;
      lost = error;
    }
  }
  return {
    ...{ parts: parts(), enough: enough.signal, recorded: recorder.source, lost: () => lost },
    ...{ gaps: () => recorder.gaps, isWhole: () => recorder.isWhole },
    close: async () => {
      interrupt.removeEventListener('abort', stop);
      closing.abort();
      await recorder.stop();
      await removeEmpty(place);
    },
  };
}

/** A folder in which nothing was recorded must not look like an analysis. */
const removeEmpty = (folder: string): Promise<void> => rmdir(folder).catch(() => undefined);
