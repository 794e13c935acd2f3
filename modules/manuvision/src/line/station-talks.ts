import { statfs } from 'node:fs/promises';
import type { Blobs } from '@millwright/blobs';
import type { Bus } from '@millwright/bus';
import type { LiveHub } from '@millwright/http';
import { type Actor, type Clock, isAllowed, type Logger } from '@millwright/kernel';
import type { InspectionService } from '../inspections/service.ts';
import type { StationRow } from '../schema.ts';
import type { PartJudge } from '../stations/part-judge.ts';
import type { Picture, PictureSource } from '../stations/picture-source.ts';
import type { StationRepository } from '../stations/repository.ts';
import type { VerdictAnswer } from '../stations/schemas.ts';
import { stationActor } from '../stations/station-actor.ts';
import type { InspectionProcess } from '../work/inspection-process.ts';
import { localBlob } from '../work/local-blob.ts';
import { BrokerBeat } from './broker-beat.ts';
import { FaultLog } from './fault-log.ts';
import { handshakeSettings } from './handshake-settings.ts';
import type { LineProtocol } from './line-protocol.ts';
import type { LineRepository } from './line-repository.ts';
import { lineTopic } from './line-topic.ts';
import { StationHealth } from './station-health.ts';
import { StationTalk } from './station-talk.ts';

export interface TalksParts {
  readonly stations: StationRepository;
  readonly repository: LineRepository;
  readonly inspections: InspectionService;
  readonly judge: PartJudge;
  readonly process: InspectionProcess;
  readonly blobs: Blobs;
  readonly bus: Bus;
  readonly live: LiveHub;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly cache: string;
  readonly models: string;
  /** Of everything that the server keeps. */
  readonly dataFolder: string;
  readonly protocols: readonly LineProtocol[];
  sourceProblem(stationId: string): string | null;
  /** Where a station takes a picture at each trigger; undefined: pictures come by themselves. */
  sourceOf?(stationId: string): PictureSource | undefined;
}

/** The talks of all stations that are set up for one, from the start of the server to its end. */
export class StationTalks {
  readonly #parts: TalksParts;
  readonly #talks = new Map<string, { readonly talk: StationTalk; readonly setUp: string }>();
  #isLive = false;
  #synced = Promise.resolve();

  constructor(parts: TalksParts) {
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

  /** Judges a picture; where the line waits for it, it is told. Throws what judging throws. */
  async judge(actor: Actor, station: StationRow, picture: Picture): Promise<VerdictAnswer> {
    const { judge } = this.#parts;
    const part = this.get(station.id)?.take(picture);
    if (!part) return judge.judge(actor, station, picture);
    const { partId, resultId, lot } = part;
    try {
      const verdict = await judge.judge(actor, station, { ...picture, partId, resultId, lot });
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
    const rows = (await this.#parts.stations.list()).flatMap(({ row }) => (row.handshake && !row.box_id ? [row] : []));
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

  async #begin(station: StationRow): Promise<StationTalk> {
    const { repository, clock, logger, bus, sourceOf } = this.#parts;
    const settings = handshakeSettings.parse(station.handshake);
    const beat = settings.mqtt ? new BrokerBeat(bus, station.id) : undefined;
    return new StationTalk({
      ...{ station, settings, clock, logger, beat, source: sourceOf?.(station.id) },
      lastResultId: await repository.lastResultId(station.id),
      health: this.#health(station, beat),
      faults: new FaultLog({ stationId: station.id, repository, clock, logger }),
      judge: (picture) => this.judge(stationActor(station), station, picture),
      changed: (talk) => this.#tell(talk),
    });
  }

  #health(station: StationRow, beat: BrokerBeat | undefined): StationHealth {
    const { inspections, blobs, models, cache, process, dataFolder, protocols, sourceProblem } = this.#parts;
    const settings = handshakeSettings.parse(station.handshake);
    const model = async () => {
      const version = await inspections.version(stationActor(station), station.inspection_id, station.version);
      return localBlob(blobs, version.model, models);
    };
    return new StationHealth({
      openModel: async () => process.open({ model: await model(), cache }),
      findModel: async () => void (await model()),
      sourceProblem: () => sourceProblem(station.id),
      freeBytes: async () => {
        const { bavail, bsize } = await statfs(dataFolder);
        return bavail * bsize;
      },
      protocolProblem: () => protocols.map((one) => one.problem(settings)).find((one) => one !== null) ?? null,
      brokerProblem: () => beat?.problem() ?? null,
    });
  }

  #tell(talk: StationTalk): void {
    const { protocols, live } = this.#parts;
    for (const protocol of protocols) protocol.changed?.(talk);
    const { id, site_id } = talk.station;
    live.publish(lineTopic(id), talk.shown, (reader) => isAllowed(reader, 'manuvision.station.read', site_id));
  }
}
