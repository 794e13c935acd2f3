import { resolve } from 'node:path';
import type { Verb } from '@millwright/kernel';
import { readConfig } from '@millwright/server/settings';

interface BackedUp {
  tables: number;
  rows: number;
  blobs: number;
}

interface Restored {
  folder: string;
  movedTo: string | null;
  created: string;
  tables: number;
  rows: number;
  blobs: number;
  ledger: { status: string; checked: number };
}

export const verbs: readonly Verb[] = [
  {
    name: 'backup',
    summary: 'Write everything the server keeps into one file, consistent and with checksums.',
    arguments: [{ name: 'FILE', summary: 'The tar file to write; replaced when it exists.' }],
    async run({ call, follow, download, arguments: given }) {
      const file = resolve(given.FILE!);
      const { id } = await call<{ id: string }>('POST', '/api/system/backups');
      const summary = await follow<BackedUp>(id);
      const { bytes, sha256 } = await download(`/api/system/backups/${id}`, file);
      return { file, bytes, sha256, ...summary };
    },
    print: (answer: BackedUp & { file: string; bytes: number; sha256: string }) =>
      `${answer.file}: ${answer.rows} rows of ${answer.tables} tables, ${answer.blobs} files, ${answer.bytes} bytes\n` +
      `sha256 ${answer.sha256}`,
  },
  {
    name: 'restore',
    summary: 'Put a backup into an empty data folder or database; the server must not run.',
    arguments: [{ name: 'FILE', summary: 'What `millwright backup` wrote.' }],
    options: [
      {
        name: 'force',
        summary: 'Move what is in the data folder to <folder>.before-restore-<time> first.',
        type: 'boolean',
      },
    ],
    // The only verb that calls no route: while a database is being replaced there is no application to answer one.
    async run({ arguments: given, options, note }) {
      const config = readConfig(typeof options.data === 'string' ? ['--data', options.data] : []);
      const { restoreMillwright } = await import('@millwright/server');
      return restoreMillwright(config, resolve(given.FILE!), { force: options.force === true, note });
    },
    print: ({ folder, movedTo, created, tables, rows, blobs, ledger }: Restored) =>
      [
        `${folder}: ${rows} rows of ${tables} tables and ${blobs} files, as they were at ${created}`,
        ...(movedTo ? [`What was there is now in ${movedTo}`] : []),
        `Ledger: ${ledger.status} (${ledger.checked} checked)`,
      ].join('\n'),
    exitCode: ({ ledger }: Restored) => (ledger.status === 'proved' ? 0 : 1),
  },
];
