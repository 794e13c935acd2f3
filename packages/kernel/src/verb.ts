/**
 * The command line's part of a module. A verb speaks to the product only through `call`: the same HTTP routes that
 * the console uses, either of a running server or of the application opened in-process on the data folder. So a
 * capability exists once, whichever way it is reached.
 */
export interface VerbOption {
  readonly name: string;
  readonly summary: string;
  readonly type?: 'string' | 'boolean';
  readonly required?: boolean;
  /** Shown in the help, e.g. `NAME`, `ISO`, `15m|30m|1h`. */
  readonly placeholder?: string;
}

export interface CallRequest {
  query?: Record<string, unknown>;
  body?: unknown;
  /** Path of a file to stream as the request's body instead of `body`. */
  file?: string;
}

export interface Download {
  readonly bytes: number;
  /** Of what was written. */
  readonly sha256: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface VerbContext {
  readonly arguments: Record<string, string>;
  readonly options: Record<string, string | boolean | undefined>;
  readonly json: boolean;
  /** Calls the product's HTTP API. Rejects with the MillwrightError that the API answered. */
  call<T>(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, request?: CallRequest): Promise<T>;
  /** Writes what a GET answers to a file, which appears under its name only when it is whole. */
  download(path: string, file: string): Promise<Download>;
  /** Follows a job to its end with a progress bar on stderr; resolves to its result, rejects with its error. Ctrl-C cancels the job. */
  follow<T>(jobId: string): Promise<T>;
  /**
   * Shows how far work of the verb's own has come, 0 to 1, or undefined where its end is not known: a bar with the time left,
   * or the message alone, on a terminal; nothing elsewhere.
   */
  progress(fraction: number | undefined, message?: string): void;
  /** The data folder, for what a verb that only computes keeps between calls (converted networks). It may not exist. */
  readonly folder: string;
  /** The setting allowedNetworks: addresses inside the network that a verb which opens addresses by itself may reach. */
  readonly allowedNetworks: readonly string[];
  /** A line for a person, on stderr; never part of the answer. */
  note(text: string): void;
  /** Aborted by Ctrl-C; a second one ends the process at once. */
  readonly signal: AbortSignal;
}

export interface Verb {
  readonly name: string;
  readonly summary: string;
  /** Positional arguments in order; a name ending in `?` is optional. */
  readonly arguments?: readonly { readonly name: string; readonly summary: string }[];
  readonly options?: readonly VerbOption[];
  /** Returns the answer: printed as one JSON object with --json, else through `print`. */
  run(context: VerbContext): Promise<object>;
  /** The answer for a person, without trailing newline. Left out, the answer is printed as indented JSON. */
  print?(answer: never): string;
  /** Exit status for an answer that is not an error; 0 unless said otherwise. */
  exitCode?(answer: never): number;
}
