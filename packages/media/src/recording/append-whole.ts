import { open } from 'node:fs/promises';

/** Appends the text, on the disk for good, or leaves the file as it was: a full disk takes the half of a line too. */
export async function appendWhole(path: string, text: string): Promise<void> {
  const file = await open(path, 'a');
  try {
    const { size } = await file.stat();
    try {
      await file.writeFile(text);
      await file.datasync();
    } catch (error) {
      await file.truncate(size);
      throw error;
    }
  } finally {
    await file.close();
  }
}
