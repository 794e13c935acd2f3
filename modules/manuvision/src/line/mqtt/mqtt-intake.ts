import type { Bus, BusMessage } from '@millwright/bus';
import type { Logger } from '@millwright/kernel';
import { z } from 'zod';
import { lotNumber } from '../../lots/schemas.ts';
import type { Picture } from '../../stations/picture-source.ts';
import type { StationTalk } from '../station-talk.ts';

interface IntakeParts {
  readonly bus: Bus;
  talk(stationId: string): StationTalk | undefined;
  judge(stationId: string, picture: Picture): Promise<unknown>;
  readonly logger: Logger;
}

/** Where the line sends to; what comes after `picture/` is the part, and after that its lot. */
export const intakeTopics = [
  'picture',
  'picture/+',
  'picture/+/+',
  'trigger',
  'acknowledge',
  'reset',
  'lot-end',
] as const;
const prefix = 'millwright/stations/';

const triggerMessage = z.object({ partId: z.string().max(64).optional(), lot: lotNumber.optional() });

/**
 * Pictures, triggers, acknowledgements and resets that come through the broker, for stations that are set up so. What cannot be
 * understood is logged and not sent again; a trigger that the station cannot take is a fault of the handshake.
 */
export class MqttIntake {
  readonly #parts: IntakeParts;
  #ends: (() => Promise<void>)[] = [];

  constructor(parts: IntakeParts) {
    this.#parts = parts;
  }

  async start(): Promise<void> {
    const { bus } = this.#parts;
    for (const topic of intakeTopics)
      this.#ends.push(await bus.subscribe(`${prefix}+/${topic}`, (message) => this.#take(message)));
  }

  async stop(): Promise<void> {
    await Promise.all(this.#ends.splice(0).map((end) => end()));
  }

  async #take({ topic, payload, retained }: BusMessage): Promise<void> {
    // One that was kept by the broker is of a part that went by long ago.
    if (retained) return;
    const [id = '', what = '', ...rest] = topic.slice(prefix.length).split('/');
    const talk = this.#parts.talk(id);
    if (!talk?.settings.mqtt) return;
    try {
      if (what === 'picture') await this.#picture(talk, Uint8Array.from(payload), rest);
      else if (what === 'trigger') trigger(talk, Buffer.from(payload).toString('utf8'));
      else if (what === 'acknowledge') talk.pulseAcknowledge();
      else if (what === 'lot-end') talk.endLot();
      else talk.reset();
    } catch (error) {
      this.#parts.logger.error(
        { err: error, station: talk.station.name, topic },
        'a message of the line was not taken',
      );
    }
  }

  async #picture(talk: StationTalk, content: Uint8Array, [part, number]: readonly string[]): Promise<void> {
    // A level that is empty says nothing.
    const partId = part || undefined;
    const picture = {
      name: partId ?? 'picture',
      content,
      partId,
      lot: lotNumber.optional().parse(number || undefined),
    };
    await this.#parts.judge(talk.station.id, picture);
  }
}

/** Nothing, or JSON with the part's id and its lot. One that comes while there is another part is a fault, as a level would be. */
function trigger(talk: StationTalk, text: string): void {
  const { partId, lot } = triggerMessage.parse(text.trim() === '' ? {} : JSON.parse(text));
  talk.setTrigger(true, partId, lot);
  talk.setTrigger(false);
}
