import { join } from 'node:path';
import type { EdgeContext } from '@millwright/cloud';
import type { LineMemory } from '../line/line-memory.ts';
import type { FaultRow } from '../schema.ts';
import type { BoxFault, BoxFaultEnd } from './contract.ts';
import { LineFile } from './line-file.ts';

interface Kept {
  readonly resultId: number;
  /** Whose end the server was not told. */
  readonly fault: string | null;
}

/** What the talk of a station keeps on a box; its faults go to the server. */
export class BoxLineMemory implements LineMemory {
  readonly #context: Pick<EdgeContext, 'folder' | 'clock' | 'send'>;
  readonly #files = new Map<string, LineFile<Kept>>();

  constructor(context: Pick<EdgeContext, 'folder' | 'clock' | 'send'>) {
    this.#context = context;
  }

  /** Called when a talk begins: a fault that a process before this one could not end is over. */
  async lastResultId(stationId: string): Promise<number> {
    const { resultId, fault } = await this.#kept(stationId);
    if (fault) await this.#end({ stationId, faultId: fault, resetBy: null });
    return resultId;
  }

  /** Before the line reads it: after a restart it must not read the same number of another part. */
  async keepResultId(stationId: string, resultId: number): Promise<void> {
    await this.#keep(stationId, { resultId });
  }

  async insertFault({ id, station_id: stationId, at, code, part_id, result_id }: FaultRow): Promise<void> {
    const fault: BoxFault = { stationId, code, partId: part_id, resultId: result_id };
    await this.#context.send('fault', fault, { id, time: at.getTime() });
    await this.#keep(stationId, { fault: id, ...(result_id !== null && { resultId: result_id }) });
  }

  async endFault({ id: faultId, station_id: stationId, ended_at, reset_by: resetBy }: FaultRow): Promise<void> {
    await this.#end({ stationId, faultId, resetBy }, ended_at ?? undefined);
  }

  async #end(end: BoxFaultEnd, at: Date = this.#context.clock.now()): Promise<void> {
    await this.#context.send('fault-end', end, { time: at.getTime() });
    await this.#keep(end.stationId, { fault: null });
  }

  async #kept(stationId: string): Promise<Kept> {
    return (await this.#file(stationId).rows())[0] ?? { resultId: 0, fault: null };
  }

  async #keep(stationId: string, change: Partial<Kept>): Promise<void> {
    await this.#file(stationId).write([{ ...(await this.#kept(stationId)), ...change }]);
  }

  #file(stationId: string): LineFile<Kept> {
    const file = this.#files.get(stationId) ?? new LineFile(join(this.#context.folder, 'line', `${stationId}.jsonl`));
    this.#files.set(stationId, file);
    return file;
  }
}
