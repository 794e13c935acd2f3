import { readFile, stat } from 'node:fs/promises';
import { matrixvisionCliErrors } from './errors.ts';

/** A string of JavaScript holds about this much; a text of this kind that is larger is none. */
const mostBytes = 500e6;

/** Throws MATRIXVISION_FILE_UNREADABLE with the reason. */
export async function textFile(path: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size > mostBytes)
      throw matrixvisionCliErrors.MATRIXVISION_FILE_UNREADABLE({
        file: path,
        reason: `it has ${size} bytes, more than ${mostBytes}`,
      });
    return await readFile(path, 'utf8');
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    throw matrixvisionCliErrors.MATRIXVISION_FILE_UNREADABLE({ file: path, reason: reasonOf(error) }, error);
  }
}

/** Undefined where there is no such file. */
export async function textFileIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw matrixvisionCliErrors.MATRIXVISION_FILE_UNREADABLE({ file: path, reason: reasonOf(error as Error) }, error);
  }
}

const reasonOf = (error: Error & { code?: unknown }): string =>
  error.code === 'ENOENT' ? 'there is no such file' : error.code === 'EISDIR' ? 'it is a folder' : error.message;

/** Throws MATRIXVISION_FILE_UNREADABLE where there is no file of that name. */
export async function requireFile(path: string): Promise<void> {
  try {
    if ((await stat(path)).isFile()) return;
  } catch (error) {
    throw matrixvisionCliErrors.MATRIXVISION_FILE_UNREADABLE({ file: path, reason: reasonOf(error as Error) }, error);
  }
  throw matrixvisionCliErrors.MATRIXVISION_FILE_UNREADABLE({ file: path, reason: 'it is a folder' });
}
