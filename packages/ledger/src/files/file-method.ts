/** What a method that works on files alone is given beside its parameters and inputs. */
export interface FileWork {
  /** An existing folder that the method writes its files into; nothing else may be written. */
  readonly folder: string;
  /** Where what can be made again is kept between runs, such as converted networks. It may not exist. */
  readonly cache: string;
  readonly signal: AbortSignal;
  /** How far it has come, 0 to 1. */
  progress(fraction: number, message?: string): void;
}

export interface FileResult {
  /** Plain JSON; it goes into the evidence. */
  readonly output: unknown;
  /** Names of the files it wrote into the folder that must come out the same, byte by byte, when it is run again. */
  readonly files: readonly string[];
}

/**
 * How a verb that needs no server comes to its result: a deterministic function of parameters and files. A change that can
 * change a result needs a new version; an old version stays registered as long as its evidence should be provable.
 */
export interface FileMethod {
  /** Begins with the name of the module that registers it: `matrixvision.track`. */
  readonly id: string;
  readonly version: string;
  /** What it does, one sentence, and the standard or paper that it follows. */
  readonly description: string;
  /** @param inputs paths, in the order in which they were named when the evidence was made */
  run(parameters: unknown, inputs: readonly string[], work: FileWork): Promise<FileResult>;
}
