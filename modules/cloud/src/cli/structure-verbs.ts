import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Verb } from '@millwright/kernel';
import type { StructureImportResult } from '../structure/service.ts';
import { cliErrors } from './errors.ts';
import { upload } from './upload.ts';

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

export const structureVerbs: readonly Verb[] = [structureExportVerb, structureImportVerb];
