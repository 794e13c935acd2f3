import type { Bus } from '@millwright/bus';
import { createLogger } from '@millwright/kernel';
import { expect, it } from 'vitest';
import { mostWaiting, StationPublisher } from './station-publisher.ts';

const logger = createLogger('silent');
const station = { id: 'one', name: 'Line 1' };

it('waits for no broker: so many messages wait for it in their order, those beyond are counted as lost', async () => {
  const taken: string[] = [];
  const back = Promise.withResolvers<void>();
  const bus: Pick<Bus, 'url' | 'publish'> = {
    url: 'mqtt://away',
    publish: (topic, payload) => back.promise.then(() => void taken.push(`${topic} ${payload}`)),
  };
  const publisher = new StationPublisher({ bus: bus as Bus, logger });
  for (let part = 0; part < mostWaiting + 3; part++) publisher.publish(station, 'result', { part });
  publisher.publish({ id: 'other', name: 'Line 2' }, 'result', {});
  expect(publisher.unsent('one')).toEqual({ waiting: mostWaiting, lost: 3 });
  expect(publisher.unsent('other')).toEqual({ waiting: 1, lost: 0 });
  back.resolve();
  await expect.poll(() => publisher.unsent('one')).toEqual({ waiting: 0, lost: 3 });
  expect(taken.slice(0, 2)).toEqual(['result {"part":0}', 'result {"part":1}']);
  publisher.publish(station, 'result', { part: 'next' });
  await expect.poll(() => taken.at(-1)).toBe('result {"part":"next"}');
});

it('counts what the broker refused, and sends nothing where there is none', async () => {
  const asked: string[] = [];
  const bus = (url: string) => ({
    url,
    publish: async (topic: string) => {
      asked.push(topic);
      throw new Error('refused');
    },
  });
  const refused = new StationPublisher({ bus: bus('mqtt://there') as unknown as Bus, logger });
  refused.publish(station, 'result', {});
  await expect.poll(() => refused.unsent('one')).toEqual({ waiting: 0, lost: 1 });
  const none = new StationPublisher({ bus: bus('') as unknown as Bus, logger });
  none.publish(station, 'result', {});
  expect([asked, none.unsent('one')]).toEqual([['result'], { waiting: 0, lost: 0 }]);
});
