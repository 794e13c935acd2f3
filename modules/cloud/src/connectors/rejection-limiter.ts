import type { Clock } from '@millwright/kernel';
import type { Rejection } from './connector.ts';
import { connectorNotes } from './connector-notes.ts';

interface Held {
  until: number;
  repeated: number;
  last: Rejection | undefined;
}

/**
 * A device that answers the same exception to every poll would write the same line thousands of times a day. The
 * first of a kind passes at once; later ones within the window are counted, and the count passes with the next one
 * after the window. Only for facts about a device: a payload that holds readings is always kept whole.
 */
export class RejectionLimiter {
  #clock: Clock;
  #windowMs: number;
  #held = new Map<string, Held>();

  constructor(clock: Clock, windowMs: number) {
    this.#clock = clock;
    this.#windowMs = windowMs;
  }

  /** The rejections to hand on now, with the count of those held back in the reason. */
  pass(subject: string, rejection: Rejection): Rejection[] {
    const now = this.#clock.now().getTime();
    const held = this.#held.get(subject);
    if (held && now < held.until) {
      held.repeated += 1;
      held.last = rejection;
      return [];
    }
    this.#held.set(subject, { until: now + this.#windowMs, repeated: 0, last: undefined });
    return [withCount(rejection, held?.repeated ?? 0)];
  }

  /** What is still counted but not handed on, to be recorded when the connector closes. */
  drain(): Rejection[] {
    const out: Rejection[] = [];
    for (const held of this.#held.values()) if (held.last) out.push(withCount(held.last, held.repeated - 1));
    this.#held.clear();
    return out;
  }
}

function withCount(rejection: Rejection, repeated: number): Rejection {
  if (repeated <= 0) return rejection;
  return { ...rejection, reason: connectorNotes.repeated({ reason: rejection.reason, count: repeated }) };
}
