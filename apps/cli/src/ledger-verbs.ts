import type { Verb } from '@millwright/kernel';

interface Head {
  sequence: number;
  hash: string;
}

export const verbs: readonly Verb[] = [
  {
    name: 'head',
    summary: 'Print the hash of the newest entry, to keep elsewhere as an anchor.',
    run: ({ call }) => call<Head>('GET', '/api/ledger/head'),
    print: ({ sequence, hash }: Head) => `${sequence} ${hash}`,
  },
  {
    name: 'list',
    summary: 'List the newest entries.',
    options: [
      { name: 'kind', summary: 'Only findings or only actions.', placeholder: 'finding|action' },
      { name: 'type', summary: 'Only entries of one type.', placeholder: 'TYPE' },
      { name: 'search', summary: 'Only entries that hold these words.', placeholder: 'TEXT' },
      { name: 'limit', summary: 'How many (50).', placeholder: 'N' },
    ],
    run: ({ call, options }) => {
      const { kind, type, search, limit } = options;
      return call('GET', '/api/ledger/entries', { query: { kind, type, search, limit } });
    },
    print: ({
      items,
    }: {
      items: { sequence: number; at: string; type: string; actor: { name: string }; id: string }[];
    }) =>
      items
        .map(({ sequence, at, type, actor, id }) => `${sequence}  ${at}  ${type}  ${actor.name}  ${id}`)
        .join('\n') || 'The ledger is empty.',
  },
];
