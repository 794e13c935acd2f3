import { setTimeout as delay } from 'node:timers/promises';
import { Quality } from '../../quality.ts';
import { Backoff, type BackoffOptions, defaultBackoff, sleep, sleepUntilMultiple } from '../backoff.ts';
import type { Connector, ConnectorContext, OpenConnector, Reading } from '../connector.ts';
import { PatientDelivery } from '../patient-delivery.ts';
import { RejectionLimiter } from '../rejection-limiter.ts';
import { StateReporter } from '../state-reporter.ts';
import { ucumUnit } from '../ucum-unit.ts';
import { type ModbusConfig, type ModbusRegister, modbusConfig } from './modbus-config.ts';
import { connectModbus, ModbusException, type ModbusLink } from './modbus-link.ts';
import { planReads, type ReadBlock, splitBlock, widthOf } from './read-plan.ts';
import { registerValue } from './register-value.ts';

/** The same trouble of the same registers is recorded once in this time, with its count. */
const repeatMs = 3_600_000;
/** Exceptions that may be about one register of a block: 2 illegal address, 3 illegal value (a length it does not take). */
const blockExceptions = new Set([2, 3]);
/** So long closing waits for a poll under way before it drops the connection. */
const closingMs = 3_000;

export function createModbusConnector(options: { backoff?: BackoffOptions } = {}): Connector<ModbusConfig> {
  return {
    kind: 'modbus',
    configSchema: modbusConfig,
    async open(context) {
      return new ModbusSession(context, options.backoff ?? defaultBackoff);
    },
  };
}

export const modbusConnector = createModbusConnector();

class ModbusSession implements OpenConnector {
  #context: ConnectorContext<ModbusConfig>;
  #state: StateReporter;
  #delivery: PatientDelivery;
  #limiter: RejectionLimiter;
  #backoff: Backoff;
  #abort = new AbortController();
  #link: ModbusLink | undefined;
  #running: Promise<void>;
  /** The plan, as refined by what the device refused so far. */
  #blocks: ReadBlock[];

  constructor(context: ConnectorContext<ModbusConfig>, backoff: BackoffOptions) {
    const { config, sink, clock, logger } = context;
    this.#context = context;
    this.#state = new StateReporter(sink);
    this.#delivery = new PatientDelivery({ sink, clock, logger });
    this.#limiter = new RejectionLimiter(clock, repeatMs);
    this.#backoff = new Backoff(backoff);
    this.#blocks = planReads(config.registers, config);
    this.#state.report('connecting', `Connecting to ${this.#where}.`);
    this.#delivery.announce(config.registers.map(pointOf));
    this.#running = this.#run();
  }

  async close(): Promise<void> {
    this.#state.close();
    this.#abort.abort();
    await Promise.race([this.#running, delay(closingMs, undefined, { ref: false })]);
    await this.#link?.close();
    await this.#running;
    this.#delivery.reject(this.#limiter.drain());
    await this.#delivery.close();
  }

  get #where(): string {
    const { host, port, unitId } = this.#context.config;
    return `${host}:${port} unit ${unitId}`;
  }

  async #run(): Promise<void> {
    while (!this.#abort.signal.aborted) {
      try {
        this.#link = await connectModbus(this.#context.config);
        await this.#pollUntilBroken(this.#link);
      } catch (error) {
        this.#state.report('offline', `${this.#where} does not answer: ${reasonOf(error)}.`);
      } finally {
        await this.#link?.close();
        this.#link = undefined;
      }
      await sleep(this.#backoff.next(), this.#abort.signal);
    }
  }

  /** Polls at once and then on the clock's multiples. A poll that takes longer than its turn makes the next ones fall out. */
  async #pollUntilBroken(link: ModbusLink): Promise<void> {
    const period = this.#context.config.pollSeconds * 1000;
    while (!this.#abort.signal.aborted) {
      const start = this.#now();
      const troubles = await this.#poll(link, start);
      this.#backoff.reset();
      const took = this.#now() - start;
      if (took > period)
        troubles.push(`a poll takes ${(took / 1000).toFixed(1)} s, longer than the ${period / 1000} s between polls`);
      if (troubles.length > 0) this.#state.report('degraded', `${this.#where}: ${troubles.slice(0, 5).join('; ')}.`);
      else this.#state.report('online', `${this.#where} answers in ${this.#blocks.length} reads per poll.`);
      await sleepUntilMultiple(this.#context.clock, period, this.#abort.signal);
    }
  }

  #now(): number {
    return this.#context.clock.now().getTime();
  }

  /** One round over all blocks; returns what a person should know. Throws when the link is no longer good. */
  async #poll(link: ModbusLink, time: number): Promise<string[]> {
    const troubles: string[] = [];
    const refined: ReadBlock[] = [];
    const todo = this.#blocks.toReversed();
    for (let block = todo.pop(); block; block = todo.pop()) {
      if (this.#abort.signal.aborted) return troubles;
      try {
        this.#take(block, await link.read(block), time);
        refined.push(block);
      } catch (error) {
        if (!(error instanceof ModbusException)) throw error;
        const halves = blockExceptions.has(error.code) ? splitBlock(block) : undefined;
        if (halves) {
          todo.push(halves[1], halves[0]);
          continue;
        }
        refined.push(block);
        troubles.push(this.#refused(block, error, time));
      }
    }
    this.#blocks = refined;
    return troubles;
  }

  #take(block: ReadBlock, words: readonly number[], time: number): void {
    const readings: Reading[] = [];
    for (const register of block.registers) {
      const start = register.address - block.address;
      const own = words.slice(start, start + widthOf(register));
      const value = registerValue(register, own);
      if (!Number.isNaN(value)) {
        readings.push({ key: register.key, time, value, quality: Quality.good });
        continue;
      }
      const raw = own.map((word) => word.toString(16).padStart(4, '0')).join(' ');
      const reason = `${register.key} holds ${raw}, which is not a finite ${register.type}.`;
      this.#delivery.reject(
        this.#limiter.pass(`value ${register.key}`, { code: 'not-a-number', reason, key: register.key, time, raw }),
      );
    }
    this.#delivery.deliver(readings);
  }

  #refused(block: ReadBlock, exception: ModbusException, time: number): string {
    const name = blockName(block);
    const keys = block.registers.map((register) => register.key);
    const who = keys.length === 1 ? keys[0]! : `${keys[0]} and ${keys.length - 1} more`;
    const trouble = `${who} (${name}): ${exception.text}`;
    this.#delivery.reject(
      this.#limiter.pass(name, {
        code: 'device-exception',
        reason: `${this.#where} refuses ${trouble}.`,
        key: keys[0]!,
        time,
      }),
    );
    return trouble;
  }
}

function blockName(block: ReadBlock): string {
  const last = block.address + block.count - 1;
  return `${block.function} ${block.address}${last > block.address ? `-${last}` : ''}`;
}

function pointOf(register: ModbusRegister) {
  const unit = ucumUnit(register.unit) ?? register.unit;
  return {
    key: register.key,
    name: register.name ?? register.key,
    ...(unit ? { unit } : {}),
    ...(register.kind ? { kind: register.kind } : {}),
  };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
