import { readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import type { EdgeModel } from '../edge-contract.ts';
import type { WatchedCamera } from '../runtime/watched-camera.ts';

/** What a camera was looked at with. */
export interface CameraNetwork {
  readonly settings: Pick<WatchedCamera, 'model' | 'labels' | 'threshold'>;
  /** Where it is a user's. */
  readonly own?: EdgeModel;
}

export const nameOf = ({ settings, own }: CameraNetwork): string =>
  own ? `${own.name} ${own.version}` : settings.model;

/** The network that each camera ran with last, kept on disk: it goes on with that where the next one is refused. */
export class CameraNetworks {
  #path: string;
  #known = new Map<string, CameraNetwork>();

  /** @param path of a JSON file; one that cannot be read counts as empty. */
  constructor(path: string) {
    this.#path = path;
    try {
      this.#known = new Map(Object.entries(JSON.parse(readFileSync(path, 'utf8')) as Record<string, CameraNetwork>));
    } catch {
      // The first start, or a disk that lost it.
    }
  }

  get(cameraId: string): CameraNetwork | undefined {
    return this.#known.get(cameraId);
  }

  /** Those of all cameras that there are; on disk when it resolves. */
  async set(networks: ReadonlyMap<string, CameraNetwork>): Promise<void> {
    const text = JSON.stringify(Object.fromEntries(networks));
    if (text === JSON.stringify(Object.fromEntries(this.#known))) return;
    this.#known = new Map(networks);
    await writeFile(`${this.#path}.new`, text, { flush: true });
    await rename(`${this.#path}.new`, this.#path);
  }
}
