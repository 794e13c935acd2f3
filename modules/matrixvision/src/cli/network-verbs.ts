import type { Verb } from '@millwright/kernel';
import type { Networks } from '../networks/schemas.ts';

const base = '/api/matrixvision/networks';
const networkArgument = { name: 'NETWORK', summary: 'As 192.168.10.0/24, or one address.' } as const;

const lines = ({ items, configured }: Networks) =>
  [
    ...configured.map((network) => `${network}  by the setting allowedNetworks`),
    ...items.map(({ network, at, by }) => `${network}  allowed ${at} by ${by}`),
  ].join('\n') || 'None: cameras inside the network are not opened.';

export const networkVerbs: readonly Verb[] = [
  {
    name: 'networks',
    summary: 'List the networks inside the plant whose cameras may be opened.',
    run: ({ call }) => call<Networks>('GET', base),
    print: lines,
  },
  {
    name: 'networks allow',
    summary: 'Let cameras of a network be opened, from now on.',
    arguments: [networkArgument],
    run: ({ call, arguments: given }) => call<Networks>('POST', base, { body: { network: given.NETWORK } }),
    print: lines,
  },
  {
    name: 'networks remove',
    summary: 'Let cameras of a network be opened no longer.',
    arguments: [networkArgument],
    run: async ({ call, arguments: given }) => {
      await call('POST', `${base}/remove`, { body: { network: given.NETWORK } });
      return call<Networks>('GET', base);
    },
    print: lines,
  },
];
