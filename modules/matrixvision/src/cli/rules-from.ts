import { parseRules, type RulesFile } from '../rules/rules-file.ts';
import { matrixvisionCliErrors } from './errors.ts';
import { textFile } from './text-file.ts';

/** The rules of a file. Throws MATRIXVISION_FILE_UNREADABLE, MATRIXVISION_RULES_INVALID, or MATRIXVISION_JSON_INVALID. */
export async function rulesFrom(path: string): Promise<RulesFile> {
  const text = await textFile(path);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw matrixvisionCliErrors.MATRIXVISION_JSON_INVALID({ file: path, reason: (error as Error).message }, error);
  }
  return parseRules(value);
}
