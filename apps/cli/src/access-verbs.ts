import type { Verb } from '@millwright/kernel';

export const verbs: readonly Verb[] = [
  {
    name: 'users',
    summary: 'List the users.',
    run: ({ call }) => call('GET', '/api/access/users'),
    print: ({ items }: { items: { name: string; role: string; displayName: string }[] }) =>
      items.map(({ name, role, displayName }) => `${name}  ${role}  ${displayName}`).join('\n'),
  },
  {
    name: 'reset-password',
    summary: 'Give a user a new one-time password and end their sessions.',
    arguments: [{ name: 'NAME', summary: 'Name of the user.' }],
    run: ({ call, arguments: given }) =>
      call('POST', `/api/access/users/${encodeURIComponent(given.NAME!)}/password-reset`),
    print: ({ password }: { password: string }) => password,
  },
];
