import { readFile } from 'node:fs/promises';
import { matrixvisionCliErrors } from '../../cli/errors.ts';
import { type AttributeModel, parseAttributeModel } from '../teaching/attribute-model.ts';

/** A file that `attribute teach` wrote. Rejects with MATRIXVISION_FILE_UNREADABLE and what `parseAttributeModel` throws. */
export async function readAttribute(file: string): Promise<AttributeModel> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    throw matrixvisionCliErrors.MATRIXVISION_FILE_UNREADABLE({ file, reason }, error);
  }
  return parseAttributeModel(content);
}
