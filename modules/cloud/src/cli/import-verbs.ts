import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Verb } from '@millwright/kernel';
import type { ImportResult } from '../imports/service.ts';
import { cliErrors } from './errors.ts';
import { upload } from './upload.ts';

async function mappingOf(path: string | boolean | undefined): Promise<unknown> {
  if (typeof path !== 'string') return undefined;
  try {
    const content = JSON.parse(await readFile(path, 'utf8')) as { mapping?: unknown };
    return content.mapping ?? content;
  } catch (error) {
    throw cliErrors.MAP_FILE_UNREADABLE({ path, reason: (error as Error).message }, error);
  }
}

const importVerb: Verb = {
  name: 'import',
  summary: 'Import readings from a CSV, TSV or XLSX file.',
  arguments: [{ name: 'FILE', summary: 'The file.' }],
  options: [
    {
      name: 'site',
      summary: 'Site the readings belong to; made if there is none of that name.',
      placeholder: 'NAME',
      required: true,
    },
    {
      name: 'source',
      summary: 'Source to import into; made if there is none. Left out: the file’s name.',
      placeholder: 'NAME',
    },
    {
      name: 'timezone',
      summary: 'Where the file’s clock stands, e.g. Asia/Seoul. Left out: the site’s zone.',
      placeholder: 'TZ',
    },
    { name: 'map', summary: 'JSON file that says how the columns are read. Left out: guessed.', placeholder: 'FILE' },
  ],
  async run(context) {
    const { options, arguments: given } = context;
    const { hash } = await upload(context);
    const { jobId } = await context.call<{ jobId: string }>('POST', '/api/cloud/imports', {
      body: {
        hash,
        fileName: basename(given.FILE!),
        site: options.site,
        source: options.source,
        timezone: options.timezone,
        mapping: await mappingOf(options.map),
        createSite: true,
      },
    });
    return context.follow<ImportResult>(jobId);
  },
  print(result: ImportResult) {
    const { rows, accepted, rejected, duplicates, from, to, points, rejects, warnings, resumed, evidence, source } =
      result;
    const lines = [
      `${rows} rows into ${source.name}: ${accepted} accepted, ${rejected} rejected, ${duplicates} duplicates`,
      ...(resumed
        ? ['The server ended during this import and took it up again: what it had stored by then counts as duplicates.']
        : []),
      `${from ?? '–'} to ${to ?? '–'}`,
      ...points.map(({ name, unit, count }) => `  ${name} [${unit}]  ${count} readings`),
      ...warnings.map(({ text }) => `  note: ${text}`),
      ...rejects.slice(0, 20).map(({ row, reason }) => `  row ${row ?? '?'}: ${reason}`),
      ...(rejects.length > 20 ? [`  … ${rejects.length - 20} more; see --json or the Delivery page`] : []),
      `evidence ${evidence}`,
    ];
    return lines.join('\n');
  },
};

const inspectVerb: Verb = {
  name: 'inspect',
  summary: 'Show how a file would be read: the guessed mapping, each guess with its reason, and a preview.',
  arguments: [{ name: 'FILE', summary: 'The file.' }],
  options: [
    { name: 'timezone', summary: 'Where the file’s clock stands.', placeholder: 'TZ' },
    { name: 'site', summary: 'Site whose remembered corrections are offered.', placeholder: 'NAME' },
  ],
  async run(context) {
    const { hash } = await upload(context);
    const { options, arguments: given } = context;
    return context.call('POST', '/api/cloud/imports/inspect', {
      body: { hash, fileName: basename(given.FILE!), timezone: options.timezone, site: options.site },
    });
  },
};

interface Remembered {
  readonly items: readonly { signature: string; siteId: string; fileName: string; columns: string[]; by: string }[];
}

const mappingsVerb: Verb = {
  name: 'mappings',
  summary: 'List the corrections of columns that imports remember, or forget one.',
  options: [
    { name: 'forget', summary: 'The signature of the one to forget; needs --site.', placeholder: 'SIGNATURE' },
    { name: 'site', summary: 'Its site.', placeholder: 'NAME' },
  ],
  async run({ call, options }) {
    if (options.forget !== undefined)
      await call('DELETE', `/api/cloud/import-mappings/${encodeURIComponent(String(options.forget))}`, {
        query: { site: options.site },
      });
    return call<Remembered>('GET', '/api/cloud/import-mappings');
  },
  print: ({ items }: Remembered) =>
    items
      .map(({ signature, fileName, columns, by }) => `${signature}  ${fileName}  ${by}  ${columns.join(', ')}`)
      .join('\n') || 'No corrections are remembered.',
};

export const importVerbs: readonly Verb[] = [importVerb, inspectVerb, mappingsVerb];
