import type { Verb } from '@millwright/kernel';

export const verbs: readonly Verb[] = [
  {
    name: 'list',
    summary: 'List background jobs, newest first.',
    options: [
      { name: 'state', summary: 'Only jobs in one state.', placeholder: 'queued|running|done|failed|cancelled' },
    ],
    run: ({ call, options }) => call('GET', '/api/jobs', { query: { state: options.state } }),
    print: ({
      items,
    }: {
      items: { id: string; type: string; state: string; progress: number; subject: string | null }[];
    }) =>
      items
        .map(
          ({ id, type, state, progress, subject }) =>
            `${id}  ${type}  ${state}  ${Math.round(progress * 100)} %  ${subject ?? ''}`,
        )
        .join('\n') || 'No jobs.',
  },
  {
    name: 'cancel',
    summary: 'Cancel a job.',
    arguments: [{ name: 'ID', summary: 'Id of the job.' }],
    run: ({ call, arguments: given }) => call('POST', `/api/jobs/${given.ID}/cancel`),
    print: ({ state }: { state: string }) => state,
  },
];
