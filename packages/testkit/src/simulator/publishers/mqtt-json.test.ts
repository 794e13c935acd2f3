import { fixedClock } from '@millwright/kernel';
import { expect, it } from 'vitest';
import { startTestBroker } from '../broker-for-test.ts';
import { createPlant } from '../plant.ts';
import { createMqttJson } from './mqtt-json.ts';

it('publishes readings that became due as JSON under site, asset and metric', async () => {
  const broker = await startTestBroker();
  const now = Date.UTC(2026, 4, 5, 10);
  const clock = fixedClock(new Date(now));
  const plant = createPlant({ commissionedAt: Date.UTC(2026, 3, 1) });
  const key = 'hamburg/chiller-1/active-power';
  const publisher = createMqttJson(plant, {
    url: broker.url,
    clock,
    intervalMs: 0,
    select: (point) => point.key === key,
  });
  try {
    await publisher.start();
    clock.advance(20_000);
    await publisher.tick();
    expect(broker.messages.map(({ topic, payload }) => [topic, JSON.parse(payload.toString())])).toEqual(
      [now + 10_000, now + 20_000].map((ts) => [`plant/${key}`, { ts, value: plant.value(key, ts) }]),
    );
  } finally {
    await publisher.stop();
    await broker.close();
  }
});
