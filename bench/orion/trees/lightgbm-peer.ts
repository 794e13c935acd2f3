import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { DrawnRows } from './drawn-rows.ts';

const script = fileURLToPath(new URL('./peer/lightgbm_trees.py', import.meta.url));

/** What the peer is asked. */
export interface PeerOrder {
  readonly width: number;
  /** Rows from the first that are learnt from; the others are told. */
  readonly learnt: number;
  readonly rounds: number;
  readonly leaves: number;
  readonly learningRate: number;
  readonly minRows: number;
  readonly penalty: number;
  readonly threads: number;
}

export interface PeerAnswer {
  readonly version: string;
  /** Seconds. */
  readonly binning: number;
  readonly training: number;
  readonly predicting: number;
  /** Of all threads, for binning and training. */
  readonly processor: number;
  readonly peakMB: number;
  readonly told: readonly number[];
}

/** Writes the rows for the peer, once. */
export function writeRows(folder: string, { columns, target }: DrawnRows): { rows: string; target: string } {
  const places = { rows: join(folder, 'rows.f64'), target: join(folder, 'target.i32') };
  writeFileSync(places.rows, '');
  for (const column of columns) writeFileSync(places.rows, (column as { values: Float64Array }).values, { flag: 'a' });
  writeFileSync(places.target, target);
  return places;
}

/** Rejects where Python or LightGBM is missing. */
export async function askLightgbm(
  python: string,
  folder: string,
  order: PeerOrder & ReturnType<typeof writeRows>,
): Promise<PeerAnswer> {
  const file = join(folder, 'order.json');
  writeFileSync(file, JSON.stringify(order));
  const { stdout } = await promisify(execFile)(python, [script, file], { maxBuffer: 1e9 });
  return JSON.parse(stdout) as PeerAnswer;
}
