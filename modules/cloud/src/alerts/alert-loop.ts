import type { Clock, Logger } from '@millwright/kernel';
import type { AlertService } from './service.ts';

/** At least so often it is looked for what a worker on another machine raised. */
const longestMs = 5_000;
const cleanEveryMs = 6 * 3_600_000;
/** How long alerts and deliveries are kept: half a year, so that an audit finds the last ones. */
const keepMs = 180 * 86_400_000;

/** Has what is due go out in time, for as long as the server lives. */
export class AlertLoop {
  #alerts: AlertService;
  #clock: Clock;
  #logger: Logger;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #again = false;
  #stopped = false;
  #cleaned = 0;

  constructor(parts: { alerts: AlertService; clock: Clock; logger: Logger }) {
    this.#alerts = parts.alerts;
    this.#clock = parts.clock;
    this.#logger = parts.logger;
  }

  start(): void {
    this.#alerts.onDue(() => this.#wake());
    this.#wake();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#alerts.onDue(() => undefined);
    await this.#running;
    await this.#alerts.dispatcher.stop();
  }

  /** At once, or once more when it is running: what woke it may have come too late for that run. */
  #wake(): void {
    if (this.#stopped) return;
    clearTimeout(this.#timer);
    if (this.#running) {
      this.#again = true;
      return;
    }
    this.#running = this.#run().finally(() => {
      this.#running = undefined;
      if (this.#again) {
        this.#again = false;
        this.#wake();
      } else this.#sleep();
    });
  }

  #sleep(): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => this.#wake(), this.#waitMs).unref();
  }

  #waitMs = longestMs;

  async #run(): Promise<void> {
    this.#waitMs = longestMs;
    try {
      const { dispatcher } = this.#alerts;
      await dispatcher.gather();
      // Not awaited: a receiver that takes its time holds up nobody else.
      const lanes = await dispatcher.send();
      for (const lane of lanes) this.#follow(lane);
      const now = this.#clock.now().getTime();
      const next = (await this.#alerts.nextDue()) ?? Number.POSITIVE_INFINITY;
      // What is being sent counts as due until it is settled, and its end wakes the loop anyway.
      this.#waitMs = Math.min(longestMs, Math.max(lanes.length > 0 ? 1_000 : 100, next - now));
      if (now - this.#cleaned > cleanEveryMs) {
        await this.#alerts.removeBefore(new Date(now - keepMs));
        this.#cleaned = now;
      }
    } catch (error) {
      this.#logger.error({ err: error }, 'alerts are held up; it will be tried again');
    }
  }

  #followed = new WeakSet<Promise<void>>();

  /** What came due while the channel was being sent to goes out as soon as that ends. */
  #follow(lane: Promise<void>): void {
    if (this.#followed.has(lane)) return;
    this.#followed.add(lane);
    void lane.then(() => this.#wake());
  }
}
