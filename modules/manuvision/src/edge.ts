/** Door ./edge of manuvision: stations on an edge box, which need no database and no server. */
import { join } from 'node:path';
import type { EdgeApplied, EdgeContext, EdgeDocument, EdgePart, EdgeRefusal, RunningEdgePart } from '@millwright/cloud';
import { isMillwrightError, reasonOf } from '@millwright/kernel';
import { privateNetworks } from '@millwright/media';
import { boxAsks } from './box/asks.ts';
import { BoxLine } from './box/box-line.ts';
import { BoxMemory } from './box/box-memory.ts';
import { type BoxFigures, type BoxLineSettings, type BoxStation, boxDocument, boxFields } from './box/contract.ts';
import { boxStationNotes } from './box/notes.ts';
import { VerdictSender } from './box/verdict-sender.ts';
import { actOn } from './line/line-act.ts';
import { lineErrors } from './line/line-errors.ts';
import { readModelFile } from './model-file/read-model-file.ts';
import { manuvisionServiceErrors } from './service-errors.ts';
import { nextOf } from './stations/camera/next-of.ts';
import { StationCamera } from './stations/camera/station-camera.ts';
import { FolderWatch } from './stations/folder-watch.ts';
import type { Picture } from './stations/picture-source.ts';
import type { VerdictAnswer } from './stations/schemas.ts';
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
  readonly #line: BoxLine;
  readonly #running = new Map<string, RunningStation>();
  readonly #judged = new Map<string, number>();
  /** Those that judge nothing, since there is no model that they could judge by. */
  #withoutModel: readonly BoxStation[] = [];
  #begun: Promise<void> | undefined;

  constructor(context: EdgeContext) {
    this.#context = context;
    this.#sender = new VerdictSender(context);
    const { folder, logger, watchedFolders } = context;
    this.#watch = new FolderWatch({
      ...{ memory: new BoxMemory(join(folder, 'watched')), allowed: watchedFolders, logger },
      stations: async () => [...this.#running.values()].map(({ station }) => station),
      judge: (station, picture) => this.#line.come(station, picture),
    });
    this.#line = new BoxLine({
      ...{ context, process: this.#process, cache: this.#cache },
      stations: () => [...[...this.#running.values()].map(({ station }) => station), ...this.#withoutModel],
      model: (id) => this.#modelOf(id),
      judge: (id, picture) => this.#judge(id, picture),
      sourceProblem: (id) => this.#problem(id),
      sourceOf: (id) => {
        const camera = this.#running.get(id)?.camera;
        return camera?.takes === 'trigger' ? camera : undefined;
      },
    });
  }

  async apply(document: EdgeDocument): Promise<EdgeApplied | undefined> {
    this.#begun ??= this.#sender.begin();
    await this.#begun;
    const { stations, line } = boxDocument.parse(document);
    const refused: EdgeRefusal[] = [];
    const inEffect: BoxStation[] = [];
    const withoutModel: BoxStation[] = [];
    for (const wanted of stations) {
      const before = this.#running.get(wanted.id);
      try {
        inEffect.push(await this.#run(wanted));
      } catch (error) {
        const note = boxStationNotes[before ? 'model-kept' : 'model-none'];
        const reason = note({ station: wanted.name, reason: reasonOf(error) });
        refused.push({ path: ['stations', wanted.id, 'model'], subject: wanted.model, reason });
        if (before) inEffect.push(before.station);
        else withoutModel.push(wanted);
      }
    }
    for (const id of this.#running.keys()) if (!inEffect.some((one) => one.id === id)) await this.#end(id);
    this.#withoutModel = withoutModel;
    await this.#line.apply(line);
    this.#watch.start();
    if (refused.length === 0 && line.mqttUrl === null) return undefined;
    return { document: { ...document, stations: inEffect, line: withoutLogin(line) }, refused };
  }

  report(): Readonly<Record<string, unknown>> {
    const figures: BoxFigures = {
      stations: Object.fromEntries(
        [...this.#running].map(([id, { station, camera }]) => [
          id,
          {
            ...{ name: station.name, judged: this.#judged.get(id) ?? 0, camera: camera?.state ?? null },
            problem: this.#problem(id),
            line: this.#line.figures(station),
          },
        ]),
      ),
    };
    return figures;
  }

  async asked(what: string, input: unknown): Promise<unknown> {
    if (what === 'line') {
      const { stationId, act } = boxAsks.line.parse(input);
      const talk = this.#line.talk(stationId);
      if (talk) return actOn(talk, act);
      throw lineErrors.MANUVISION_LINE_SILENT({ station: this.#nameOf(stationId) });
    }
    if (what === 'still') {
      const { stationId, width } = boxAsks.still.parse(input);
      return { jpeg: Buffer.from(await this.#camera(stationId).still(width)).toString('base64') };
    }
    if (what === 'take') {
      const { stationId, patienceMs } = boxAsks.take.parse(input);
      return this.#take(stationId, patienceMs);
    }
    if (what === 'certificates') return { items: await this.#line.certificates.list() };
    if (what === 'certificate-trust') {
      const { thumbprint, trust } = boxAsks[what].parse(input);
      return { items: await this.#line.certificates.trust(thumbprint, trust) };
    }
    return undefined;
  }

  async stop(): Promise<void> {
    await this.#watch.stop();
    await this.#line.close();
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

  #opened(station: BoxStation): StationCamera | undefined {
    const { id, camera } = station;
    if (!camera) return undefined;
    const { clock, logger } = this.#context;
    // A box stands beside its cameras.
    const parts = { source: camera, allow: privateNetworks, clock, logger };
    // The lot of the station changes while its camera stays.
    const judge = (picture: Picture) => this.#line.come(this.#running.get(id)?.station ?? station, picture);
    return new StationCamera({ ...parts, judge });
  }

  async #end(id: string): Promise<void> {
    const { camera } = this.#running.get(id)!;
    this.#running.delete(id);
    await camera?.close();
  }

  /** Throws when it is not here. */
  async #modelOf(id: string): Promise<string> {
    const running = this.#running.get(id);
    const refused = this.#withoutModel.find((station) => station.id === id);
    if (running) return running.model;
    return refused ? this.#checked(refused) : Promise.reject(unknown(id));
  }

  async #checked({ model }: BoxStation): Promise<string> {
    const path = await this.#context.blob(model);
    await readModelFile(path);
    return path;
  }

  /** Throws MANUVISION_CAMERA_NONE. */
  #camera(id: string): StationCamera {
    const camera = this.#running.get(id)?.camera;
    if (!camera) throw manuvisionServiceErrors.MANUVISION_CAMERA_NONE({ station: this.#nameOf(id) });
    return camera;
  }

  async #take(id: string, patienceMs: number): Promise<VerdictAnswer> {
    const picture = await nextOf(this.#camera(id), patienceMs);
    return this.#line.judge(id, picture, (taken) => this.#judge(id, taken));
  }

  #nameOf(id: string): string {
    return this.#running.get(id)?.station.name ?? id;
  }

  #problem(id: string): string | null {
    return this.#watch.problem(id) ?? this.#running.get(id)?.camera?.problem() ?? null;
  }

  async #judge(id: string, picture: Picture): Promise<VerdictAnswer> {
    const running = this.#running.get(id);
    if (!running) throw unknown(id);
    const { station, model } = running;
    const begun = performance.now();
    const outcome = await this.#outcome(model, picture.content);
    const verdict = await this.#sender.send(station, picture, outcome, performance.now() - begun);
    if (picture.resultId !== undefined) await this.#line.memory.keepResultId(id, picture.resultId);
    await picture.remember?.();
    this.#judged.set(id, (this.#judged.get(id) ?? 0) + 1);
    this.#line.publish(station, verdict);
    return verdict;
  }

  get #cache(): string {
    return join(this.#context.folder, 'models');
  }

  async #outcome(model: string, picture: Uint8Array): Promise<Judged | string> {
    try {
      return await this.#process.judge({ model, picture, cache: this.#cache });
    } catch (error) {
      this.#context.signal.throwIfAborted();
      if (!isMillwrightError(error)) throw error;
      return error.code;
    }
  }
}

const unknown = (station: string) => manuvisionServiceErrors.MANUVISION_STATION_UNKNOWN({ station });

/** As the server is told it: its people need not know how the box signs in to a broker beside it. */
function withoutLogin(line: BoxLineSettings): BoxLineSettings {
  const url = line.mqttUrl === null ? null : URL.parse(line.mqttUrl);
  if (!url) return line;
  url.username = url.username && '***';
  url.password = '';
  return { ...line, mqttUrl: url.href };
}
