import type { Clock, Logger } from '@millwright/kernel';
import type { Picture, PictureSource } from '../stations/picture-source.ts';
import type { BrokerBeat } from './broker-beat.ts';
import type { FaultLog } from './fault-log.ts';
import type { Fault } from './faults.ts';
import type { Handshake, Phase } from './handshake.ts';
import { HandshakeDriver } from './handshake-driver.ts';
import type { HandshakeSettings } from './handshake-settings.ts';
import type { Shown } from './shown.ts';
import { signalsOf } from './signals.ts';
import { faultOf, type StationHealth } from './station-health.ts';
import type { LineVerdict, TalkingStation } from './talking-station.ts';

export interface TalkParts {
  readonly station: TalkingStation;
  readonly settings: HandshakeSettings;
  readonly lastResultId: number;
  readonly health: StationHealth;
  readonly faults: FaultLog;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Where the station needs the broker. */
  readonly beat?: BrokerBeat | undefined;
  /** Asked for a picture at each trigger; left out: pictures come by themselves. */
  readonly source?: PictureSource | undefined;
  /** Judges a picture that the source gave. */
  judge(picture: Picture): Promise<unknown>;
  /** Ends the lot that is open, if there is one. */
  endLot(): Promise<void>;
  changed(talk: StationTalk): void;
}

/** A part whose picture is being judged for the line. */
export interface TalkedPart {
  readonly partId: string;
  readonly resultId: number;
  readonly lot: string | undefined;
  /** The verdict is kept. */
  judged(verdict: LineVerdict): void;
  /** There is none: it could not be kept. */
  failed(error: unknown): void;
}

const everyMs = 1_000;
const withPart: ReadonlySet<Phase> = new Set(['waiting', 'judging', 'result', 'released']);

/** The talk of one station with the line: signals in and out, whatever the protocol. */
export class StationTalk {
  readonly #parts: TalkParts;
  readonly #driver: HandshakeDriver;
  #heartbeat = 0;
  #since: Date;
  #timer: NodeJS.Timeout | undefined;
  #taking: AbortController | undefined;
  #resetBy: string | null = null;
  /** Of the part that was triggered last. */
  #lot: string | undefined;
  #isClosed = false;
  #isLooking = false;

  constructor(parts: TalkParts) {
    this.#parts = parts;
    this.#since = parts.clock.now();
    const { settings, lastResultId } = parts;
    this.#driver = new HandshakeDriver({ settings, lastResultId, changed: this.#changed });
  }

  get station(): TalkingStation {
    return this.#parts.station;
  }

  get settings(): HandshakeSettings {
    return this.#parts.settings;
  }

