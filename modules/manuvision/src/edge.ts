/** Door ./edge of manuvision: stations on an edge box, which need no database and no server. */
import { join } from 'node:path';
import type { EdgeApplied, EdgeContext, EdgeDocument, EdgePart, EdgeRefusal, RunningEdgePart } from '@millwright/cloud';
import { isMillwrightError, reasonOf } from '@millwright/kernel';
import { privateNetworks } from '@millwright/media';
import { BoxMemory } from './box/box-memory.ts';
import { type BoxFigures, type BoxStation, boxDocument, boxFields } from './box/contract.ts';
import { boxStationNotes } from './box/notes.ts';
import { VerdictSender } from './box/verdict-sender.ts';
import { readModelFile } from './model-file/read-model-file.ts';
import { StationCamera } from './stations/camera/station-camera.ts';
import { FolderWatch } from './stations/folder-watch.ts';
import type { Picture } from './stations/picture-source.ts';
import { InspectionProcess } from './work/inspection-process.ts';
import type { Judged } from './work/messages.ts';

export const edgePart: EdgePart = {
  name: 'manuvision',
  boxFields,
  start: async (context) => new EdgeStations(context),
};

interface RunningStation {
  readonly station: BoxStation;
  /** Path of its model. */
  readonly model: string;
  readonly camera?: StationCamera | undefined;
}

/** Judges the parts of the stations of a document, and hands their verdicts over. */
class EdgeStations implements RunningEdgePart {
  readonly #context: EdgeContext;
  readonly #process = new InspectionProcess();
  readonly #sender: VerdictSender;
  readonly #watch: FolderWatch<BoxStation>;
  readonly #running = new Map<string, RunningStation>();
  readonly #judged = new Map<string, number>();
  #begun: Promise<void> | undefined;

  constructor(context: EdgeContext) {
    this.#context = context;
    this.#sender = new VerdictSender(context);
    const { folder, logger, watchedFolders } = context;
    this.#watch = new FolderWatch({
      ...{ memory: new BoxMemory(join(folder, 'watched')), allowed: watchedFolders, logger },
      stations: async () => [...this.#running.values()].map(({ station }) => station),
      judge: (station, picture) => this.#judge(station.id, picture),
    });
  }

  async apply(document: EdgeDocument): Promise<EdgeApplied | undefined> {
    this.#begun ??= this.#sender.begin();
    await this.#begun;
    const { stations } = boxDocument.parse(document);
    const refused: EdgeRefusal[] = [];
    const inEffect: BoxStation[] = [];
    for (const wanted of stations) {
      const before = this.#running.get(wanted.id);
      try {
        inEffect.push(await this.#run(wanted));
      } catch (error) {
        const note = boxStationNotes[before ? 'model-kept' : 'model-none'];
        const reason = note({ station: wanted.name, reason: reasonOf(error) });
        refused.push({ path: ['stations', wanted.id, 'model'], subject: wanted.model, reason });
        if (before) inEffect.push(before.station);
      }
    }
    for (const id of this.#running.keys()) if (!inEffect.some((one) => one.id === id)) await this.#end(id);
    this.#watch.start();
    return refused.length === 0 ? undefined : { document: { ...document, stations: inEffect }, refused };
  }

  report(): Readonly<Record<string, unknown>> {
    const figures: BoxFigures = {
      stations: Object.fromEntries(
        [...this.#running].map(([id, { station, camera }]) => [
          id,
          {
            ...{ name: station.name, judged: this.#judged.get(id) ?? 0, camera: camera?.state ?? null },
            problem: this.#watch.problem(id) ?? camera?.problem() ?? null,
          },
        ]),
      ),
    };
    return figures;
  }

  async stop(): Promise<void> {
    await this.#watch.stop();
    for (const id of [...this.#running.keys()]) await this.#end(id);
    await this.#process.close();
  }

  /** Throws when its model is not here, or is none. */
  async #run(station: BoxStation): Promise<BoxStation> {
    const model = await this.#context.blob(station.model);
    const before = this.#running.get(station.id);
    if (before?.station.model !== station.model) await readModelFile(model);
    const isSameCamera = JSON.stringify(before?.station.camera ?? null) === JSON.stringify(station.camera);
    if (!isSameCamera) await before?.camera?.close();
    const camera = isSameCamera ? before?.camera : this.#opened(station);
    this.#running.set(station.id, { station, model, camera });
    return station;
  }

  #opened({ id, camera }: BoxStation): StationCamera | undefined {
    if (!camera) return undefined;
    const { clock, logger } = this.#context;
    // A box stands beside its cameras.
    const parts = { source: camera, allow: privateNetworks, clock, logger };
    return new StationCamera({ ...parts, judge: (picture) => this.#judge(id, picture) });
  }

  async #end(id: string): Promise<void> {
    const { camera } = this.#running.get(id)!;
    this.#running.delete(id);
    await camera?.close();
  }

  async #judge(id: string, picture: Picture): Promise<void> {
    const running = this.#running.get(id);
    if (!running) return;
    const { station, model } = running;
    const begun = performance.now();
    const outcome = await this.#outcome(model, picture.content);
    await this.#sender.send(station, picture, outcome, performance.now() - begun);
    await picture.remember?.();
    this.#judged.set(id, (this.#judged.get(id) ?? 0) + 1);
  }

  async #outcome(model: string, picture: Uint8Array): Promise<Judged | string> {
    try {
      return await this.#process.judge({ model, picture, cache: join(this.#context.folder, 'models') });
    } catch (error) {
      this.#context.signal.throwIfAborted();
      if (!isMillwrightError(error)) throw error;
      return error.code;
    }
  }
}
