import type { ImageInput } from '@millwright/inference';
import type { ViewSpec } from '@millwright/media';
import type { Size } from '../geometry/box.ts';
import type { TrackedObject } from '../observation.ts';
import { FireSigns } from '../pipeline/fire-signs.ts';
import { isPortable } from '../pipeline/portable-labels.ts';
import { type StillRegion, StillRegions } from '../pipeline/still-regions.ts';
import type { RulesFile } from '../rules/rules-file.ts';

/** What the reader needs of a frame; a `VideoFrame` of media has it. */
export interface RegionFrame extends Size {
  readonly time: number;
  views(specs: readonly ViewSpec[]): Promise<readonly Pick<ImageInput, 'width' | 'height' | 'data'>[]>;
}

const everyMs = 500;
const greyWidth = 240;
const colourWidth = 160;

/** Finds parts of the picture that no detector finds, for those rules that ask for them. */
export class RegionReader {
  #still: StillRegions | undefined;
  #fire: FireSigns | undefined;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #regions: readonly StillRegion[] | undefined;

  setRules({ rules }: RulesFile): void {
    const asked = (...kinds: string[]) => rules.some(({ kind, enabled }) => enabled && kinds.includes(kind));
    this.#still = asked('object-left', 'object-taken') ? (this.#still ?? new StillRegions()) : undefined;
    this.#fire = asked('smoke-like', 'flame-like') ? (this.#fire ?? new FireSigns()) : undefined;
    if (!this.isAsked) this.#regions = undefined;
  }

  /** Whether any rule asks for regions. */
  get isAsked(): boolean {
    return this.#still !== undefined || this.#fire !== undefined;
  }

  /** The regions that are there now; undefined where no rule asks for any. */
  async read(frame: RegionFrame, objects: readonly TrackedObject[]): Promise<readonly StillRegion[] | undefined> {
    if (!this.isAsked || frame.time - this.#lookedAt < everyMs) return this.#regions;
    this.#lookedAt = frame.time;
    const view = (width: number, format: ViewSpec['format']): ViewSpec => ({
      ...{ width, height: Math.max(16, Math.round((width * frame.height) / frame.width)), format, fit: 'stretch' },
    });
    const [grey, colour] = await frame.views([view(greyWidth, 'gray8'), view(colourWidth, 'rgb24')]);
    const followed = objects.filter(({ label }) => !isPortable(label)).map(({ box }) => box);
    this.#regions = [
      ...(this.#still?.look(grey!, frame.time, followed, frame) ?? []),
      ...(this.#fire?.look(colour!, frame.time, followed, frame) ?? []),
    ];
    return this.#regions;
  }
}
