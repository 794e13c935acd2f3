import type { Actor, Clock } from '@millwright/kernel';
import type { Ledger } from '@millwright/ledger';
import type { CameraRow } from '../schema.ts';

const hourMs = 3_600_000;

/** Ways to look at what a camera shows or showed that go on: each picture of them would fill the ledger. */
export type Look = 'live' | 'pictures';

/** Writes down who looks at the pictures of a camera: once an hour for each person, camera and way, from the first look on. */
export class LookLog {
  readonly #ledger: Ledger;
  readonly #clock: Clock;
  readonly #last = new Map<string, number>();

  constructor(parts: { ledger: Ledger; clock: Clock }) {
    this.#ledger = parts.ledger;
    this.#clock = parts.clock;
  }

  async record(actor: Actor, camera: CameraRow, look: Look, covered: boolean): Promise<void> {
    const now = this.#clock.now().getTime();
    const key = `${actor.kind} ${actor.id} ${camera.id} ${look} ${covered}`;
    if (now - (this.#last.get(key) ?? Number.NEGATIVE_INFINITY) < hourMs) return;
    this.#last.set(key, now);
    for (const [each, at] of this.#last) if (now - at >= hourMs) this.#last.delete(each);
    try {
      await this.#ledger.record(actor, {
        type: look === 'live' ? 'matrixvision.live-view' : 'matrixvision.picture-view',
        ...{ subject: camera.id, siteId: camera.site_id },
        content: { camera: camera.name, covered },
      });
    } catch (error) {
      // The look that was not written down is written down by the next one.
      this.#last.delete(key);
      throw error;
    }
  }
}
