import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Actor, type Host, isMillwrightError } from '@millwright/kernel';
import { cameraSettings, parseRules } from '@millwright/matrixvision';
import { matrixvisionModule } from '@millwright/matrixvision/server';
import { type SampleCamera, sampleCameras } from '@millwright/testkit/scene';
import type { SampleLanguage } from './sample-tree.ts';

export interface SampleCamerasOptions {
  readonly host: Host;
  readonly actor: Actor;
  readonly language: SampleLanguage;
  /** Which of the sample cameras; left out: all. */
  readonly cameras?: readonly SampleCamera[];
  /** Length of the loops; left out: that of their scenes. */
  readonly seconds?: number;
}

/** Cameras that were added, by key: what a person takes away later is not brought back. */
type Added = Record<string, { readonly id: string }>;

const entry = fileURLToPath(new URL('./camera-process.ts', import.meta.url));

/**
 * The cameras of the sample plant: loops of a minute that are rendered on the first start, one after the other in the
 * background, and play as cameras from then on.
 */
export class SampleCameras {
  readonly #options: SampleCamerasOptions;
  readonly #folder: string;
  readonly #stop = new AbortController();
  #running: Promise<void> | undefined;

  constructor(options: SampleCamerasOptions) {
    this.#options = options;
    this.#folder = join(options.host.folder, 'sample', 'cameras');
  }

  /** Begins; what fails is logged, and tried again at the next start. */
  start(siteId: string): void {
    this.#running ??= this.#addAll(siteId).catch((error: unknown) => {
      if (!this.#stop.signal.aborted)
        this.#options.host.logger.error({ err: error }, 'the cameras of the sample plant could not be made');
    });
  }

  /** Resolves when all are there, or could not be made. */
  get settled(): Promise<void> {
    return this.#running ?? Promise.resolve();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #addAll(siteId: string): Promise<void> {
    mkdirSync(this.#folder, { recursive: true });
    for (const camera of this.#options.cameras ?? sampleCameras) {
      if (this.#added()[camera.key]) continue;
      const file = join(this.#folder, `${camera.key}.mp4`);
      if (!existsSync(file)) await this.#render(camera.key, file);
      await this.#add(camera, siteId, file);
      rmSync(file, { force: true });
    }
  }

  async #render(key: string, file: string): Promise<void> {
    const { seconds } = this.#options;
    const child = fork(entry, [key, file, ...(seconds === undefined ? [] : [String(seconds)])], {
      signal: this.#stop.signal,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      // Ctrl-C reaches the whole group of the server, which decides itself when this stops.
      detached: true,
    });
    const [code] = (await once(child, 'exit')) as [number | null];
    this.#stop.signal.throwIfAborted();
    // Its words are on the server's own error output.
    if (code !== 0 || !existsSync(file)) throw new Error(`the process that renders the camera ${key} ended (${code})`);
  }

  async #add({ key, displayName, rules }: SampleCamera, siteId: string, file: string): Promise<void> {
    const { host, actor, language } = this.#options;
    const { cameras } = host.use(matrixvisionModule);
    const { hash } = await host.blobs.put(file, { mediaType: 'video/mp4' });
    const settings = cameraSettings.parse({
      source: { type: 'file', blob: hash, fileName: `${key}.mp4`, loop: true, rendered: true },
      detection: { mostPerSecond: 2, labels: ['person'] },
      recording: { days: 2, gigabytes: 1 },
    });
    const rulesFile = parseRules({
      version: 1,
      rules: rules.map(({ names, ...rule }) => ({ ...rule, name: names[language] })),
    });
    try {
      const id = await host.db.transaction(async () => {
        const made = await cameras.create(actor, { siteId, name: displayName[language], enabled: true, settings });
        await cameras.setRules(actor, made.id, rulesFile);
        return made.id;
      });
      this.#remember(key, id);
    } catch (error) {
      // Stopped between the commit and the note of it, or a person took the name first.
      if (!isMillwrightError(error) || error.code !== 'CAMERA_EXISTS') throw error;
      this.#remember(key, '');
    }
  }

  get #noteFile(): string {
    return join(this.#folder, 'added.json');
  }

  #added(): Added {
    return existsSync(this.#noteFile) ? (JSON.parse(readFileSync(this.#noteFile, 'utf8')) as Added) : {};
  }

  #remember(key: string, id: string): void {
    const part = `${this.#noteFile}.part`;
    writeFileSync(part, JSON.stringify({ ...this.#added(), [key]: { id } }));
    renameSync(part, this.#noteFile);
  }
}
