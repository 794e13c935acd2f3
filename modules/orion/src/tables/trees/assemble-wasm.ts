import { mostPages } from './wasm-memory.ts';

/** A WebAssembly function in bytes: its parameters and locals come by name, all 32 bit integers unless named in `vectors`. */
export interface WasmFunction {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly locals: readonly string[];
  /** Locals of 128 bits. */
  readonly vectors: readonly string[];
  /** Whether it gives back a 32 bit integer. */
  readonly gives: boolean;
  body(code: Code): readonly Instruction[];
}

/** An instruction's bytes. */
export type Instruction = readonly number[];

const [typeI32, typeV128] = [0x7f, 0x7b];

/** LEB128, unsigned. */
function unsigned(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest & 127) | 128);
  }
}

/** LEB128, signed. */
function signed(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 7) {
    const last = (rest >> 6 === 0 && !(rest & 64)) || (rest >> 6 === -1 && (rest & 64) !== 0);
    if (last) return [...bytes, rest & 127];
    bytes.push((rest & 127) | 128);
  }
}

const vector = (items: readonly (readonly number[])[]): number[] => [...unsigned(items.length), ...items.flat()];
const section = (id: number, content: readonly number[]): number[] => [id, ...unsigned(content.length), ...content];
const text = (value: string): number[] => vector([...Buffer.from(value)].map((byte) => [byte]));

/** The instructions that are used here, by the names of the specification (WebAssembly Core 2.0, with SIMD). */
export class Code {
  readonly #places: ReadonlyMap<string, number>;

  constructor(names: readonly string[]) {
    this.#places = new Map(names.map((name, place) => [name, place]));
  }

  #place(name: string): number[] {
    return unsigned(this.#places.get(name)!);
  }

  get = (name: string): Instruction => [0x20, ...this.#place(name)];
  set = (name: string): Instruction => [0x21, ...this.#place(name)];
  tee = (name: string): Instruction => [0x22, ...this.#place(name)];
  number = (value: number): Instruction => [0x41, ...signed(value)];
  load32 = (offset = 0): Instruction => [0x28, 2, ...unsigned(offset)];
  load64 = (offset = 0): Instruction => [0x29, 3, ...unsigned(offset)];
  loadByte = (offset = 0): Instruction => [0x2d, 0, ...unsigned(offset)];
  store32 = (offset = 0): Instruction => [0x36, 2, ...unsigned(offset)];
  store64 = (offset = 0): Instruction => [0x37, 3, ...unsigned(offset)];
  add = (): Instruction => [0x6a];
  subtract = (): Instruction => [0x6b];
  and = (): Instruction => [0x71];
  shiftLeft = (): Instruction => [0x74];
  shiftRight = (): Instruction => [0x76];
  isLess = (): Instruction => [0x49];
  loadVector = (offset = 0): Instruction => [0xfd, 0x00, 4, ...unsigned(offset)];
  storeVector = (offset = 0): Instruction => [0xfd, 0x0b, 4, ...unsigned(offset)];
  /** 64 bits from memory, zeros above. */
  loadHalf = (offset = 0): Instruction => [0xfd, 0x5d, 3, ...unsigned(offset)];
  /** Two numbers of 32 bits as two of 64. */
  widen = (): Instruction => [0xfd, 0x5f];
  loadFloat = (offset = 0): Instruction => [0x2a, 2, ...unsigned(offset)];
  loadDouble = (offset = 0): Instruction => [0x2b, 3, ...unsigned(offset)];
  storeDouble = (offset = 0): Instruction => [0x39, 3, ...unsigned(offset)];
  isAbove = (): Instruction => [0x5e];
  widenFloat = (): Instruction => [0xbb];
  addDouble = (): Instruction => [0xa0];
  addDoubles = (): Instruction => [0xfd, 0xf0, 0x01];
  /** Runs once, and again as long as its last value is not 0. */
  repeat = (...body: readonly Instruction[]): Instruction => [0x03, 0x40, ...body.flat(), 0x0d, 0, 0x0b];
}

/** A module that exports the functions and imports a shared memory as `host.memory`. */
export function assembleWasm(functions: readonly WasmFunction[]): Uint8Array<ArrayBuffer> {
  const types = functions.map(({ parameters, gives }) => [
    0x60,
    ...vector(parameters.map(() => [typeI32])),
    ...vector(gives ? [[typeI32]] : []),
  ]);
  const bodies = functions.map(({ parameters, locals, vectors, body }) => {
    const code = new Code([...parameters, ...locals, ...vectors]);
    const content = [
      ...vector([
        [...unsigned(locals.length), typeI32],
        [...unsigned(vectors.length), typeV128],
      ]),
      ...body(code).flat(),
      0x0b,
    ];
    return [...unsigned(content.length), ...content];
  });
  // A shared memory of 0 to 65,536 pages: whatever it is given.
  const memory = [...text('host'), ...text('memory'), 0x02, 0x03, 0x00, ...unsigned(mostPages)];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, vector(types)),
    ...section(2, vector([memory])),
    ...section(3, vector(functions.map((_, place) => unsigned(place)))),
    ...section(7, vector(functions.map(({ name }, place) => [...text(name), 0x00, ...unsigned(place)]))),
    ...section(10, vector(bodies)),
  ]);
}
