import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { mediaErrors } from '../errors.ts';
import { CameraRecording } from './camera-recording.ts';

/** All recordings of a machine: a folder with one folder per camera. */
export class RecordingStore {
  readonly folder: string;
  readonly #cameras = new Map<string, Promise<CameraRecording>>();

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async open(folder: string): Promise<RecordingStore> {
    await mkdir(folder, { recursive: true });
    return new RecordingStore(folder);
  }

  /** The recording of a camera; an empty one for a camera that has none yet. */
  camera(id: string): Promise<CameraRecording> {
    if (!/^[A-Za-z0-9_-]{1,100}$/.test(id))
      throw mediaErrors.MEDIA_OPTION_INVALID({
        option: 'camera',
        reason: 'a name of letters, digits, - and _ is needed',
      });
    const known = this.#cameras.get(id);
    if (known) return known;
    const opened = CameraRecording.open(join(this.folder, id));
    this.#cameras.set(id, opened);
    // A folder that could not be read is tried again by the next who asks.
    opened.catch(() => this.#cameras.delete(id));
    return opened;
  }

  /** Names of the cameras that have a folder. */
  async cameras(): Promise<string[]> {
    const entries = await readdir(this.folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  }
}
