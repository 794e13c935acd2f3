import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isMillwrightError } from '@millwright/kernel';
import { writeClip } from '@millwright/media';
import type { RuleEvent } from '../rules/rule.ts';
import type { VideoPart } from './video-part.ts';

/** Time before and after an event that its clip shows, milliseconds. */
const around = { before: 3_000, after: 3_000 };

/**
 * Writes the clip of each event of a video; returns their names, with slashes, in the order of the events. Undefined where
 * the video has no picture around an event, which a rule that waits for something can have after its end.
 */
export async function writeClips(
  parts: readonly VideoPart[],
  events: readonly RuleEvent[],
  folder: string,
  signal: AbortSignal,
): Promise<(string | undefined)[]> {
  if (events.length > 0) await mkdir(join(folder, 'clips'), { recursive: true });
  const names: (string | undefined)[] = [];
  const start = parts[0]?.startTime ?? 0;
  for (const [index, { rule, at, since }] of events.entries()) {
    signal.throwIfAborted();
    const name = `clips/${String(index + 1).padStart(4, '0')}-${rule}.mp4`;
    const from = Math.max(start, Math.min(since, at) - around.before);
    const to = at + around.after;
    const sources = parts.map((part, place) => ({ ...part, endTime: parts[place + 1]?.startTime }));
    const touching = sources.filter(
      ({ startTime, endTime }) => startTime <= to && (endTime === undefined || endTime >= from),
    );
    names.push(await written({ sources: touching, out: join(folder, name), from, to, signal }, name));
  }
  return names;
}

async function written(
  {
    sources,
    ...clip
  }: Omit<Parameters<typeof writeClip>[0], 'sources'> & {
    sources: readonly (VideoPart & { readonly endTime: number | undefined })[];
  },
  name: string,
): Promise<string | undefined> {
  try {
    await writeClip({
      ...clip,
      sources: sources.map(({ endTime, ...source }) => ({ ...source, ...(endTime !== undefined && { endTime }) })),
    });
    return name;
  } catch (error) {
    if (isMillwrightError(error) && error.code === 'MEDIA_CLIP_EMPTY') return undefined;
    throw error;
  }
}
