import type { Signals } from './signals.ts';

/** What a station shows to the line at a moment. */
export interface Shown extends Signals {
  /** Counts up every second while the station lives, 0 to 65535 and again. */
  readonly heartbeat: number;
  /** As the line holds them. */
  readonly trigger: boolean;
  readonly acknowledge: boolean;
  /** Since when it shows this. */
  readonly since: string;
}
