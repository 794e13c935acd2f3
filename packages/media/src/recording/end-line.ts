import { appendFile, readFile } from 'node:fs/promises';

/** Ends a last line that a crash cut off, so that the next one does not become part of it. */
export async function endLine(path: string): Promise<void> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  if (text !== '' && !text.endsWith('\n')) await appendFile(path, '\n', { flush: true });
}
