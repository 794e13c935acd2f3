import { appendFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Rows of JSON in a file, one a line: appended, and written anew when some go. */
export class LineFile<Row> {
  readonly #path: string;
  #rows: Row[] | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  async rows(): Promise<readonly Row[]> {
    if (this.#rows) return this.#rows;
    const text = await readFile(this.#path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
    // The last line may have been cut by a power failure.
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    this.#rows = whole.split('\n').flatMap((line) => (line ? (JSON.parse(line) as Row) : []));
    if (whole.length < text.length) await this.keep(() => true);
    return this.#rows;
  }

  async add(row: Row): Promise<void> {
    await this.rows();
    await mkdir(dirname(this.#path), { recursive: true });
    await appendFile(this.#path, `${JSON.stringify(row)}\n`);
    this.#rows!.push(row);
  }

  /** Only those stay. */
  async keep(wanted: (row: Row) => boolean): Promise<void> {
    await this.write((await this.rows()).filter(wanted));
  }

  /** Only these are there: all of them, or those before, whatever happens meanwhile. */
  async write(kept: Row[]): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true });
    const draft = `${this.#path}.draft`;
    await writeFile(draft, kept.map((row) => `${JSON.stringify(row)}\n`).join(''));
    await rename(draft, this.#path);
    this.#rows = kept;
  }
}
