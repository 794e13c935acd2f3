/** `millwright <module> <verb>`: finds the verb, connects, prints its answer. The contract is DESIGN 5. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { isMillwrightError, listArgument, type Verb, type VerbContext } from '@millwright/kernel';
import { readConfig } from '@millwright/server/settings';
import { type Connection, connect } from './connection.ts';
import { cliErrors } from './errors.ts';
import { follow } from './follow.ts';
import { helpText, usageOf, verbHelp } from './help.ts';
import { leave } from './leave.ts';
import { ProgressBar } from './progress-bar.ts';
import { type FoundVerb, findVerb } from './verbs.ts';

const exit = { done: 0, failed: 1, wrongCall: 2 } as const;

interface Call {
  given: Record<string, string>;
  options: Record<string, string | boolean | undefined>;
}

function parse({ verb, called, rest }: FoundVerb): Call {
  const usage = usageOf(called, verb);
  const options = Object.fromEntries(
    (verb.options ?? []).map(({ name, type }) => [name, { type: type ?? ('string' as const) }]),
  );
  let parsed: ReturnType<typeof parseArgs>;
  try {
    const own = { json: { type: 'boolean' }, help: { type: 'boolean' }, data: { type: 'string' } } as const;
    parsed = parseArgs({ args: [...rest], options: { ...own, ...options }, allowPositionals: true, strict: true });
  } catch (error) {
    throw cliErrors.OPTION_INVALID(
      { reason: (error as Error).message.replace(/\.? To specify a positional.*$/s, '').replace(/\.$/, ''), usage },
      error,
    );
  }
  const given: Record<string, string> = {};
  const names = verb.arguments ?? [];
  for (const [index, { name }] of names.entries()) {
    const value = parsed.positionals[index];
    if (value !== undefined) given[name.replace('?', '')] = value;
    else if (!name.endsWith('?') && !parsed.values.help) throw cliErrors.ARGUMENT_MISSING({ name, usage });
  }
  const surplus = parsed.positionals[names.length];
  if (surplus !== undefined) throw cliErrors.OPTION_INVALID({ reason: `${surplus} is one argument too many`, usage });
  for (const { name, required } of verb.options ?? []) {
    if (required && parsed.values[name] === undefined && !parsed.values.help)
      throw cliErrors.ARGUMENT_MISSING({ name: `--${name}`, usage });
  }
  return { given, options: parsed.values as Call['options'] };
}

function contextOf(
  connection: () => Promise<Connection>,
  { given, options }: Call,
  { bar, ...own }: Pick<VerbContext, 'signal' | 'note' | 'folder' | 'allowedNetworks'> & { bar: ProgressBar },
): VerbContext {
  return {
    ...own,
    arguments: given,
    options,
    json: options.json === true,
    async call<T>(method: string, path: string, request?: object): Promise<T> {
      return (await connection()).call<T>(method, path, request);
    },
    download: async (path, file) => (await connection()).download(path, file),
    follow: async (jobId) => follow(await connection(), jobId, own.signal),
    progress: (fraction, message) => bar.show(fraction, message),
  };
}

function printAnswer(verb: Verb, answer: object, json: boolean): void {
  const text = json || !verb.print ? JSON.stringify(answer, null, json ? undefined : 2) : verb.print(answer as never);
  process.stdout.write(`${text}\n`);
}

async function run(argv: readonly string[]): Promise<number> {
  const first = argv[0];
  if (first === undefined || first === 'help' || first === '--help' || first === '-h') {
    process.stdout.write(`${await helpText(argv[1])}\n`);
    return first === undefined ? exit.wrongCall : exit.done;
  }
  const found = await findVerb(argv);
  if (!found) throw cliErrors.VERB_UNKNOWN({ called: argv.slice(0, 2).join(' ') });
  const call = parse(found);
  if (call.options.help) {
    process.stdout.write(`${verbHelp(found.called, found.verb)}\n`);
    return exit.done;
  }
  const config = readConfig(typeof call.options.data === 'string' ? ['--data', call.options.data] : []);
  const abort = new AbortController();
  // What a service manager sends means the same as Ctrl-C.
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => abort.abort());
  let connection: Promise<Connection> | undefined;
  const bar = new ProgressBar();
  const note = (text: string) => {
    bar.clear();
    process.stderr.write(`${text}\n`);
  };
  const connected = () => {
    connection ??= connect(config, note);
    return connection;
  };
  try {
    const allowedNetworks = listArgument(config.allowedNetworks) ?? [];
    const parts = { signal: abort.signal, note, bar, folder: resolve(config.data), allowedNetworks };
    const answer = await found.verb.run(contextOf(connected, call, parts));
    bar.clear();
    printAnswer(found.verb, answer, call.options.json === true);
    return found.verb.exitCode?.(answer as never) ?? exit.done;
  } finally {
    bar.clear();
    await (await connection?.catch(() => undefined))?.close();
  }
}

/** What the caller named wrongly is the call's fault; everything else is the work's. */
const wrongCallStatuses = new Set([400, 404, 422]);

run(process.argv.slice(2)).then(leave, (error: unknown) => {
  const json = process.argv.includes('--json');
  if (!isMillwrightError(error)) {
    process.stderr.write(
      `Something went wrong inside the command: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    return leave(exit.failed);
  }
  if (json)
    process.stdout.write(
      `${JSON.stringify({ error: { code: error.code, message: error.message, details: error.details } })}\n`,
    );
  process.stderr.write(`${error.code}: ${error.message}\n`);
  return leave(wrongCallStatuses.has(error.status) ? exit.wrongCall : exit.failed);
});
