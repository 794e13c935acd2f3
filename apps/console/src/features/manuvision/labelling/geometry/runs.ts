import { boundsOf, noSpans, type Row, type Spans, spansFrom } from './spans.ts';

/** A mask as it is sent and kept: lengths of unmarked and marked pixels in turn, row by row within the box, unmarked first. */
export interface RunMask {
  readonly kind: 'mask';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly runs: number[];
}

/** Undefined of nothing. */
export function toRuns(spans: Spans): RunMask | undefined {
  const box = boundsOf(spans);
  if (!box) return undefined;
  const runs: number[] = [];
  // Place along all rows laid end to end, up to which the runs tell.
  let told = 0;
  const tell = (at: number) => {
    runs.push(at - told);
    told = at;
  };
  spans.rows.forEach((row, line) => {
    for (let end = 0; end < row.length; end += 2) {
      const start = line * box.width + row[end]! - box.x;
      const stop = line * box.width + row[end + 1]! - box.x;
      // A span that goes on where the row above ended is one run with it.
      if (runs.length > 0 && start === told) {
        runs[runs.length - 1]! += stop - start;
        told = stop;
      } else {
        tell(start);
        tell(stop);
      }
    }
  });
  if (told < box.width * box.height) tell(box.width * box.height);
  return { kind: 'mask', ...box, runs };
}

export function fromRuns({ x, y, width, height, runs }: Omit<RunMask, 'kind'>): Spans {
  if (width < 1 || height < 1) return noSpans;
  const rows: number[][] = Array.from({ length: height }, () => []);
  let at = 0;
  runs.forEach((length, index) => {
    const stop = at + length;
    if (index % 2 === 1)
      for (let from = at; from < stop; ) {
        const line = Math.floor(from / width);
        const to = Math.min(stop, (line + 1) * width);
        rows[line]?.push(x + from - line * width, x + to - line * width);
        from = to;
      }
    at = stop;
  });
  return spansFrom(y, rows.map(joined));
}

/** Runs of length zero leave spans that touch. */
function joined(row: readonly number[]): Row {
  const out: number[] = [];
  for (let end = 0; end < row.length; end += 2) {
    if (row[end] === row[end + 1]) continue;
    if (out.length > 0 && out.at(-1) === row[end]) out[out.length - 1] = row[end + 1]!;
    else out.push(row[end]!, row[end + 1]!);
  }
  return out;
}
