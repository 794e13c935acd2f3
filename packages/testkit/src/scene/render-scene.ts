import { encodeVideo } from '@millwright/media';
import { Scene } from './scene.ts';
import type { SceneDefinition } from './scene-definition.ts';
import { motTruthRows } from './truth/mot-truth.ts';

export interface RenderSceneOptions {
  /** The MP4 that is written, H.264, whole or not at all. */
  readonly out: string;
  readonly signal?: AbortSignal;
}

export interface RenderedScene {
  readonly scene: Scene;
  readonly frames: number;
  /** Ground truth of all frames in the format of MOTChallenge. */
  readonly truth: string;
}

/** Draws a scene into a video file. Computes in the calling thread: in a server, call it in a process of its own. */
export async function renderScene(definition: SceneDefinition, options: RenderSceneOptions): Promise<RenderedScene> {
  const scene = new Scene(definition);
  const rows: string[] = [];
  function* pictures(): Iterable<Uint8Array> {
    for (let frame = 0; frame < scene.frames; frame++) {
      const { picture, objects } = scene.draw(frame);
      rows.push(motTruthRows(frame + 1, objects));
      yield new Uint8Array(picture.buffer, picture.byteOffset, picture.byteLength);
    }
  }
  const { width, height, frameRate } = definition;
  const frames = await encodeVideo(pictures(), { width, height, frameRate, ...options });
  return { scene, frames, truth: rows.join('') };
}
