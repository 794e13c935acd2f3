import { join } from 'node:path';
import type { EdgeReport } from '@millwright/cloud';
import { type Clock, isMillwrightError, systemClock } from '@millwright/kernel';
import { readBoxState } from './box-state.ts';
import { agentErrors } from './errors.ts';
import { readJson } from './files.ts';
import { folderHolder } from './folder-lock.ts';
import { machineTime } from './link/machine-time.ts';
import { ServerApi } from './link/server-api.ts';
import { ServerClock } from './link/server-clock.ts';

/** File of the last report, for who looks at the box itself. */
export const reportFile = 'report.json';

/** How long the server may take to answer a person who waits. */
const patienceMs = 5_000;

/** How the box of a folder is, as far as this machine knows. */
export interface BoxStatus {
  readonly box: { readonly id: string; readonly name: string };
  readonly server: string;
  /** Process of the agent; null where none runs. */
  readonly pid: number | null;
  /** What the agent reported last, whether or not the server heard it. */
  readonly report: EdgeReport | null;
  /** Why the server does not answer this box now; null when it does. */
  readonly problem: { readonly code: string; readonly message: string } | null;
}

/** Throws EDGE_NOT_ENROLLED. */
export async function boxStatus(folder: string, clock: Clock = systemClock): Promise<BoxStatus> {
  const state = await readBoxState(folder);
  if (!state) throw agentErrors.EDGE_NOT_ENROLLED({ folder });
  const { box, server, token } = state;
  return {
    ...{ box: { id: box.id, name: box.name }, server, pid: folderHolder(folder)?.pid ?? null },
    report: (await readJson<EdgeReport>(join(folder, reportFile))) ?? null,
    problem: await problemWith(server, token, clock),
  };
}

async function problemWith(server: string, token: string, clock: Clock): Promise<BoxStatus['problem']> {
  const api = new ServerApi({
    ...{ url: server, token, clock: new ServerClock(clock, machineTime()), signal: AbortSignal.timeout(patienceMs) },
  });
  try {
    await api.compareClocks();
    return null;
  } catch (error) {
    if (!isMillwrightError(error)) throw error;
    return { code: error.code, message: error.message };
  }
}
