import type { Verb } from '@millwright/kernel';
import { readConfig } from '@millwright/server/settings';
import { cliErrors } from './errors.ts';

interface Worked {
  done: number;
  failed: number;
}

/** Throws OPTION_INVALID. */
function concurrencyOf(given: string | boolean): number {
  const number = Number(given);
  if (!Number.isInteger(number) || number < 1 || number > 256)
    throw cliErrors.OPTION_INVALID({
      reason: `--concurrency ${given} is not a whole number from 1 to 256`,
      usage: 'millwright worker --concurrency N',
    });
  return number;
}

export const verbs: readonly Verb[] = [
  {
    name: 'worker',
    summary: 'Take jobs of a server on another machine, on the same database and files, until Ctrl-C.',
    options: [
      {
        name: 'database-url',
        summary: 'The PostgreSQL server that the server uses; the embedded one cannot be shared.',
        placeholder: 'postgres://…',
      },
      { name: 'blob-url', summary: 'The S3-compatible store that the server uses.', placeholder: 's3://…' },
      {
        name: 'concurrency',
        summary: 'Jobs at once, 1 to 256; 2 unless said otherwise.',
        placeholder: 'N',
      },
      { name: 'log-level', summary: 'How much is said on stderr.', placeholder: 'warn' },
    ],
    // Calls no route: it is not the server’s application but works beside it.
    async run({ options, note }) {
      const flags = ['data', 'database-url', 'blob-url', 'log-level'].flatMap((name) =>
        typeof options[name] === 'string' ? [`--${name}`, options[name]] : [],
      );
      const concurrency = options.concurrency === undefined ? undefined : concurrencyOf(options.concurrency);
      const [leave, leaveNow] = [new AbortController(), new AbortController()];
      const stop = () => (leave.signal.aborted ? leaveNow : leave).abort();
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
      const { workMillwright } = await import('@millwright/server');
      return workMillwright({
        ...{
          config: readConfig(flags),
          ...(concurrency && { concurrency }),
          leave: leave.signal,
          leaveNow: leaveNow.signal,
          note,
        },
      });
    },
    print: ({ done, failed }: Worked) => `${done} jobs done, ${failed} failed`,
  },
];
