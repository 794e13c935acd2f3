import { setTimeout as delay } from 'node:timers/promises';
import type { Note } from '@millwright/kernel';
import { Backoff, type BackoffOptions, sleep } from '@millwright/kernel';
import { Quality } from '../../quality.ts';
import { defaultBackoff, sleepUntilMultiple } from '../backoff.ts';
import type { Connector, ConnectorContext, OpenConnector, Reading } from '../connector.ts';
import { connectorNotes } from '../connector-notes.ts';
import { PatientDelivery } from '../patient-delivery.ts';
import { reasonOf } from '../raw-payload.ts';
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
    this.#state.report('connecting', connectorNotes.connecting({ where: this.#where }));
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

  get #where(): Note {
    const { host, port, unitId } = this.#context.config;
    return connectorNotes['modbus-device']({ address: `${host}:${port}`, unit: String(unitId) });
  }

  async #run(): Promise<void> {
    while (!this.#abort.signal.aborted) {
      try {
        this.#link = await connectModbus(this.#context.config);
        await this.#pollUntilBroken(this.#link);
      } catch (error) {
        this.#state.report('offline', connectorNotes['modbus-silent']({ where: this.#where, reason: reasonOf(error) }));
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
        troubles.push(connectorNotes['modbus-slow']({ took: Math.round(took / 100) / 10, period: period / 1000 }));
      const where = this.#where;
      if (troubles.length > 0)
        this.#state.report('degraded', connectorNotes.troubles({ where, troubles: troubles.slice(0, 5) }));
      else this.#state.report('online', connectorNotes['modbus-answers']({ where, reads: this.#blocks.length }));
      await sleepUntilMultiple(this.#context.clock, period, this.#abort.signal);
    }
  }

  #now(): number {
    return this.#context.clock.now().getTime();
  }

  /** One round over all blocks; returns what a person should know. Throws when the link is no longer good. */
  async #poll(link: ModbusLink, time: number): Promise<Note[]> {
    const troubles: Note[] = [];
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
      const { key, type = 'number' } = register;
      const reason = connectorNotes['modbus-no-value']({ key, raw, type });
      this.#delivery.reject(
        this.#limiter.pass(`value ${register.key}`, { code: 'not-a-number', reason, key: register.key, time, raw }),
      );
    }
    this.#delivery.deliver(readings);
  }

  #refused(block: ReadBlock, exception: ModbusException, time: number): Note {
    const name = blockName(block);
    const keys = block.registers.map((register) => register.key);
    const refused = { key: keys[0]!, block: name, exception: exception.text };
    const trouble =
      keys.length === 1
        ? connectorNotes['modbus-register'](refused)
        : connectorNotes['modbus-registers']({ ...refused, more: keys.length - 1 });
    this.#delivery.reject(
      this.#limiter.pass(name, {
        code: 'device-exception',
        reason: connectorNotes['modbus-refused']({ where: this.#where, trouble }),
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
