import { listArgument, type Verb } from '@millwright/kernel';
import { findSource } from './find.ts';

interface Client {
  username: string;
  publish: string[];
  subscribe: string[];
  revokedAt: string | null;
}

export const brokerVerbs: readonly Verb[] = [
  {
    name: 'mqtt-clients',
    summary: 'List who may connect to the embedded broker, and to which topics.',
    run: ({ call }) => call('GET', '/api/cloud/broker-clients'),
    print: ({ items }: { items: Client[] }) =>
      items
        .map(
          ({ username, publish, subscribe, revokedAt }) =>
            `${username}${revokedAt ? `  revoked ${revokedAt}` : ''}  publish ${publish.join(', ') || '–'}  subscribe ${subscribe.join(', ') || '–'}`,
        )
        .join('\n') || 'No clients yet.',
  },
  {
    name: 'mqtt-clients add',
    summary: 'Let a client connect to the embedded broker; prints its password, once.',
    arguments: [{ name: 'USERNAME', summary: 'The name it signs in with.' }],
    options: [
      { name: 'publish', summary: 'Topics it may publish to, with commas between.', placeholder: 'TOPICS' },
      { name: 'subscribe', summary: 'Topics it may subscribe to.', placeholder: 'TOPICS' },
      { name: 'source', summary: 'Source whose topics it may use.', placeholder: 'NAME' },
    ],
    run: async ({ call, arguments: given, options }) => {
      const sourceId = typeof options.source === 'string' ? (await findSource(call, options.source)).id : null;
      const { publish, subscribe } = options;
      const body = {
        username: given.USERNAME,
        publish: listArgument(publish),
        subscribe: listArgument(subscribe),
        sourceId,
      };
      return call('POST', '/api/cloud/broker-clients', { body });
    },
    print: ({ password }: { password: string }) => password,
  },
  {
    name: 'mqtt-clients revoke',
    summary: 'End what a client may do, at once.',
    arguments: [{ name: 'USERNAME', summary: 'Its name.' }],
    run: async ({ call, arguments: given }) => {
      await call('DELETE', `/api/cloud/broker-clients/${encodeURIComponent(given.USERNAME!)}`);
      return { revoked: given.USERNAME };
    },
    print: ({ revoked }: { revoked: string }) => `${revoked} may no longer connect.`,
  },
];
