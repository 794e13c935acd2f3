import type { Logger } from '@millwright/kernel';
import type { HandshakeSettings } from '../handshake-settings.ts';
import type { LineProtocol } from '../line-protocol.ts';
import type { StationTalk } from '../station-talk.ts';
import { PlcWriter } from './plc-writer.ts';

/** Stations that write what they show into the OPC UA servers of controllers, as clients of them. */
export class PlcWriters implements LineProtocol {
  readonly #parts: { readonly folder: string; readonly logger: Logger };
  readonly #writers = new Map<string, PlcWriter>();
  #turn: Promise<unknown> = Promise.resolve();

  /** @param parts.folder of keys and certificates */
  constructor(parts: { readonly folder: string; readonly logger: Logger }) {
    this.#parts = parts;
  }

  async serve(talks: readonly StationTalk[]): Promise<void> {
    const wanted = new Map(talks.map((talk) => [talk.station.id, talk]));
    for (const [id, writer] of this.#writers) {
      if (wanted.get(id) === writer.talk) continue;
      this.#writers.delete(id);
      await writer.close();
    }
    for (const [id, talk] of wanted) {
      const settings = talk.settings.plc;
      if (!settings || this.#writers.has(id)) continue;
      const alone = <T>(work: () => Promise<T>) => this.#alone(work);
      this.#writers.set(id, new PlcWriter({ ...this.#parts, talk, settings, alone }));
    }
  }

  changed(talk: StationTalk): void {
    const writer = this.#writers.get(talk.station.id);
    if (writer?.talk === talk) writer.show();
  }

  problem({ plc }: HandshakeSettings, stationId: string): string | null | undefined {
    return plc ? this.#writers.get(stationId)?.problem : null;
  }

  async close(): Promise<void> {
    const writers = [...this.#writers.values()];
    this.#writers.clear();
    await Promise.all(writers.map((writer) => writer.close()));
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }
}
