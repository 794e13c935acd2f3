/** `millwright edge run|status|override` on a box that has nothing of Millwright but the agent. */
import { parseArgs } from 'node:util';
import { isMillwrightError, type LogLevel, listArgument } from '@millwright/kernel';
import { boxStatus } from './box-status.ts';
import { boxStatusText } from './box-status-text.ts';
import { setOverride } from './overrides.ts';
import { edgeParts } from './parts.ts';
import { superviseEdge } from './supervise.ts';

const usage = `millwright edge run --server URL --code CODE [--token TOKEN] [--mqtt URL|off] [--budget GB] [--watch DIR,DIR] [--log-level warn] [--data DIR]
millwright edge status [--json] [--data DIR]
millwright edge override PART FIELD [VALUE] [--data DIR]`;
const text = { type: 'string' } as const;
const options = {
  server: text,
  code: text,
  token: text,
  mqtt: text,
  budget: text,
  watch: text,
  'log-level': text,
  data: text,
};
const flags = { json: { type: 'boolean' } } as const;

async function run(argv: string[]): Promise<number> {
  // Said as on a machine with the whole of Millwright: `millwright edge run`.
  const args = argv[0] === 'edge' ? argv.slice(1) : argv;
  const { values, positionals } = parseArgs({ args, options: { ...options, ...flags }, allowPositionals: true });
  const [verb, part, field, value] = positionals;
  const data = values.data ?? 'millwright-edge-data';
  if (verb === 'override' && part && field) {
    const parsed: unknown =
      value === undefined ? undefined : /^[[{"\d-]|^(true|false|null)$/.test(value) ? JSON.parse(value) : value;
    await setOverride(data, await edgeParts(), { part, field, value: parsed });
    return 0;
  }
  if (verb === 'status' && positionals.length === 1) {
    const status = await boxStatus(data);
    process.stdout.write(`${values.json ? JSON.stringify(status) : boxStatusText(status)}\n`);
    return 0;
  }
  if (verb !== 'run' || positionals.length > 1) {
    process.stderr.write(`${usage}\n`);
    return 2;
  }
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort());
  const { server, code, token, mqtt, budget } = values;
  await superviseEdge({
    options: {
      ...{ server, code, token, mqtt, data, logLevel: values['log-level'] as LogLevel | undefined },
      watchedFolders: values.watch === undefined ? undefined : listArgument(values.watch),
      budgetBytes: budget === undefined ? undefined : Number(budget) * 1024 ** 3,
    },
    signal: stop.signal,
    note: (line) => void process.stderr.write(`${line}\n`),
  });
  return 0;
}

run(process.argv.slice(2)).then(
  (status) => process.exit(status),
  (error: unknown) => {
    const known = isMillwrightError(error);
    process.stderr.write(`${known ? `${error.code}: ` : ''}${(error as Error).message}\n`);
    process.exit(known && [400, 401, 404, 422].includes(error.status) ? 2 : 1);
  },
);
