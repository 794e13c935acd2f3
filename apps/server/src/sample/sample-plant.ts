import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CloudServices, cloudModule } from '@millwright/cloud/server';
import { esgModule } from '@millwright/esg/server';
import { type Actor, type Host, operatorActor } from '@millwright/kernel';
import type { PlantDescription, PlantEndpoints } from '@millwright/testkit/simulator';
import { z } from 'zod';
import { PlantLink } from './plant-link.ts';
import { SampleCameras } from './sample-cameras.ts';
import { computeHistory, pointsBySource, storeHistory } from './sample-history.ts';
import { SampleStation } from './sample-station.ts';
import { createSampleTree, type SampleLanguage, type SamplePoint, sampleGroupId } from './sample-tree.ts';
import { watchSample } from './sample-watch.ts';

/** What is remembered of the sample plant between starts; in the data folder, readable by its owner only. */
interface SampleFile {
  readonly seed: number;
  readonly startedAt: number;
  /** Faults lie in the six weeks before this, milliseconds since 1970; left out by versions whose plant had none. */
  readonly faultsBefore?: number;
  readonly mqttPassword: string;
  opcuaPort: number;
  modbusPort: number;
  points: SamplePoint[];
  /** False until history is written and every source was enabled; left out by versions that had no such state. */
  complete?: boolean;
}

/** What the job that writes the history has of its surroundings. */
interface HistoryContext {
  readonly signal: AbortSignal;
  progress(fraction: number, message: string): void;
}

const username = 'sample-plant';
const historyJob = 'sample.history';
const sampleActor: Actor = { ...operatorActor, kind: 'job', id: 'sample-plant', name: 'sample plant' };

/**
 * The sample plant: on an empty data folder it makes three sites with live meters and machines (simulated, over real OPC UA,
 * Modbus TCP and Sparkplug B on this machine) and a finished year of readings, with faults in its last weeks that are
 * written to `sample/truth.json`. On later starts it brings the machines up again.
 */
export class SamplePlant {
  #host: Host;
  #cloud: CloudServices;
  #file: string;
  #link: PlantLink | undefined;
  #published: Promise<void> | undefined;
  #cameras: SampleCameras;
  #station: SampleStation;
  #ready = Promise.withResolvers<{ link: PlantLink; sample: SampleFile }>();

