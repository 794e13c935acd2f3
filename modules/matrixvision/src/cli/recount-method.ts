import { createReadStream } from 'node:fs';
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileMethod } from '@millwright/ledger/files';
import { Recount, type RecountedRule } from '../tracks/replay.ts';
import { TrackDecoder } from '../tracks/track-decoder.ts';
import { rulesFrom } from './rules-from.ts';

export interface RecountSummary {
  readonly observations: number;
  readonly rules: readonly RecountedRule[];
}

export const recountedEvents = 'events.json';

/** Inputs: the tracks, the new rules, and the old ones where there are any. */
export const recountMethod: FileMethod = {
  id: 'matrixvision.recount',
  version: '4',
  description:
    'Replays stored tracks under old and new rules with the code that runs live, and puts the figures side by side.',
  async run(_parameters, [tracks, rules, oldRules], { folder, signal, progress }) {
    const now = await rulesFrom(rules!);
    const old = oldRules === undefined ? undefined : await rulesFrom(oldRules);
    const { size } = await stat(tracks!);
    const both = new Recount(old, now);
    const decoder = new TrackDecoder();
    let [read, observations] = [0, 0];
    for await (const chunk of createReadStream(tracks!, { signal }) as AsyncIterable<Buffer>) {
      read += chunk.length;
      for (const observation of decoder.push(chunk)) {
        observations += 1;
        both.observe(observation);
      }
      progress(read / Math.max(1, size));
    }
    decoder.end();
    const { rules: figures, events } = both.finish();
    await writeFile(join(folder, recountedEvents), `${JSON.stringify({ events }, null, 1)}\n`);
    return { output: { observations, rules: figures } satisfies RecountSummary, files: [recountedEvents] };
  },
};
