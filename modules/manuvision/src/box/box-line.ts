import { join } from 'node:path';
import type { EdgeContext } from '@millwright/cloud';
import { addressesOf } from '../line/line-addresses.ts';
import { ModbusServer } from '../line/modbus/modbus-server.ts';
import { MqttIntake } from '../line/mqtt/mqtt-intake.ts';
import { LineCertificates } from '../line/opcua/line-certificates.ts';
import { StationOpcuaServer } from '../line/opcua/opcua-server.ts';
import { PlcWriters } from '../line/opcua/plc-writers.ts';
import type { StationTalk } from '../line/station-talk.ts';
import { StationTalks } from '../line/station-talks.ts';
import type { LineVerdict } from '../line/talking-station.ts';
import type { Picture, PictureSource } from '../stations/picture-source.ts';
import { resultTopic } from '../stations/result-topic.ts';
import type { VerdictAnswer } from '../stations/schemas.ts';
import { StationPublisher } from '../stations/station-publisher.ts';
import type { InspectionProcess } from '../work/inspection-process.ts';
import { BoxBroker } from './box-broker.ts';
import { BoxLineMemory } from './box-line-memory.ts';
import type { BoxFigures, BoxLineSettings, BoxStation } from './contract.ts';

/** A lot begins and ends while its station goes on talking. */
type Talking = Omit<BoxStation, 'lot'>;

export interface BoxLineParts {
  readonly context: EdgeContext;
  readonly process: InspectionProcess;
  /** Of networks that were converted. */
  readonly cache: string;
  /** Those that this box is to judge, also one whose model it refused. */
  stations(): readonly BoxStation[];
  model(stationId: string): Promise<string>;
  judge(stationId: string, picture: Picture): Promise<LineVerdict>;
  sourceProblem(stationId: string): string | null;
  sourceOf(stationId: string): PictureSource | undefined;
}

interface Open {
  readonly settings: string;
  readonly broker: BoxBroker;
  readonly publisher: StationPublisher;
  readonly intake: MqttIntake;
  readonly modbus: ModbusServer;
  readonly opcua: StationOpcuaServer;
  readonly plcs: PlcWriters;
  readonly talks: StationTalks<Talking>;
}

/** The talk of the stations of a box with the line: that of the server, with the box's ports, disk and outbox. */
export class BoxLine {
  readonly memory: BoxLineMemory;
  readonly certificates: LineCertificates;
  readonly #folder: string;
  readonly #plcFolder: string;
  readonly #parts: BoxLineParts;
  #open: Open | undefined;

  constructor(parts: BoxLineParts) {
    this.#parts = parts;
    this.memory = new BoxLineMemory(parts.context);
    this.#folder = join(parts.context.folder, 'opcua');
    this.#plcFolder = join(parts.context.folder, 'opcua-client');
    const reload = async () => this.#open?.opcua.reloadCertificates();
    this.certificates = new LineCertificates({ folders: [this.#folder, this.#plcFolder], reload });
  }

  /** Brings ports and handshakes into effect. */
  async apply(line: BoxLineSettings): Promise<void> {
    const settings = JSON.stringify(line);
    if (this.#open?.settings !== settings) {
      await this.close();
      this.#open = this.#opened(line, settings);
      await this.#open.talks.goLive();
      this.#listen(this.#open);
    } else await this.#open.talks.sync();
  }

  talk(stationId: string): StationTalk | undefined {
    return this.#open?.talks.get(stationId);
  }

  /** Judges a picture that came by itself, and tells the line where it waits for it. */
  async come(station: BoxStation, picture: Picture): Promise<void> {
    if (this.#open) await this.#open.talks.come(station, picture);
    else await this.#parts.judge(station.id, picture);
  }

  /** Judges a picture that somebody asked for, and tells the line where it waits for it. */
  judge<Verdict extends LineVerdict>(
    stationId: string,
    picture: Picture,
    work: (picture: Picture) => Promise<Verdict>,
  ): Promise<Verdict> {
    return this.#open ? this.#open.talks.judge(stationId, picture, work) : work(picture);
  }

  /** A verdict that is on disk. */
  publish(station: BoxStation, verdict: VerdictAnswer): void {
    this.#open?.publisher.publish(station, resultTopic(station.id), verdict);
  }

  figures({ id, handshake }: BoxStation): BoxFigures['stations'][string]['line'] {
    const talk = this.talk(id);
    return talk && this.#open ? { shown: talk.shown, ...addressesOf(id, handshake, this.#open) } : null;
  }

  async close(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    await open?.talks.close();
    await open?.broker.close();
  }

  #opened({ host, modbusPort, opcuaPort, opcuaSecurity, mqttUrl }: BoxLineSettings, settings: string): Open {
    const { context, process, cache, stations, model, judge, sourceProblem, sourceOf } = this.#parts;
    const { clock, logger, box } = context;
    const broker = new BoxBroker({ url: mqttUrl ?? '', clientId: `millwright-box-${box.id}`, clock, logger });
    const modbus = new ModbusServer({ host, port: modbusPort, logger });
    const opcua = new StationOpcuaServer({
      ...{ host, port: opcuaPort, security: opcuaSecurity, folder: this.#folder, logger },
    });
    const plcs = new PlcWriters({ folder: this.#plcFolder, logger });
    const talks = new StationTalks<Talking>({
      stations: async () => stations().map(({ lot: _, ...station }) => station),
      ...{ memory: this.memory, process, bus: broker, clock, logger, cache, dataFolder: context.folder },
      protocols: [modbus, opcua, plcs],
      ...{ sourceProblem, sourceOf, model: ({ id }) => model(id) },
      judge: ({ id }, picture) => judge(id, picture),
      endLot: async ({ id: stationId }) => void (await context.send('lot-end', { stationId })),
    });
    const intake = new MqttIntake({
      ...{ bus: broker, logger, talk: (id) => talks.get(id) },
      judge: async (id, picture) => talks.come(stations().find((station) => station.id === id)!, picture),
    });
    const publisher = new StationPublisher({ bus: broker, logger });
    return { settings, broker, publisher, intake, modbus, opcua, plcs, talks };
  }

  /** Ports are open and lamps lit whether the broker is there or not. */
  #listen({ broker, intake }: Open): void {
    if (broker.url === '') return;
    const { signal, logger } = this.#parts.context;
    intake.start().catch((error: unknown) => {
      if (!signal.aborted) logger.error({ err: error }, 'nothing of the line is taken through the broker');
    });
  }
}
