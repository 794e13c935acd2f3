import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { BenchmarkContext } from '../lib/benchmark.ts';
import { childrenOf } from '../lib/child-processes.ts';
import { processUsage, proportionalMb } from '../lib/process-usage.ts';
import { round } from '../lib/statistics.ts';
import { temporaryFolder } from '../lib/temporary-folder.ts';

const entry = fileURLToPath(new URL('./plain-pipeline.ts', import.meta.url));
const warmUpMs = 15_000;

const cpuOf = (pids: readonly number[]) => pids.reduce((sum, pid) => sum + (processUsage(pid)?.cpuSeconds ?? 0), 0);

/** The usual parts put together plainly, on the same streams; what it says in sentences. */
export async function runPeer(context: BenchmarkContext, urls: readonly string[], seconds: number): Promise<string[]> {
  context.note('the plain pipeline on the same streams');
  const models = temporaryFolder(context);
  const child: ChildProcess = spawn(process.execPath, [entry, models, String(warmUpMs + seconds * 1000), ...urls], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  context.onEnd(() => void child.kill());
  let said = '';
  child.stdout!.on('data', (chunk: Buffer) => {
    said += chunk;
  });
  await delay(warmUpMs);
  const pids = [child.pid!, ...childrenOf(child.pid!)];
  const before = cpuOf(pids);
  await delay(seconds * 1000 - 2000);
  const used = (cpuOf(pids) - before) / (seconds - 2);
  const memory = pids.reduce((sum, pid) => sum + (proportionalMb(pid) ?? 0), 0);
  await once(child, 'exit');
  const { looksPerSecond } = JSON.parse(said) as { looksPerSecond: number };
  return [
    `A plain pipeline on the same streams for ${seconds} s: a process each that decodes with node-av (FFmpeg) and scales every frame to 416x256 RGB into a pipe; one process that runs the same network on the newest frame of each in sequence, at most 5 times a second; no motion gate, tracks, rules or recording: ${round(looksPerSecond / urls.length, 2)} detections/s a stream, ${round(used, 2)} cores, ${round(memory)} MB, ${round(urls.length / used, 1)} streams per busy core.`,
  ];
}
