import { statfs } from 'node:fs/promises';
import type { Bus } from '@millwright/bus';
import type { Clock, Logger } from '@millwright/kernel';
import type { Picture, PictureSource } from '../stations/picture-source.ts';
import type { InspectionProcess } from '../work/inspection-process.ts';
import { BrokerBeat } from './broker-beat.ts';
import { FaultLog } from './fault-log.ts';
import { handshakeSettings } from './handshake-settings.ts';
import type { LineMemory } from './line-memory.ts';
import type { LineProtocol } from './line-protocol.ts';
import { StationHealth } from './station-health.ts';
import { StationTalk } from './station-talk.ts';
import type { LineVerdict, TalkingStation } from './talking-station.ts';

export interface TalksParts<Station extends TalkingStation> {
  /** Those that are judged here; who has no handshake does not talk. */
  stations(): Promise<readonly Station[]>;
  readonly memory: LineMemory;
  readonly process: InspectionProcess;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly cache: string;
  /** On the disk that verdicts are written to. */
  readonly dataFolder: string;
  readonly protocols: readonly LineProtocol[];
  /** Path of the model that a station judges by. */
  model(station: Station): Promise<string>;
  /** Judges a picture that nobody sent by hand; resolves once the verdict is kept. */
  judge(station: Station, picture: Picture): Promise<LineVerdict>;
  endLot(station: Station): Promise<void>;
  /** A station shows something else, or lives on. */
  tell?(station: Station, talk: StationTalk): void;
  sourceProblem(stationId: string): string | null;
  /** Where a station takes a picture at each trigger; undefined: pictures come by themselves. */
  sourceOf?(stationId: string): PictureSource | undefined;
}

/** The talks of all stations of this machine that are set up for one, from its start to its end. */
export class StationTalks<Station extends TalkingStation> {
  readonly #parts: TalksParts<Station>;
  readonly #talks = new Map<string, { readonly talk: StationTalk; readonly setUp: string }>();
  #isLive = false;
  #synced = Promise.resolve();

  constructor(parts: TalksParts<Station>) {
    this.#parts = parts;
    parts.process.onEnd(() => {
      for (const { talk } of this.#talks.values()) talk.processEnded();
    });
  }

  get(stationId: string): StationTalk | undefined {
    return this.#talks.get(stationId)?.talk;
  }

  all(): StationTalk[] {
    return [...this.#talks.values()].map(({ talk }) => talk);
  }

  async goLive(): Promise<void> {
    this.#isLive = true;
    await this.sync();
  }

  /** Begins, ends and begins anew what was set up differently since. */
  sync(): Promise<void> {
    const before = this.#synced.catch(() => undefined);
    this.#synced = before.then(() => this.#sync());
    return this.#synced;
  }

  /** A picture that nobody sent by hand. */
  come(station: Station, picture: Picture): Promise<LineVerdict> {
    return this.judge(station.id, picture, (taken) => this.#parts.judge(station, taken));
  }

  /** Judges a picture; where the line waits for it, it is told. Throws what judging throws. */
  async judge<Verdict extends LineVerdict>(
    stationId: string,
    picture: Picture,
    work: (picture: Picture) => Promise<Verdict>,
  ): Promise<Verdict> {
    const part = this.get(stationId)?.take(picture);
    if (!part) return work(picture);
    const { partId, resultId, lot } = part;
    try {
      const verdict = await work({ ...picture, partId, resultId, lot });
      part.judged(verdict);
      return verdict;
    } catch (error) {
      part.failed(error);
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#isLive = false;
    await this.#synced.catch(() => undefined);
    await Promise.all(this.#parts.protocols.map((protocol) => protocol.close()));
    await Promise.all(this.all().map((talk) => talk.close()));
    this.#talks.clear();
  }

  async #sync(): Promise<void> {
    if (!this.#isLive) return;
    const rows = (await this.#parts.stations()).filter(({ handshake }) => handshake);
    const wanted = new Map(rows.map((row) => [row.id, { row, setUp: JSON.stringify(row) }]));
    for (const [id, { talk, setUp }] of this.#talks) {
      if (wanted.get(id)?.setUp === setUp) continue;
      this.#talks.delete(id);
      await talk.close();
    }
    for (const [id, { row, setUp }] of wanted) {
      if (this.#talks.has(id)) continue;
      const talk = await this.#begin(row);
      this.#talks.set(id, { talk, setUp });
      talk.start();
    }
    await Promise.all(this.#parts.protocols.map((protocol) => protocol.serve(this.all())));
  }

  async #begin(station: Station): Promise<StationTalk> {
    const { memory, clock, logger, bus, sourceOf } = this.#parts;
    const settings = handshakeSettings.parse(station.handshake);
    const beat = settings.mqtt ? new BrokerBeat(bus, station.id) : undefined;
    return new StationTalk({
      ...{ station, settings, clock, logger, beat, source: sourceOf?.(station.id) },
      lastResultId: await memory.lastResultId(station.id),
      health: this.#health(station, beat),
      faults: new FaultLog({ stationId: station.id, memory, clock, logger }),
      judge: (picture) => this.come(station, picture),
      endLot: () => this.#parts.endLot(station),
      changed: (talk) => this.#tell(station, talk),
    });
  }

  #health(station: Station, beat: BrokerBeat | undefined): StationHealth {
    const { model, cache, process, dataFolder, protocols, sourceProblem } = this.#parts;
    const settings = handshakeSettings.parse(station.handshake);
    return new StationHealth({
      openModel: async () => process.open({ model: await model(station), cache }),
      findModel: async () => void (await model(station)),
      sourceProblem: () => sourceProblem(station.id),
      freeBytes: async () => {
        const { bavail, bsize } = await statfs(dataFolder);
        return bavail * bsize;
      },
      protocolProblem: () => {
        const said = protocols.map((one) => one.problem(settings, station.id));
        return said.find((one) => typeof one === 'string') ?? (said.includes(undefined) ? undefined : null);
      },
      brokerProblem: () => beat?.problem() ?? null,
    });
  }

  #tell(station: Station, talk: StationTalk): void {
    for (const protocol of this.#parts.protocols) protocol.changed?.(talk);
    this.#parts.tell?.(station, talk);
  }
}
