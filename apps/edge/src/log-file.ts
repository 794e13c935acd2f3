import { appendFileSync, mkdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger, LogLevel } from '@millwright/kernel';
import { pino } from 'pino';

/** Of each of two files; older lines are gone. */
const mostBytes = 4 * 1024 * 1024;
const mostLines = 2000;
/** Of a line that is handed out: an error’s stack fits, a dumped picture does not. */
const mostLineBytes = 4000;

const levels = { debug: 20, info: 30, warn: 40, error: 50 } as const;

/** The log of a box: JSON lines in two files that take turns, of which the server can ask for the newest. */
export class LogFile {
  #path: string;
  #before: string;
  #bytes: number;
  #lines: string[];

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true });
    this.#path = join(folder, 'agent.log');
    this.#before = join(folder, 'agent.1.log');
    this.#bytes = sizeOf(this.#path);
    this.#lines = [this.#before, this.#path].flatMap(linesOf).slice(-mostLines);
  }

  write(text: string): void {
    for (const line of text.split('\n')) if (line !== '') this.#lines.push(line.slice(0, mostLineBytes));
    if (this.#lines.length > 1.5 * mostLines) this.#lines = this.#lines.slice(-mostLines);
    try {
      if (this.#bytes > mostBytes) {
        renameSync(this.#path, this.#before);
        this.#bytes = 0;
      }
      appendFileSync(this.#path, text, { mode: 0o600 });
      this.#bytes += text.length;
    } catch {
      // A full disk must not end what the log is about; the newest lines are in memory.
    }
  }

  /** The newest lines of at least a level, oldest first. */
  tail(level: keyof typeof levels, count: number): string[] {
    const least = levels[level];
    return this.#lines.filter((line) => levelOf(line) >= least).slice(-count);
  }

  /** A logger that writes here, and to stderr what is at least `shown`. */
  logger(shown: LogLevel): Logger {
    const least = pino.levels.values[shown] ?? Number.POSITIVE_INFINITY;
    const write = (text: string) => {
      this.write(text);
      if (levelOf(text) >= least) process.stderr.write(text);
    };
    return pino({ level: 'debug', base: null }, { write });
  }
}

const levelOf = (line: string): number => Number(/"level":(\d+)/.exec(line)?.[1] ?? levels.info);

function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch {
    return 0; // Not there yet.
  }
}

function linesOf(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split('\n').filter(Boolean);
  } catch {
    return []; // Not there yet.
  }
}
