import type { MqttClient } from 'mqtt';
import type { PointDescription } from '../model/plant-description.ts';
import type { Plant } from '../plant.ts';
import { preparePlant } from '../prepare-plant.ts';
import { type BrokerOptions, connectOnce } from './mqtt-connect.ts';
import { every, nowOf, type Publisher, type PublisherOptions, readingsBetween } from './publisher.ts';

export interface MqttJsonOptions extends PublisherOptions, BrokerOptions {
  /** Which points; all by default. */
  readonly select?: (point: PointDescription) => boolean;
}

export interface PlantMqttJson extends Publisher {
  /** Publishes whatever became due since the last call; resolves when the broker has acknowledged it. */
  tick(): Promise<void>;
}

/** `plant/<site>/<asset>/<metric>` with `{"ts": milliseconds, "value": number}`, QoS 1. */
export function createMqttJson(plant: Plant, options: MqttJsonOptions): PlantMqttJson {
  const now = nowOf(options);
  const points = plant.points.filter(options.select ?? (() => true));
  let client: MqttClient | undefined;
  let endTicks: () => void = () => undefined;
  let sentUntil = 0;
  async function tick(): Promise<void> {
    const until = now();
    const after = sentUntil;
    sentUntil = until;
    const sent: Promise<unknown>[] = [];
    for (const point of points) {
      for (const { at, value } of readingsBetween(plant, point, after, until)) {
        sent.push(client!.publishAsync(`plant/${point.key}`, JSON.stringify({ ts: at, value }), { qos: 1 }));
      }
    }
    await Promise.all(sent);
  }
  return {
    tick,
    start: async () => {
      await preparePlant(plant, now());
      client = await connectOnce(options, { reconnectPeriod: 1000 });
      sentUntil = now();
      // A lost connection rejects what was under way; mqtt.js sends it again after it has reconnected.
      endTicks = every(options.intervalMs, () => void tick().catch(() => undefined));
    },
    stop: async () => {
      endTicks();
      await client?.endAsync(true);
      client = undefined;
    },
  };
}
