import type { FrameRule } from '../wire/commands.ts';

/** Decides which decoded frames are wanted. */
export class FrameSelector {
  #rule: FrameRule;
  #count = 0;
  #due: number | undefined;

  constructor(rule: FrameRule) {
    this.#rule = rule;
  }

  set rule(rule: FrameRule) {
    this.#rule = rule;
    this.#count = 0;
    this.#due = undefined;
  }

  /** `mediaTime` in milliseconds, not falling. */
  wants(mediaTime: number): boolean {
    if (typeof this.#rule === 'number') return this.#count++ % this.#rule === 0;
    const interval = 1000 / this.#rule.perSecond;
    // A frame that comes a little early is taken, or every second one would be left out at nearly equal rates.
    if (this.#due !== undefined && mediaTime < this.#due - interval / 8) return false;
    // After a gap the beat starts anew, without making good for what was missed.
    this.#due = Math.max((this.#due ?? mediaTime) + interval, mediaTime + interval / 2);
    return true;
  }
}
