import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface Labelled {
  readonly path: string;
  readonly label: string;
}

/** The rows of FOLDER/KIND.csv: file and label; the pictures lie in FOLDER/KIND/. */
export async function labelledMeters(folder: string, kind: 'dials' | 'digits'): Promise<Labelled[]> {
  const [, ...rows] = (await readFile(join(folder, `${kind}.csv`), 'utf8')).trim().split(/\r?\n/);
  return rows.map((row) => {
    const [, file, label] = /^"?(.*?)"?,([^,]*)$/.exec(row)!;
    return { path: join(folder, kind, file!), label: label! };
  });
}
