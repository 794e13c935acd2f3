import { readFile } from 'node:fs/promises';
import { defineErrors, errorKind } from './errors.ts';

export const argumentErrors = defineErrors('kernel', {
  JSON_ARGUMENT_INVALID: errorKind<{ option: string; reason: string }>({
    status: 400,
    message: ({ option, reason }) => `${option} cannot be read: ${reason}.`,
    remedy: 'Give JSON in single quotes, or @FILE with a file that holds it.',
  }),
});

/** What an option of a command says in JSON, as typed or in the file after `@`. Throws JSON_ARGUMENT_INVALID. */
export async function jsonArgument(text: string, option: string): Promise<unknown> {
  try {
    return JSON.parse(text.startsWith('@') ? await readFile(text.slice(1), 'utf8') : text);
  } catch (error) {
    throw argumentErrors.JSON_ARGUMENT_INVALID({ option, reason: (error as Error).message.replace(/\.$/, '') }, error);
  }
}
