import type { OPCUAServer } from 'node-opcua';
import { opcuaNamespaceUri } from '../describe-plant.ts';
import { simulatorErrors } from '../errors.ts';
import type { Plant } from '../plant.ts';
import { preparePlant } from '../prepare-plant.ts';
import type { ServedVariable } from './opcua-address-space.ts';
import { every, latestReading, nowOf, type Publisher, type PublisherOptions, readingTime } from './publisher.ts';

export interface OpcuaServerOptions extends PublisherOptions {
  /** Default 0: any free port. */
  readonly port?: number;
  /**
   * Holds the server's key and certificate, which are made once. The default is one folder in the system's temporary
   * folder, so that only the first start on a machine pays for it.
   */
  readonly certificateFolder?: string;
  /** Lets people without a name in. Default true. */
  readonly allowAnonymous?: boolean;
  /** User names and their passwords. */
  readonly users?: Readonly<Record<string, string>>;
  /** Of the whole server; creating more is answered with BadTooManyMonitoredItems. */
  readonly maxMonitoredItems?: number;
  /** How far back HistoryRead goes. Default 1440. */
  readonly historyMinutes?: number;
}

export interface PlantOpcuaServer extends Publisher {
  /** `opc.tcp://host:port`; throws SIMULATOR_NOT_RUNNING before the start. */
  readonly endpointUrl: string;
  readonly namespaceUri: string;
  /** Sets every variable whose next reading is due. */
  tick(): void;
  /** Pulls the plug: stops listening and cuts every connection. The history goes on growing. */
  dropNetwork(): Promise<void>;
  /** Listens on the same port again. */
  restoreNetwork(): Promise<void>;
}

export function createOpcuaServer(plant: Plant, options: OpcuaServerOptions = {}): PlantOpcuaServer {
  return new OpcuaPublisher(plant, options);
}

class OpcuaPublisher implements PlantOpcuaServer {
  readonly namespaceUri = opcuaNamespaceUri;
  readonly #plant: Plant;
  readonly #options: OpcuaServerOptions;
  readonly #now: () => number;
  #server: OPCUAServer | undefined;
  #served: ServedVariable[] = [];
  /** By point: the time of the reading that its variable shows. */
  readonly #shown = new Map<string, number>();
  #port: number;
  #endTicks: () => void = () => undefined;

  constructor(plant: Plant, options: OpcuaServerOptions) {
    this.#plant = plant;
    this.#options = options;
    this.#now = nowOf(options);
    this.#port = options.port ?? 0;
  }

  get endpointUrl(): string {
    this.#running();
    return `opc.tcp://${this.#options.host ?? '127.0.0.1'}:${this.#port}`;
  }

  async start(): Promise<void> {
    await preparePlant(this.#plant, this.#now());
    // node-opcua takes over a second to load; whoever only computes with the plant does not pay for it.
    const { buildAddressSpace } = await import('./opcua-address-space.ts');
    const { openOpcuaServer } = await import('./opcua-open-server.ts');
    this.#server = await openOpcuaServer({ ...this.#options, port: this.#port });
    const retentionMs = (this.#options.historyMinutes ?? 1440) * 60_000;
    this.#served = buildAddressSpace(this.#server, this.#plant, this.#now, retentionMs);
    this.tick();
    await this.#server.start();
    this.#port = this.#server.endpoints[0].port;
    this.#endTicks = every(this.#options.intervalMs, () => this.tick());
  }

  async stop(): Promise<void> {
    this.#endTicks();
    const server = this.#server;
    this.#server = undefined;
    this.#served = [];
    this.#shown.clear();
    await server?.shutdown(0);
  }

  tick(): void {
    const now = this.#now();
    for (const { point, show } of this.#served) {
      const time = readingTime(point, now);
      if (time === this.#shown.get(point.key)) continue;
      this.#shown.set(point.key, time);
      const reading = latestReading(this.#plant, point, now);
      if (reading) show(reading);
    }
  }

  async dropNetwork(): Promise<void> {
    const server = this.#running();
    for (const endpoint of server.endpoints) endpoint.abruptlyInterruptChannels();
    await server.suspendEndPoints();
    // A client may have come in between the two.
    for (const endpoint of server.endpoints) endpoint.abruptlyInterruptChannels();
  }

  async restoreNetwork(): Promise<void> {
    await this.#running().resumeEndPoints();
  }

  #running(): OPCUAServer {
    if (!this.#server) throw simulatorErrors.SIMULATOR_NOT_RUNNING({ publisher: 'OPC UA' });
    return this.#server;
  }
}
