import { decodeTracks } from '../tracks/track-decoder.ts';
import type { StoredRun } from '../tracks/track-question.ts';
import type { TrackRow } from './tables.ts';

export interface TrackSelection {
  /** Milliseconds since 1970; `to` is left out. */
  readonly from: number;
  readonly to: number;
  readonly classes?: readonly string[];
}

/** Rows of a page: a second of work or less, a few megabytes. */
const pageRows = 20_000;
const round = (value: number) => Math.round(value * 1e5) / 1e5;

/** Every box of the stored tracks within the stretch, a page at a time, run by run in order of time. */
export function* trackPages(
  runs: readonly StoredRun[],
  { from, to, classes }: TrackSelection,
): Generator<readonly TrackRow[], void, undefined> {
  const wanted = classes && new Set(classes);
  let page: TrackRow[] = [];
  for (const { runId, chunks } of runs)
    for (const chunk of chunks)
      for (const { time, width, height, objects } of decodeTracks(chunk)) {
        if (time < from || time >= to) continue;
        for (const { track, label, state, rejoined, score, box } of objects) {
          if (wanted && !wanted.has(label)) continue;
          page.push({
            ...{ runId, time, track, label, seen: state === 'seen', rejoined, score: round(score) },
            ...{ left: round(box.x / width), top: round(box.y / height) },
            ...{ width: round(box.width / width), height: round(box.height / height) },
          });
        }
        if (page.length < pageRows) continue;
        yield page;
        page = [];
      }
  if (page.length > 0) yield page;
}
