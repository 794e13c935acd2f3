import { join } from 'node:path';
import { listArgument, type Verb } from '@millwright/kernel';
import { jsonArgument } from '@millwright/kernel/node';
import { readConfig } from '@millwright/server/settings';
import { cliErrors } from './errors.ts';

const usage = 'millwright edge run --server URL --code CODE [--data DIR]';
const gigabyte = 1024 ** 3;

/** Where a box keeps what is its own, beside whatever else is in the data folder. */
export function boxFolder(data: string | boolean | undefined): string {
  return join(readConfig(typeof data === 'string' ? ['--data', data] : []).data, 'edge');
}

const levels = ['silent', 'error', 'warn', 'info', 'debug'] as const;

function levelOf(text: string | boolean | undefined): (typeof levels)[number] | undefined {
  if (text === undefined) return undefined;
  const level = levels.find((one) => one === text);
  if (!level) throw cliErrors.OPTION_INVALID({ reason: `${text} is none of ${levels.join(', ')}`, usage });
  return level;
}

function budgetOf(text: string | boolean | undefined): number | undefined {
  if (text === undefined) return undefined;
  const gigabytes = Number(text);
  if (!(gigabytes > 0)) throw cliErrors.OPTION_INVALID({ reason: `--budget ${text} is no size in GB`, usage });
  return gigabytes * gigabyte;
}

interface Ran {
  box: string | null;
  restarts: number;
}

export const edgeRunVerbs: readonly Verb[] = [
  {
    name: 'run',
    summary: 'Run this machine as an edge box until Ctrl-C; works through days without the server.',
    options: [
      { name: 'server', summary: 'Address of the server; needed the first time.', placeholder: 'URL' },
      { name: 'code', summary: 'Code of an enrolment (`edge enrol` prints one); the first time.', placeholder: 'CODE' },
      { name: 'token', summary: 'A box’s token from before, or a code.', placeholder: 'TOKEN' },
      {
        name: 'mqtt',
        summary: 'Broker to send by, mqtt://…, or off; left out, the server’s own where it is not encrypted anyway.',
        placeholder: 'URL|off',
      },
      { name: 'budget', summary: 'Gigabytes that may wait for the server on disk (20).', placeholder: 'GB' },
      {
        name: 'watch',
        summary: 'Folders whose pictures stations may judge, with commas between.',
        placeholder: 'DIR,DIR',
      },
      { name: 'log-level', summary: 'How much is said on stderr (warn).', placeholder: levels.join('|') },
    ],
    // Calls no route: it is no part of the server.
    async run({ options, note, signal }) {
      const { superviseEdge } = await import('@millwright/edge');
      const text = (name: string) => (typeof options[name] === 'string' ? options[name] : undefined);
      const stop = new AbortController();
      for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => stop.abort());
      const given = {
        ...{ server: text('server'), code: text('code'), token: text('token'), mqtt: text('mqtt') },
        ...{
          data: boxFolder(options.data),
          budgetBytes: budgetOf(options.budget),
          watchedFolders: listArgument(text('watch')),
          logLevel: levelOf(options['log-level']),
        },
      };
      return superviseEdge({ options: given, signal: AbortSignal.any([signal, stop.signal]), note });
    },
    print: ({ box, restarts }: Ran) => `${box ?? 'The box'} has stopped; it was started again ${restarts} time(s).`,
  },
  {
    name: 'override',
    summary:
      'On the box itself: set a field that belongs to the box, such as a device path; or give it back to the server.',
    arguments: [
      { name: 'PART', summary: 'e.g. matrixvision.' },
      { name: 'FIELD', summary: 'e.g. cameras.gate.address; members of lists by their id.' },
      { name: 'VALUE?', summary: 'JSON, or a text; left out, the server’s value holds again.' },
    ],
    async run({ arguments: given, options }) {
      const { edgeParts, setOverride } = await import('@millwright/edge');
      const value = given.VALUE === undefined ? undefined : await jsonOrText(given.VALUE);
      const field = { part: given.PART!, field: given.FIELD!, value };
      return { overrides: await setOverride(boxFolder(options.data), await edgeParts(), field) };
    },
  },
];

/** JSON where it is some, else the text as it was typed: a device path needs no quotes within quotes. */
async function jsonOrText(text: string): Promise<unknown> {
  return /^([[{"\d@-]|true$|false$|null$)/.test(text) ? jsonArgument(text, 'VALUE') : text;
}
