import type { Verb, VerbContext } from '@millwright/kernel';
import { jsonArgument } from '@millwright/kernel/node';
import type { Source } from '../sources/service.ts';
import { findSite, findSource } from './find.ts';
import { yesOf } from './options.ts';

const sourceArgument = { name: 'SOURCE', summary: 'Name or id.' } as const;
const siteOption = {
  name: 'site',
  summary: 'Site, where several have a source of that name.',
  placeholder: 'NAME',
} as const;
const settingsOption = {
  name: 'settings',
  summary: 'Settings of the connector as JSON, or @FILE.',
  placeholder: 'JSON',
} as const;

const settingsOf = async ({ settings }: VerbContext['options']) =>
  typeof settings === 'string' ? jsonArgument(settings, '--settings') : undefined;

interface Certificates {
  items: { thumbprint: string; subject: string; validTo: string; trust: string }[];
}
interface Browsed {
  items: { key: string; name: string; hasChildren: boolean }[];
}

const line = ({ id, siteName, name, kind, state }: Source) =>
  `${id}  ${siteName}  ${name}  ${kind}  ${state.state} ${state.message}`.trimEnd();
const certificateLines = ({ items }: Certificates) =>
  items.map(({ thumbprint, trust, subject, validTo }) => `${thumbprint}  ${trust}  until ${validTo}  ${subject}`);

const trustVerb = (name: string, summary: string, trust: 'trusted' | 'rejected'): Verb => ({
  name: `sources ${name}`,
  summary,
  arguments: [sourceArgument, { name: 'THUMBPRINT', summary: 'As `sources certificates` lists it.' }],
  options: [siteOption],
  run: async ({ call, arguments: given, options }) => {
    const { id } = await findSource(call, given.SOURCE!, options.site);
    const path = `/api/cloud/sources/${id}/certificates/${encodeURIComponent(given.THUMBPRINT!)}`;
    return call<Certificates>('PUT', path, { body: { trust } });
  },
  print: (answer: Certificates) => certificateLines(answer).join('\n'),
});

export const sourceVerbs: readonly Verb[] = [
  {
    name: 'sources',
    summary: 'List the sources and their state.',
    run: ({ call }) => call('GET', '/api/cloud/sources'),
    print: ({ items }: { items: Source[] }) => items.map(line).join('\n') || 'No sources yet.',
  },
  {
    name: 'sources add',
    summary: 'Add a source: opcua, modbus, sparkplug, mqtt-json, rest-push or file.',
    arguments: [{ name: 'NAME', summary: 'Its name.' }],
    options: [
      { name: 'site', summary: 'Site it belongs to.', placeholder: 'NAME', required: true },
      { name: 'kind', summary: 'How it speaks.', placeholder: 'KIND', required: true },
      settingsOption,
    ],
    run: async ({ call, arguments: given, options }) => {
      const site = await findSite(call, String(options.site));
      const config = (await settingsOf(options)) ?? {};
      const body = { siteId: site.id, name: given.NAME, kind: options.kind, config };
      return call('POST', '/api/cloud/sources', { body });
    },
    print: line,
  },
  {
    name: 'sources change',
    summary: 'Rename a source, change its settings, switch it on or off.',
    arguments: [sourceArgument],
    options: [
      siteOption,
      { name: 'name', summary: 'Its new name.', placeholder: 'NAME' },
      settingsOption,
      { name: 'enabled', summary: 'Whether it runs.', placeholder: 'yes|no' },
    ],
    run: async ({ call, arguments: given, options }) => {
      const { id } = await findSource(call, given.SOURCE!, options.site);
      const body = { name: options.name, config: await settingsOf(options), enabled: yesOf(options.enabled) };
      return call('PATCH', `/api/cloud/sources/${id}`, { body });
    },
    print: line,
  },
  {
    name: 'sources remove',
    summary: 'Remove a source; what it brought stays in the ledger.',
    arguments: [sourceArgument],
    options: [siteOption],
    run: async ({ call, arguments: given, options }) => {
      const { id, name } = await findSource(call, given.SOURCE!, options.site);
      await call('DELETE', `/api/cloud/sources/${id}`);
      return { removed: id, name };
    },
    print: ({ name, removed }: { name: string; removed: string }) =>
      `${name} is removed; \`sources restore ${removed}\` brings it back.`,
  },
  {
    name: 'sources restore',
    summary: 'Bring back a source that was removed, with its points and readings.',
    arguments: [{ name: 'ID', summary: 'Its id, as `sources remove` printed it.' }],
    run: ({ call, arguments: given }) => call('POST', `/api/cloud/sources/${encodeURIComponent(given.ID!)}/restore`),
    print: line,
  },
  {
    name: 'sources browse',
    summary: 'Show what a running source offers, from its root or from one of its nodes on.',
    arguments: [sourceArgument, { name: 'PARENT?', summary: 'Key of the node to look under.' }],
    options: [siteOption],
    run: async ({ call, arguments: given, options }) => {
      const { id } = await findSource(call, given.SOURCE!, options.site);
      return call<Browsed>('GET', `/api/cloud/sources/${id}/browse`, { query: { parent: given.PARENT } });
    },
    print: ({ items }: Browsed) =>
      items.map(({ key, name, hasChildren }) => `${key}  ${name}${hasChildren ? '/' : ''}`).join('\n') ||
      'Nothing below.',
  },
  {
    name: 'sources certificates',
    summary: 'List the certificates of an OPC UA server that the source has met, and which are trusted.',
    arguments: [sourceArgument],
    options: [siteOption],
    run: async ({ call, arguments: given, options }) => {
      const { id } = await findSource(call, given.SOURCE!, options.site);
      return call<Certificates>('GET', `/api/cloud/sources/${id}/certificates`);
    },
    print: (answer: Certificates) => certificateLines(answer).join('\n') || 'It has met none.',
  },
  trustVerb('trust', 'Trust the certificate of an OPC UA server, and connect again.', 'trusted'),
  trustVerb('distrust', 'Reject the certificate of an OPC UA server from now on.', 'rejected'),
];
