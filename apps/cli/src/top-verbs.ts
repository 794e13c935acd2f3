import type { Verb } from '@millwright/kernel';
import { verifyEvidenceFile } from '@millwright/ledger/files';
import { apiVerb } from './api-verb.ts';
import { verbs as backupVerbs } from './backup-verbs.ts';
import { cliErrors } from './errors.ts';
import { fileMethodOf, isEvidencePath } from './file-methods.ts';
import { simulateVerb } from './simulate-verb.ts';
import { verbs as workerVerbs } from './worker-verbs.ts';

interface Verified {
  status: string;
  checked: number;
  problems?: { message: string }[];
  changes?: { message: string }[];
  differences?: { path: string; recorded: unknown; now: unknown }[];
}

interface System {
  version: string;
  startedAt: string;
  database: { kind: string; version: string; missing: { text: string }[] };
  bus: { url: string };
  memoryBytes: number;
  settings: { key: string; value: unknown; default: unknown }[];
}

const usage = 'millwright verify ID|FILE | --all [--anchor SEQUENCE:HASH]';

export const verbs: readonly Verb[] = [
  {
    name: 'verify',
    summary: 'Prove a finding or an evidence file by running it again, or check the whole ledger.',
    arguments: [
      { name: 'ID?', summary: 'Id of the finding or path of the evidence file, as printed under "evidence".' },
    ],
    options: [
      { name: 'all', summary: 'Check the chain of the whole ledger.', type: 'boolean' },
      {
        name: 'anchor',
        summary: 'A head kept elsewhere (`millwright ledger head`) that the chain must pass through.',
        placeholder: 'SEQUENCE:HASH',
      },
      {
        name: 'inputs',
        summary: 'Folder to look for the inputs of an evidence file in, when they were moved.',
        placeholder: 'FOLDER',
      },
    ],
    async run({ call, arguments: given, options, signal, progress, folder }) {
      if (options.all) {
        const [sequence, hash] = String(options.anchor ?? '').split(/[: ]/);
        const anchor = options.anchor ? { sequence: Number(sequence), hash } : undefined;
        return call<Verified>('POST', '/api/ledger/verify', { body: { anchor } });
      }
      if (!given.ID) throw cliErrors.ARGUMENT_MISSING({ name: 'ID or --all', usage });
      if (isEvidencePath(given.ID)) {
        const folders = typeof options.inputs === 'string' ? [options.inputs] : [];
        return verifyEvidenceFile(given.ID, { methodOf: fileMethodOf, folders, cache: folder, signal, progress });
      }
      return call<Verified>('POST', `/api/ledger/entries/${given.ID}/verify`, { body: {} });
    },
    print({ status, checked, problems = [], changes = [], differences = [] }: Verified) {
      const lines = [
        ...[...problems, ...changes].map(({ message }) => `  ${message}`),
        ...differences.map(
          ({ path, recorded, now }) => `  ${path}: recorded ${JSON.stringify(recorded)}, now ${JSON.stringify(now)}`,
        ),
      ];
      return [`${status} (${checked} checked)`, ...lines].join('\n');
    },
    exitCode: ({ status }: Verified) => (status === 'proved' ? 0 : 1),
  },
  {
    name: 'status',
    summary: 'Version, database, broker and settings of the installation.',
    run: ({ call }) => call<System>('GET', '/api/system'),
    print: ({ version, startedAt, database, bus, memoryBytes, settings }: System) =>
      [
        `Millwright ${version}, since ${startedAt}, ${Math.round(memoryBytes / 1e6)} MB`,
        `database  ${database.kind} ${database.version}`,
        ...database.missing.map(({ text }) => `          ${text}`),
        `broker    ${bus.url || 'not running'}`,
        ...settings
          .filter((setting) => JSON.stringify(setting.value) !== JSON.stringify(setting.default))
          .map(({ key, value }) => `setting   ${key} = ${String(value)}`),
      ].join('\n'),
  },
  apiVerb,
  simulateVerb,
  ...backupVerbs,
  ...workerVerbs,
];
