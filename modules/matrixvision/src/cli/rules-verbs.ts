import type { Verb } from '@millwright/kernel';
import { ruleKinds } from '../rules/registry.ts';
import { rulesJsonSchema } from '../rules/rules-file.ts';
import { rulesFrom } from './rules-from.ts';

interface Checked {
  readonly rules: readonly { readonly id: string; readonly kind: string; readonly enabled: boolean }[];
}

export const rulesVerbs: readonly Verb[] = [
  {
    name: 'rules check',
    summary: 'Say whether a rules file is usable, and what is wrong with it where.',
    arguments: [{ name: 'FILE', summary: 'Rules as JSON.' }],
    async run({ arguments: given }): Promise<Checked> {
      const { rules } = await rulesFrom(given.FILE!);
      return { rules: rules.map(({ id, kind, enabled }) => ({ id, kind, enabled })) };
    },
    print: ({ rules }: Checked) =>
      rules.map(({ id, kind, enabled }) => `${id}  ${kind}${enabled ? '' : '  off'}`).join('\n') || 'No rules.',
  },
  {
    name: 'rules schema',
    summary: 'The JSON Schema of a rules file, for editors and other programs.',
    run: async () => rulesJsonSchema(),
  },
  {
    name: 'rules kinds',
    summary: 'The kinds of rules, each with an example.',
    run: async () => ({ kinds: ruleKinds.map(({ kind, summary, example }) => ({ kind, summary, example })) }),
    print: ({ kinds }: { kinds: { kind: string; summary: string }[] }) =>
      kinds.map(({ kind, summary }) => `${kind.padEnd(22)}${summary}`).join('\n'),
  },
];