  get shown(): Shown {
    const { state } = this.#driver;
    return {
      ...signalsOf(state, this.#parts.settings),
      ...{ heartbeat: this.#heartbeat, trigger: state.trigger, acknowledge: state.acknowledge },
      since: this.#since.toISOString(),
    };
  }

  start(): void {
    this.#timer = setInterval(this.#beat, everyMs);
    void this.#look();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#timer);
    this.#driver.close();
    this.#taking?.abort();
    this.#parts.faults.end(null);
    await this.#parts.faults.settled();
  }

  /** @param partId of the part that the trigger is of, as the line calls it. @param lot that it is of; left out: nothing is said */
  setTrigger(on: boolean, partId?: string, lot?: string): void {
    const before = this.#driver.state.run;
    const { run } = this.#driver.send({ type: 'trigger', on, partId });
    if (run !== before) this.#lot = lot;
  }

  setAcknowledge(on: boolean): void {
    this.#driver.send({ type: 'acknowledge', on });
  }

  /** A trigger without a level to take back. False, and nothing happens, when the station is not ready for one. */
  pulseTrigger(partId?: string, lot?: string): boolean {
    const { phase } = this.#driver.state;
    if (phase !== 'ready' || this.#parts.settings.trigger !== 'line') return false;
    this.setTrigger(true, partId, lot);
    this.setTrigger(false);
    return true;
  }

  /** An acknowledgement without a level to take back. False when there is no result to acknowledge. */
  pulseAcknowledge(): boolean {
    if (this.#driver.state.phase !== 'result') return false;
    this.setAcknowledge(true);
    this.setAcknowledge(false);
    return true;
  }

  /** @param by name of the person; left out: the line. False when there is no fault, or what is wrong still is. */
  reset(by: string | null = null): boolean {
    const { phase, health } = this.#driver.state;
    if (phase !== 'fault' || health !== null) return false;
    this.#resetBy = by;
    this.#driver.send({ type: 'reset' });
    return true;
  }

  /** The lot that is open is over: what comes next is of none until one is named. */
  endLot(): void {
    const { endLot, logger, station } = this.#parts;
    endLot().catch((error: unknown) => {
      logger.error({ err: error, station: station.name }, 'the lot that the line ended could not be ended');
    });
  }

  /** A picture came. Undefined: the line is told nothing of it. */
  take({ partId, lot }: Picture): TalkedPart | undefined {
    const before = this.#driver.state;
    const { phase, run, partId: known } = this.#driver.send({ type: 'picture', partId });
    if (phase !== 'judging' || (before.phase === 'judging' && before.run === run)) return undefined;
    const failed = (fault: Fault) => void this.#driver.send({ type: 'failed', run, fault });
    return {
      ...{ partId: known, resultId: run, lot: lot ?? (before.phase === 'waiting' ? this.#lot : undefined) },
      judged: ({ verdict, class: className, score, error }) => {
        if (verdict === 'refused') return failed(faultOf(error ?? ''));
        const result = { pass: verdict === 'ok', className: verdict === 'ok' ? null : className, score };
        this.#driver.send({ type: 'judged', run, result });
      },
      failed: (error) => failed(faultOf(error) === 'DISK_FULL' ? 'DISK_FULL' : 'NOT_STORED'),
    };
  }

  /** The process that judges has ended. */
  processEnded(): void {
    this.#parts.health.processEnded();
    void this.#look();
  }

  readonly #beat = () => {
    this.#heartbeat = (this.#heartbeat + 1) % 65_536;
    this.#parts.changed(this);
    this.#parts.beat?.send(this.shown);
    void this.#look();
  };

  async #look(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    try {
      const fault = await this.#parts.health.look();
      if (this.#isClosed || fault === undefined || fault === this.#driver.state.health) return;
      this.#driver.send({ type: 'health', fault });
    } catch (error) {
      const { logger, station } = this.#parts;
      logger.error({ err: error, station: station.name }, 'whether a station can judge could not be found out');
      if (!this.#isClosed) this.#driver.send({ type: 'health', fault: 'PROTOCOL_DOWN' });
    } finally {
      this.#isLooking = false;
    }
  }

  readonly #changed = (after: Handshake, before: Handshake) => {
    if (after.phase !== before.phase) {
      const { clock, faults } = this.#parts;
      this.#since = clock.now();
      if (before.phase === 'waiting') this.#taking?.abort();
      if (before.phase === 'fault') {
        faults.end(this.#resetBy);
        this.#resetBy = null;
      }
      if (after.phase === 'fault') {
        const hadPart = withPart.has(before.phase);
        faults.begin(after.fault!, hadPart ? { partId: before.partId, resultId: after.resultId } : undefined);
      }
      if (after.phase === 'waiting') void this.#takePicture();
      this.#parts.beat?.send(this.shown);
    }
    this.#parts.changed(this);
  };

  /** At a trigger. What is wrong with the source is found by its own look, what does not come by the time-out. */
  async #takePicture(): Promise<void> {
    const { source, judge, logger, station } = this.#parts;
    if (!source) return;
    const taking = new AbortController();
    this.#taking = taking;
    try {
      const picture = await source.next(taking.signal);
      if (!taking.signal.aborted) await judge(picture);
    } catch (error) {
      if (taking.signal.aborted) return;
      logger.error({ err: error, station: station.name }, 'no picture for the trigger of the line');
      this.#driver.send({ type: 'failed', run: this.#driver.state.run, fault: 'SOURCE_LOST' });
    }
  }
}