  constructor(host: Host) {
    this.#host = host;
    this.#cloud = host.use(cloudModule);
    this.#file = join(host.folder, 'sample', 'plant.json');
    const made = { host, actor: sampleActor, language: this.#language };
    this.#cameras = new SampleCameras(made);
    this.#station = new SampleStation(made);
    host.jobs.define({
      type: historyJob,
      place: 'server',
      schema: z.object({}),
      run: async (_payload, context) => {
        const { link, sample } = await this.#ready.promise;
        try {
          await this.#writeHistory(sample, link, context);
        } catch (error) {
          // Whoever cancels the past still wants the present; a stop takes the job up again at the next start.
          if (context.signal.aborted && context.signal.reason !== 'shutdown') await this.#connect(sample, link);
          throw error;
        }
        await this.#connect(sample, link);
        await watchSample(host, sampleActor, sample.points);
        return { readings: 'complete' };
      },
    });
  }

  /** Whether the folder is empty and a sample may be made, or one was made before. */
  async wanted(): Promise<boolean> {
    if (await this.#known()) return true;
    if (this.#host.config.sample === 'never') return false;
    return (await this.#cloud.plant.tree(sampleActor)).length === 0;
  }

  /** Brings the machines up; on an empty folder makes the plant first and queues its history. */
  async start(): Promise<void> {
    const known = await this.#known();
    const startedAt = known?.startedAt ?? this.#host.clock.now().getTime();
    const facts = { seed: known?.seed ?? 1, startedAt, faultsBefore: known ? known.faultsBefore : startedAt };
    const link = new PlantLink(facts.seed, facts.faultsBefore);
    this.#link = link;
    const base = this.#host.config.sampleBasePort;
    const certificateFolder = join(this.#host.folder, 'sample', 'certificates');
    mkdirSync(certificateFolder, { recursive: true });
    const { endpoints, description } = await link.serve({
      seed: facts.seed,
      opcuaPort: known?.opcuaPort ?? base,
      modbusPort: known?.modbusPort ?? (base === 0 ? 0 : base + 1),
      certificateFolder,
      ...(!known && { truthFile: join(this.#host.folder, 'sample', 'truth.json') }),
    });
    const ports = { opcuaPort: portOf(endpoints.opcua!.endpointUrl), modbusPort: endpoints.modbus!.port };
    const sample = known ? { ...known, ...ports } : await this.#make(facts, ports, description, endpoints);
    if (known) {
      await this.#reconnect(known, endpoints);
      this.#write(sample);
      // Else the job that was interrupted is taken up again, and connects when it is through.
      if (known.complete !== false) {
        await this.#publish(sample, link);
        await this.#startCameras(sample);
      }
    }
    this.#ready.resolve({ link, sample });
  }

  /** After the history: to render videos and to look at them would take a core from what all other pages wait for. */
  async #startCameras(sample: SampleFile): Promise<void> {
    const siteId = await this.#firstSite(sample);
    if (!siteId) return;
    this.#cameras.start(siteId);
    // One after the other, for the same reason.
    void this.#cameras.settled.then(() => this.#station.start(siteId));
  }

  /** The site of the first source that is still there. */
  async #firstSite({ points }: SampleFile): Promise<string | undefined> {
    const sites = new Map((await this.#cloud.sources.list(sampleActor)).map(({ id, siteId }) => [id, siteId]));
    const source = points.find(({ sourceId }) => sites.has(sourceId));
    return source && sites.get(source.sourceId);
  }

  /** Who starts the product on a machine that speaks Chinese finds a plant with Chinese names. */
  get #language(): SampleLanguage {
    const { sampleLanguage } = this.#host.config;
    if (sampleLanguage !== 'auto') return sampleLanguage;
    return /^zh\b/.test(Intl.DateTimeFormat().resolvedOptions().locale) ? 'zh' : 'en';
  }

  /** Tree, sources and points in one transaction: a start that is killed halfway leaves nothing behind. */
  async #make(
    facts: Pick<SampleFile, 'seed' | 'startedAt' | 'faultsBefore'>,
    ports: { opcuaPort: number; modbusPort: number },
    description: PlantDescription,
    endpoints: PlantEndpoints,
  ): Promise<SampleFile> {
    return this.#host.db.transaction(async () => {
      const mqttPassword = await this.#brokerPassword();
      const points = await createSampleTree(this.#cloud, sampleActor, description, endpoints, this.#language);
      await this.#stateSteam();
      const sample = { ...facts, mqttPassword, points, ...ports, complete: false };
      this.#write(sample);
      await this.#host.jobs.enqueue(sampleActor, historyJob, {}, { subject: 'Sample plant: a year of readings' });
      return sample;
    });
  }

  /** The steam that the plant buys is dry and saturated; without that said, its tonnes are no energy. */
  async #stateSteam(): Promise<void> {
    const meters = await this.#cloud.points.list(sampleActor, {});
    for (const { id, carrier, quantity, mainMeter } of meters)
      if (carrier === 'steam' && quantity === 'mass' && mainMeter)
        await this.#host.use(esgModule).steam.state(sampleActor, id, { gaugeMPa: '0.8' });
  }

  async #writeHistory(sample: SampleFile, link: PlantLink, context: HistoryContext): Promise<void> {
    const sources = pointsBySource(sample.points);
    const compute = (index: number) => {
      const series = computeHistory(link, sources[index] ?? [], sample.startedAt);
      // Awaited in its turn; until then a plant that ends must not end the server.
      series.catch(() => undefined);
      return series;
    };
    let next = compute(0);
    for (const [index, points] of sources.entries()) {
      const series = await next;
      next = compute(index + 1);
      await storeHistory(this.#cloud.store, points, series, context.signal);
      // Live values of a source come after its history: readings that come in order are summed on the way.
      await this.#enable(points[0]!.sourceId);
      context.progress((index + 1) / sources.length, 'two years of readings');
    }
  }

  /** Enables what is not enabled yet and lets the Sparkplug nodes be born, once for good: what a person disables later stays so. */
  async #connect(sample: SampleFile, link: PlantLink): Promise<void> {
    for (const { sourceId } of pointsBySource(sample.points).map(([first]) => first!)) await this.#enable(sourceId);
    await this.#publish(sample, link);
    this.#write({ ...sample, complete: true });
    await this.#startCameras(sample);
  }

  #publish({ mqttPassword }: SampleFile, link: PlantLink): Promise<void> {
    this.#published ??= link.publish({ url: this.#host.bus.url, username, password: mqttPassword });
    return this.#published;
  }

  /** A source that somebody has removed since stays away. */
  async #enable(sourceId: string): Promise<void> {
    const source = (await this.#cloud.sources.list(sampleActor)).find(({ id }) => id === sourceId);
    if (source && !source.enabled) await this.#cloud.sources.change(sampleActor, sourceId, { enabled: true });
  }

  /** Ends what still changes the database. */
  async leave(): Promise<void> {
    await this.#station.stop();
    await this.#cameras.stop();
  }

  /** Stops the machines, after those who read them. */
  async stop(): Promise<void> {
    await this.#link?.stop();
  }

  async #brokerPassword(): Promise<string> {
    const topics = [`spBv1.0/${sampleGroupId}/#`];
    const rights = { publish: topics, subscribe: topics };
    return (await this.#cloud.brokerClients.create(sampleActor, { username, ...rights })).password;
  }

  /** What was made before; a file whose sources never came to be (killed before the commit) does not count. */
  async #known(): Promise<SampleFile | undefined> {
    const sample = this.#read();
    const ids = new Set((await this.#cloud.sources.list(sampleActor)).map(({ id }) => id));
    return sample?.points.some(({ sourceId }) => ids.has(sourceId)) ? sample : undefined;
  }

  /** Ports that had to move are written into the sources that use them. */
  async #reconnect(known: SampleFile, endpoints: PlantEndpoints): Promise<void> {
    const opcuaMoved = portOf(endpoints.opcua!.endpointUrl) !== known.opcuaPort;
    const modbusMoved = endpoints.modbus!.port !== known.modbusPort;
    if (!opcuaMoved && !modbusMoved) return;
    const ours = new Set(known.points.map(({ sourceId }) => sourceId));
    for (const source of await this.#cloud.sources.list(sampleActor)) {
      if (!ours.has(source.id)) continue;
      if (source.kind === 'opcua' && opcuaMoved) {
        await this.#cloud.sources.change(sampleActor, source.id, {
          config: { ...source.config, endpointUrl: endpoints.opcua!.endpointUrl },
        });
      } else if (source.kind === 'modbus' && modbusMoved) {
        await this.#cloud.sources.change(sampleActor, source.id, {
          config: { ...source.config, port: endpoints.modbus!.port },
        });
      }
    }
  }

  #read(): SampleFile | undefined {
    try {
      return JSON.parse(readFileSync(this.#file, 'utf8')) as SampleFile;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  #write(sample: SampleFile): void {
    mkdirSync(join(this.#host.folder, 'sample'), { recursive: true });
    writeFileSync(this.#file, JSON.stringify(sample), { mode: 0o600 });
  }
}

const portOf = (url: string): number => Number(/:(\d+)/.exec(url.replace(/^opc\.tcp:\/\//, ''))?.[1] ?? 0);
