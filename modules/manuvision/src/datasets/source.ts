/** Files that a data set is read from: those of a folder, of a ZIP, or a single picture. */
export interface Source {
  /** Where it lies, for messages. */
  readonly path: string;
  /** In the order of their names. */
  readonly files: readonly SourceFile[];
  /** Files on disk that it is made of, in a fixed order: what evidence pins. */
  readonly inputs: readonly SourceInput[];
  close(): Promise<void>;
}

export interface SourceFile {
  /** Path below the source, with slashes. */
  readonly name: string;
  /** Bytes, unpacked. */
  readonly bytes: number;
  read(): Promise<Uint8Array>;
}

export interface SourceInput {
  /** Path below the source; empty for a ZIP, which is one input. */
  readonly name: string;
  readonly path: string;
}

/** Names in the order of their UTF-16 code units, which no language setting changes. */
export const byName = (a: { readonly name: string }, b: { readonly name: string }): number =>
  a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
