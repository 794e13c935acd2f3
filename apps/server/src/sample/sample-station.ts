import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { drawnDefects, drawPart, pngBytes } from '@millwright/imaging';
import { type Actor, type Host, isMillwrightError } from '@millwright/kernel';
import { keepRules } from '@millwright/manuvision';
import { manuvisionModule } from '@millwright/manuvision/server';
import type { SampleLanguage } from './sample-tree.ts';

export interface SampleStationOptions {
  readonly host: Host;
  readonly actor: Actor;
  readonly language: SampleLanguage;
  /** Between two parts; left out: 6 s. */
  readonly everyMs?: number;
  /** Good parts that are learnt from; left out: 60. */
  readonly goodParts?: number;
}

/** What was made, so that what a person takes away later is not brought back. */
interface Made {
  readonly stationId: string;
  /** Of the part that is drawn next. */
  nextSeed: number;
}

const names: Record<SampleLanguage, { dataset: string; inspection: string; station: string }> = {
  en: { dataset: 'Turned rings (rendered)', inspection: 'Ring face', station: 'Ring inspection (rendered)' },
  zh: { dataset: '车削圆环（渲染）', inspection: '圆环端面', station: '圆环检测（渲染）' },
};
const size = { width: 192, height: 192 };
/** One part in so many has a defect. */
const defectEvery = 15;
/** Seeds of the parts that pass the station; those below are learnt from. */
const firstSeed = 10_000;
const jobPollMs = 500;

/** The station of the sample plant: it learns rings that are drawn, and then judges one after the other, some with a defect. */
export class SampleStation {
  readonly #options: SampleStationOptions;
  readonly #file: string;
  readonly #stop = new AbortController();
  #running: Promise<void> | undefined;

  constructor(options: SampleStationOptions) {
    this.#options = options;
    this.#file = join(options.host.folder, 'sample', 'station.json');
  }

  /** Begins; what fails is logged, and tried again at the next start. */
  start(siteId: string): void {
    if (this.#stop.signal.aborted) return;
    this.#running ??= this.#run(siteId).catch((error: unknown) => {
      if (!this.#stop.signal.aborted)
        this.#options.host.logger.error({ err: error }, 'the station of the sample plant could not be run');
    });
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #run(siteId: string): Promise<void> {
    const made = this.#made() ?? (await this.#make(siteId));
    const { host, actor, everyMs = 6_000 } = this.#options;
    const { verdicts } = host.use(manuvisionModule);
    while (!this.#stop.signal.aborted) {
      const seed = made.nextSeed;
      const defect = seed % defectEvery === 0 ? drawnDefects[(seed / defectEvery) % drawnDefects.length] : undefined;
      const { picture } = drawPart(seed, { ...size, ...(defect && { defect }) });
      try {
        await verdicts.judge(
          actor,
          made.stationId,
          { fileName: `ring-${seed}.png` },
          Readable.from([await pngBytes(picture)]),
        );
      } catch (error) {
        // Somebody took the station away.
        if (isMillwrightError(error) && error.status === 404) return;
        throw error;
      }
      made.nextSeed = seed + 1;
      this.#remember(made);
      await setTimeout(everyMs, undefined, { signal: this.#stop.signal }).catch(() => undefined);
    }
  }

  /** Goes on where an earlier start was stopped. */
  async #make(siteId: string): Promise<Made> {
    const { host, actor, language } = this.#options;
    const { datasets, inspections, stations } = host.use(manuvisionModule);
    const called = names[language];
    const named = <T extends { name: string; siteId: string }>(items: readonly T[], name: string) =>
      items.find((one) => one.name === name && one.siteId === siteId);
    const dataset =
      named(await datasets.list(actor), called.dataset) ??
      (await datasets.create(actor, { siteId, name: called.dataset, bayer: null }));
    await this.#addPictures(dataset.id);
    const inspection =
      named(await inspections.list(actor), called.inspection) ??
      (await inspections.create(actor, {
        ...{
          siteId,
          datasetId: dataset.id,
          name: called.inspection,
          kind: 'anomaly',
          promise: 10,
          seed: 1,
          settings: {},
        },
      }));
    if (inspection.newestVersion === 0) await this.#train(inspection.id);
    const station =
      named(await stations.list(actor), called.station) ??
      (await stations.create(actor, {
        ...{
          siteId,
          name: called.station,
          inspectionId: inspection.id,
          version: 1,
          folder: null,
          camera: null,
          boxId: null,
        },
        keep: keepRules.parse({ passed: 0.05 }),
      }));
    const made = { stationId: station.id, nextSeed: firstSeed };
    this.#remember(made);
    return made;
  }

  async #addPictures(datasetId: string): Promise<void> {
    const { host, actor, goodParts = 60 } = this.#options;
    const { datasets } = host.use(manuvisionModule);
    for (let seed = 1; seed <= goodParts; seed++) {
      this.#stop.signal.throwIfAborted();
      const content = Readable.from([await pngBytes(drawPart(seed, size).picture)]);
      const query = { fileName: `ring-${seed}.png`, label: 'good' } as const;
      await datasets.addPicture(actor, datasetId, query, content).catch((error: unknown) => {
        if (!isMillwrightError(error) || error.code !== 'MANUVISION_PICTURE_TWICE') throw error;
      });
    }
  }

  async #train(inspectionId: string): Promise<void> {
    const { host, actor } = this.#options;
    const job = await host.use(manuvisionModule).inspections.train(actor, inspectionId);
    for (let { state } = job; state !== 'done'; ) {
      await setTimeout(jobPollMs, undefined, { signal: this.#stop.signal });
      ({ state } = await host.jobs.get(actor, job.id));
      if (state === 'failed' || state === 'cancelled') throw new Error(`the training of the sample station ${state}`);
    }
  }

  #made(): Made | undefined {
    return existsSync(this.#file) ? (JSON.parse(readFileSync(this.#file, 'utf8')) as Made) : undefined;
  }

  #remember(made: Made): void {
    mkdirSync(dirname(this.#file), { recursive: true });
    writeFileSync(this.#file, `${JSON.stringify(made)}\n`);
  }
}
