import { type Config, fixedClock } from '@millwright/kernel';
import { createTestHost, type TestHost } from '@millwright/testkit';
import { cloudModule } from '../../server.ts';
import type { Attention } from '../attention.ts';
import { openWebhookReceiver, type WebhookReceiver } from '../channels/support/webhook-receiver.ts';
import type { AlertService } from '../service.ts';

export interface OpenAlerts {
  readonly test: TestHost;
  readonly alerts: AlertService;
  readonly clock: ReturnType<typeof fixedClock>;
  readonly receiver: WebhookReceiver;
  readonly siteId: string;
  /** A webhook channel to the receiver; id and secret. */
  channel(input?: Record<string, unknown>): Promise<{ id: string; secret: string }>;
  /** Raises something that is an alarm at the clock’s time unless said otherwise. */
  raise(change?: Partial<Attention>): Promise<string>;
  /** Lets time pass, and everything happen that comes due meanwhile. */
  pass(ms?: number): Promise<void>;
  cleanup(): Promise<void>;
}

export const monday = '2026-03-02T12:00:00Z';

/** A cloud on a clock that stands still, with a receiver of webhooks. */
export async function openAlerts(config: Partial<Config> = {}): Promise<OpenAlerts> {
  const clock = fixedClock(monday);
  const receiver = await openWebhookReceiver();
  const allowed = { allowedNetworks: '127.0.0.0/8', publicUrl: 'https://millwright.example', ...config };
  const test = await createTestHost({ modules: [cloudModule], clock, config: allowed });
  const { alerts } = test.host.use(cloudModule);
  const site = { kind: 'site', parentId: null, name: 'Qingdao', timezone: 'Asia/Shanghai' };
  const siteId = (await test.call('POST', '/api/cloud/nodes', { body: site })).body.id as string;
  let made = 0;
  return {
    ...{ test, alerts, clock, receiver, siteId },
    async channel(input = {}) {
      made += 1;
      const body = { name: `Hook ${made}`, kind: 'webhook', config: { url: receiver.url }, groupSeconds: 0, ...input };
      const answer = await test.call('POST', '/api/cloud/alerts/channels', { body });
      if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
      return { id: answer.body.channel.id, secret: answer.body.secret };
    },
    raise: (change = {}) =>
      alerts.raise({
        ...{ module: 'matrixvision', kind: 'line-crossed', severity: 'alarm', siteId, subject: 'rule-7' },
        ...{ title: 'Gate 3 crossed', at: clock.now().getTime(), ...change },
      }),
    async pass(ms = 0) {
      const end = clock.now().getTime() + ms;
      for (;;) {
        await alerts.dispatcher.pass();
        const next = await alerts.nextDue();
        if (next === undefined || next > end) break;
        clock.set(new Date(Math.max(next, clock.now().getTime())));
      }
      clock.set(new Date(end));
    },
    async cleanup() {
      await receiver.close();
      await test.cleanup();
    },
  };
}
