import type { Verb } from '@millwright/kernel';
import { allVerbs } from './verbs.ts';

/** `millwright cloud import FILE [--site NAME] …` */
export function usageOf(called: string, verb: Verb): string {
  const given = (verb.arguments ?? []).map(({ name }) => (name.endsWith('?') ? `[${name.slice(0, -1)}]` : name));
  const options = (verb.options ?? []).map(({ name, type, placeholder, required }) => {
    const text = type === 'boolean' ? `--${name}` : `--${name} ${placeholder ?? 'VALUE'}`;
    return required ? text : `[${text}]`;
  });
  return ['millwright', called, ...given, ...options].join(' ');
}

type Row = readonly [name: string, summary: string];

/** Names in a column as wide as the longest of them. */
function inColumns(rows: readonly Row[]): string[] {
  const width = Math.max(26, ...rows.map(([name]) => name.length + 2));
  return rows.map(([name, summary]) => `  ${name.padEnd(width)}${summary}`);
}

export async function helpText(about?: string): Promise<string> {
  const verbs = await allVerbs(about);
  const lines = inColumns(verbs.map(({ called, verb }) => [called, verb.summary]));
  return [
    'millwright <module> <verb> [arguments] [--json]',
    '',
    ...lines,
    '',
    'Every command takes --json (one JSON object on stdout), --data DIR (default .millwright) and --help.',
    'While a server runs on the data folder, commands talk to it; otherwise they open the folder themselves.',
    'Exit status: 0 done, 1 the work failed, 2 the call was wrong.',
  ].join('\n');
}

export function verbHelp(called: string, verb: Verb): string {
  const rows: Row[] = [
    ...(verb.arguments ?? []).map(({ name, summary }): Row => [name.replace('?', ''), summary]),
    ...(verb.options ?? []).map(
      ({ name, summary, placeholder, type }): Row => [
        type === 'boolean' ? `--${name}` : `--${name} ${placeholder ?? 'VALUE'}`,
        summary,
      ],
    ),
  ];
  return [verb.summary, '', `  ${usageOf(called, verb)}`, '', ...inColumns(rows)].join('\n');
}
