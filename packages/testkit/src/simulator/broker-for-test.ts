import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { Aedes } from 'aedes';

export interface TestBroker {
  readonly url: string;
  /** Everything that clients have published, in order of arrival. */
  readonly messages: { readonly topic: string; readonly payload: Buffer; readonly qos: number }[];
  /** Resolves when `count` messages whose topic contains `part` have come. */
  received(part: string, count: number): Promise<void>;
  publish(topic: string, payload: Buffer): Promise<void>;
  close(): Promise<void>;
}

/** A real broker in this process, for tests of the publishers. Port 0: any free one. */
export async function startTestBroker(port = 0): Promise<TestBroker> {
  const aedes = await Aedes.createBroker();
  const server = createServer(aedes.handle);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const messages: { topic: string; payload: Buffer; qos: number }[] = [];
  const waiting = new Set<() => void>();
  aedes.on('publish', (packet) => {
    if (packet.topic.startsWith('$SYS')) return;
    messages.push({ topic: packet.topic, payload: Buffer.from(packet.payload), qos: packet.qos });
    for (const check of waiting) check();
  });
  return {
    url: `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`,
    messages,
    received: (part, count) =>
      new Promise((resolve) => {
        const check = () => {
          if (messages.filter(({ topic }) => topic.includes(part)).length < count) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        check();
      }),
    publish: (topic, payload) =>
      new Promise((resolve, reject) => {
        aedes.publish({ cmd: 'publish', topic, payload, qos: 0, dup: false, retain: false }, (error) =>
          error ? reject(error) : resolve(),
        );
      }),
    close: async () => {
      await new Promise<void>((resolve) => aedes.close(() => resolve()));
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
