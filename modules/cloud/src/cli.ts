/** The command line's part of cloud. */
import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { defineErrors, errorKind, type Verb, type VerbContext } from '@millwright/kernel';
import type { ImportResult } from './imports/service.ts';
import type { StructureImportResult } from './structure/service.ts';

const cliErrors = defineErrors('cloud', {
  MAP_FILE_UNREADABLE: errorKind<{ path: string; reason: string }>({
    status: 400,
    message: ({ path, reason }) => `The mapping file ${path} cannot be read: ${reason}.`,
    remedy: 'It must hold the JSON that `millwright cloud inspect FILE --json` prints under "mapping".',
  }),
  STRUCTURE_FILE_UNWRITABLE: errorKind<{ path: string; reason: string }>({
    status: 400,
    message: ({ path, reason }) => `The file ${path} cannot be written: ${reason}.`,
    remedy: 'Name a file in a folder that exists and that you may write to.',
  }),
});

async function mappingOf(path: string | boolean | undefined): Promise<unknown> {
  if (typeof path !== 'string') return undefined;
  try {
    const content = JSON.parse(await readFile(path, 'utf8')) as { mapping?: unknown };
    return content.mapping ?? content;
  } catch (error) {
    throw cliErrors.MAP_FILE_UNREADABLE({ path, reason: (error as Error).message }, error);
  }
}

const upload = ({ call, arguments: given }: VerbContext) =>
  call<{ hash: string; size: number }>('POST', '/api/cloud/uploads', { file: given.FILE! });

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
  print({ rows, accepted, rejected, duplicates, from, to, points, rejects, evidence, source }: ImportResult) {
    const lines = [
      `${rows} rows into ${source.name}: ${accepted} accepted, ${rejected} rejected, ${duplicates} duplicates`,
      `${from ?? '–'} to ${to ?? '–'}`,
      ...points.map(({ name, unit, count }) => `  ${name} [${unit}]  ${count} readings`),
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
  options: [{ name: 'timezone', summary: 'Where the file’s clock stands.', placeholder: 'TZ' }],
  async run(context) {
    const { hash } = await upload(context);
    const { options, arguments: given } = context;
    return context.call('POST', '/api/cloud/imports/inspect', {
      body: { hash, fileName: basename(given.FILE!), timezone: options.timezone },
    });
  },
};

const structureExportVerb: Verb = {
  name: 'structure-export',
  summary: 'Write all sites, nodes, sources and points as one table to a CSV or XLSX file.',
  arguments: [{ name: 'FILE', summary: 'The file to write; its ending says which form.' }],
  async run({ call, arguments: given }) {
    const file = given.FILE!;
    const format = file.toLowerCase().endsWith('.xlsx') ? 'xlsx' : 'csv';
    const query = { format, encoding: 'base64' };
    const { content } = await call<{ content: string }>('GET', '/api/cloud/structure', { query });
    const bytes = Buffer.from(content, 'base64');
    try {
      await writeFile(file, bytes);
    } catch (error) {
      throw cliErrors.STRUCTURE_FILE_UNWRITABLE({ path: file, reason: (error as Error).message }, error);
    }
    return { file, bytes: bytes.length };
  },
  print: ({ file, bytes }: { file: string; bytes: number }) => `${bytes} bytes to ${file}`,
};

const structureImportVerb: Verb = {
  name: 'structure-import',
  summary: 'Create and change sites, nodes, sources and points from such a table: all of it or nothing.',
  arguments: [{ name: 'FILE', summary: 'CSV or XLSX, as structure-export writes it.' }],
  options: [{ name: 'dry-run', summary: 'Say what would happen and keep nothing.', type: 'boolean' }],
  async run(context) {
    const { hash } = await upload(context);
    const { options, arguments: given } = context;
    return context.call('POST', '/api/cloud/structure', {
      body: { hash, fileName: basename(given.FILE!), dryRun: options['dry-run'] === true },
    });
  },
  print: ({ rows, created, updated, unchanged, rejects, applied }: StructureImportResult) =>
    [
      `${rows} rows: ${created} created, ${updated} updated, ${unchanged} unchanged, ${rejects.length} rejected`,
      ...rejects.slice(0, 20).map(({ row, reason }) => `  row ${row}: ${reason}`),
      applied ? 'Applied.' : 'Nothing was changed.',
    ].join('\n'),
  exitCode: ({ rejects }: StructureImportResult) => (rejects.length > 0 ? 1 : 0),
};

interface Listed {
  items: {
    id: string;
    name: string;
    unit?: string;
    kind?: string;
    siteName?: string;
    state?: { state: string; message: string };
  }[];
}

export const verbs: readonly Verb[] = [
  importVerb,
  inspectVerb,
  structureExportVerb,
  structureImportVerb,
  {
    name: 'sources',
    summary: 'List the sources and their state.',
    run: ({ call }) => call<Listed>('GET', '/api/cloud/sources'),
    print: ({ items }: Listed) =>
      items
        .map(
          ({ id, name, kind, siteName, state }) =>
            `${id}  ${siteName}  ${name}  ${kind}  ${state?.state} ${state?.message}`,
        )
        .join('\n') || 'No sources yet.',
  },
  {
    name: 'points',
    summary: 'List points.',
    options: [{ name: 'search', summary: 'Only points whose name, key or source holds this.', placeholder: 'TEXT' }],
    run: ({ call, options }) =>
      call<Listed>('GET', '/api/cloud/points', { query: { search: options.search, limit: 2000 } }),
    print: ({ items }: Listed) =>
      items.map(({ id, name, unit, kind }) => `${id}  ${name} [${unit}]  ${kind}`).join('\n') || 'No points yet.',
  },
];
