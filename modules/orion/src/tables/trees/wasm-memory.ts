/** A memory that several threads and the loops of WebAssembly share. */
export interface SharedMemory {
  readonly buffer: SharedArrayBuffer;
}

/** The part of the WebAssembly API that is used here; its types come with those of browsers only. */
interface WebAssemblyApi {
  Memory: new (size: { initial: number; maximum: number; shared: true }) => SharedMemory;
  Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  Instance: new (module: object, imports: { host: { memory: SharedMemory } }) => { readonly exports: unknown };
}

export const webAssembly = (globalThis as unknown as { WebAssembly: WebAssemblyApi }).WebAssembly;

const pageBytes = 65_536;
export const mostPages = 65_536;
export const mostBytes = pageBytes * mostPages;

/** All zeros. */
export const sharedMemory = (bytes: number): SharedMemory =>
  new webAssembly.Memory({ initial: Math.max(1, Math.ceil(bytes / pageBytes)), maximum: mostPages, shared: true });
