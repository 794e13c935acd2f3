import { listArgument, type Verb, type VerbContext } from '@millwright/kernel';
import { cliErrors } from './errors.ts';

interface User {
  id: string;
  name: string;
  displayName: string;
  role: string;
  siteIds: string[] | null;
  disabled: boolean;
  lockedUntil: string | null;
}
interface Token {
  id: string;
  name: string;
  role: string;
  scopes: string[];
  expiresAt: string | null;
  revokedAt: string | null;
}

/** Ids of sites named with commas between them; `all` for every site there is and will be. */
async function siteIds({ call, options }: VerbContext): Promise<string[] | null | undefined> {
  const wanted = listArgument(options.sites);
  if (wanted === undefined || options.sites === 'all') return wanted && null;
  const { items } = await call<{ items: { id: string; kind: string; name: string }[] }>('GET', '/api/cloud/tree');
  const sites = items.filter(({ kind }) => kind === 'site');
  return wanted.map((site) => {
    const found = sites.find(({ id, name }) => name === site || id === site);
    if (found) return found.id;
    const known = sites.map(({ name }) => name).join(', ') || 'none yet';
    throw cliErrors.OPTION_INVALID({
      reason: `there is no site ${site}; known are ${known}`,
      usage: '--sites NAME,NAME',
    });
  });
}

const roleOption = {
  name: 'role',
  summary: 'What it may do.',
  placeholder: 'administrator|engineer|operator|viewer|auditor',
} as const;
const sitesOption = {
  name: 'sites',
  summary: 'Only these sites, with commas between; all for all.',
  placeholder: 'NAMES',
};

const userLine = ({ name, role, displayName, disabled, lockedUntil, siteIds }: User) =>
  [
    ...[name, role, displayName],
    ...(siteIds === null ? [] : [`${siteIds.length} site(s)`]),
    ...(disabled ? ['disabled'] : []),
    ...(lockedUntil ? [`locked until ${lockedUntil}`] : []),
  ].join('  ');

export const verbs: readonly Verb[] = [
  {
    name: 'users',
    summary: 'List the users.',
    run: ({ call }) => call('GET', '/api/access/users'),
    print: ({ items }: { items: User[] }) => items.map(userLine).join('\n'),
  },
  {
    name: 'users add',
    summary: 'Add a user; prints the one-time password.',
    arguments: [{ name: 'NAME', summary: 'The name to sign in with.' }],
    options: [
      { ...roleOption, required: true },
      { name: 'display-name', summary: 'The person’s name.', placeholder: 'TEXT' },
      sitesOption,
      { name: 'language', summary: 'Language of the console.', placeholder: 'en|zh-CN|zh-TW' },
    ],
    run: async (context) => {
      const { role, language } = context.options;
      const body = {
        ...{ name: context.arguments.NAME, role, language, siteIds: await siteIds(context) },
        displayName: context.options['display-name'],
      };
      return context.call('POST', '/api/access/users', { body });
    },
    print: ({ password }: { password: string }) => password,
  },
  {
    name: 'users change',
    summary: 'Change a user’s role or sites, disable or unlock the account.',
    arguments: [{ name: 'NAME', summary: 'Name of the user.' }],
    options: [
      roleOption,
      sitesOption,
      { name: 'display-name', summary: 'The person’s name.', placeholder: 'TEXT' },
      { name: 'disable', summary: 'End all sessions and let nobody sign in with it.', type: 'boolean' },
      { name: 'enable', summary: 'Let the user sign in again.', type: 'boolean' },
      { name: 'unlock', summary: 'Forget the failed attempts to sign in.', type: 'boolean' },
    ],
    run: async (context) => {
      const { role, disable, enable, unlock } = context.options;
      const body = {
        ...{ role, unlock, siteIds: await siteIds(context), displayName: context.options['display-name'] },
        disabled: disable === true ? true : enable === true ? false : undefined,
      };
      const { items } = await context.call<{ items: User[] }>('GET', '/api/access/users');
      const wanted = context.arguments.NAME!;
      const id = items.find(({ name }) => name === wanted)?.id ?? wanted;
      return context.call('PATCH', `/api/access/users/${encodeURIComponent(id)}`, { body });
    },
    print: ({ user }: { user: User }) => userLine(user),
  },
  {
    name: 'reset-password',
    summary: 'Give a user a new one-time password and end their sessions.',
    arguments: [{ name: 'NAME', summary: 'Name of the user.' }],
    run: ({ call, arguments: given }) =>
      call('POST', `/api/access/users/${encodeURIComponent(given.NAME!)}/password-reset`),
    print: ({ password }: { password: string }) => password,
  },
  {
    name: 'tokens',
    summary: 'List the API tokens.',
    run: ({ call }) => call('GET', '/api/access/tokens'),
    print: ({ items }: { items: Token[] }) =>
      items
        .map(
          ({ id, name, role, scopes, expiresAt, revokedAt }) =>
            `${id}  ${name}  ${role}  ${scopes.join(',')}  ${revokedAt ? `revoked ${revokedAt}` : expiresAt ? `until ${expiresAt}` : 'without end'}`,
        )
        .join('\n') || 'No tokens yet.',
  },
  {
    name: 'tokens add',
    summary: 'Make an API token; prints its secret, once.',
    arguments: [{ name: 'NAME', summary: 'What it is for.' }],
    options: [
      { ...roleOption, required: true },
      {
        name: 'scopes',
        summary: 'Permissions with commas between, e.g. cloud.*,energy.*',
        placeholder: 'SCOPES',
        required: true,
      },
      sitesOption,
      { name: 'expires', summary: 'When it ends; left out: never.', placeholder: 'ISO' },
    ],
    run: async (context) => {
      const { role, scopes, expires } = context.options;
      const body = {
        ...{ name: context.arguments.NAME, role, scopes: listArgument(scopes), siteIds: await siteIds(context) },
        expiresAt: expires,
      };
      return context.call('POST', '/api/access/tokens', { body });
    },
    print: ({ secret }: { secret: string }) => secret,
  },
  {
    name: 'tokens revoke',
    summary: 'End an API token at once.',
    arguments: [{ name: 'ID', summary: 'Id of the token.' }],
    run: async ({ call, arguments: given }) => {
      await call('DELETE', `/api/access/tokens/${encodeURIComponent(given.ID!)}`);
      return { revoked: given.ID };
    },
    print: ({ revoked }: { revoked: string }) => `${revoked} is no longer accepted.`,
  },
  {
    name: 'permissions',
    summary: 'List all permissions, each with the roles that hold it.',
    run: ({ call }) => call('GET', '/api/access/permissions'),
    print: ({ items }: { items: { name: string; roles: string[] }[] }) =>
      items.map(({ name, roles }) => `${name.padEnd(28)}${roles.join(', ')}`).join('\n'),
  },
];
