import { constants } from 'node:fs';
import { access, mkdir, readdir, rm } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { analysedFiles } from './analyse-method.ts';
import { matrixvisionCliErrors } from './errors.ts';

/** Names below the folder of an analysis. */
export const evidenceName = 'evidence.json';
export const recordingName = 'recording';
const ours = [evidenceName, ...Object.values(analysedFiles), 'clips', recordingName];

/**
 * Makes the folder of an analysis, before there is work to lose. Throws MATRIXVISION_FOLDER_TAKEN where an earlier analysis
 * lies in it and is not to be replaced, or where what is to be read would be replaced, and MATRIXVISION_FOLDER_UNWRITABLE.
 */
export async function prepareFolder(
  folder: string,
  { overwrite, reads }: { overwrite: boolean; reads: readonly string[] },
): Promise<void> {
  await makeWritable(folder);
  const taken = (await readdir(folder)).filter((name) => ours.includes(name));
  if (taken.length === 0) return;
  const needed = reads.some((path) => taken.some((name) => isWithin(path, join(folder, name))));
  if (!overwrite || needed) throw matrixvisionCliErrors.MATRIXVISION_FOLDER_TAKEN({ folder, found: taken });
  // The evidence first: what is half gone must not look proven.
  for (const name of ours) await rm(join(folder, name), { recursive: true, force: true });
}

/** Throws MATRIXVISION_FOLDER_UNWRITABLE. */
export async function makeWritable(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw matrixvisionCliErrors.MATRIXVISION_FOLDER_UNWRITABLE({ folder, reason: code ?? message }, error);
  }
}

/** A file that the caller names himself may be replaced; its folder must be there to write in. */
export const makeWritableFor = (file: string): Promise<void> => makeWritable(dirname(resolve(file)));

function isWithin(path: string, place: string): boolean {
  const way = relative(place, path);
  return way === '' || !(way === '..' || way.startsWith(`..${process.platform === 'win32' ? '\\' : '/'}`));
}
