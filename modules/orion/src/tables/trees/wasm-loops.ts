import { assembleWasm, type Instruction, type WasmFunction } from './assemble-wasm.ts';
import { type SharedMemory, webAssembly } from './wasm-memory.ts';

/** The loops that training spends its time in. Addresses are bytes in the shared memory. */
export interface WasmLoops extends ScoreLoop {
  /**
   * Adds gradient and hessian of `count` (at least 1) rows to the histograms of four columns: `rows` int32 of each, `pairs` two
   * float32 of each in the same order, `bins` four bytes of every row of the table, `histogram` four times 256 pairs of float64.
   */
  addRows(rows: number, pairs: number, count: number, bins: number, histogram: number): void;
  /**
   * Writes `count` (at least 1) rows with their pairs to `toRows` and `toPairs`: those whose bin's byte in `table` is 1 from the front,
   * those where it is 0 from the back. `bins` is the column's first byte, four bytes to the next row. Gives how many went to the front.
   */
  divide(
    rows: number,
    pairs: number,
    count: number,
    bins: number,
    table: number,
    toRows: number,
    toPairs: number,
  ): number;
}

/** The loop that prediction spends its time in. */
export interface ScoreLoop {
  /**
   * Adds what a tree says of `count` rows, a multiple of `rowsAbreast` and not 0, to `sums`, float64, `sumBytes` apart. A node is 16 bytes:
   * the place of its column in a row in bytes, its threshold (float32), the address of its left child, behind which lies the right
   * one, and its value (float32). A leaf is its own child, since its threshold is above all. `rows` are float32, `rowBytes` apart.
   */
  addTree(
    rows: number,
    rowBytes: number,
    count: number,
    root: number,
    depth: number,
    sums: number,
    sumBytes: number,
  ): void;
}

/** Bytes of the histogram of one column: 256 bins of two numbers of 64 bits. */
export const histogramBytes = 4096;

const addRows: WasmFunction = {
  name: 'addRows',
  parameters: ['rows', 'pairs', 'count', 'bins', 'histogram'],
  locals: ['end', 'four', 'at'],
  vectors: ['pair'],
  gives: false,
  body(code) {
    const { get, set, tee, number, add, and, shiftLeft, shiftRight } = code;
    /** Bits 8 k to 8 k + 7 of `four`, times 16. */
    const place = (column: number): Instruction[] => [
      get('four'),
      ...(column === 0 ? [number(4), shiftLeft()] : [number(8 * column - 4), shiftRight()]),
      ...[number(0xff0), and(), get('histogram'), add(), tee('at')],
    ];
    const update = (column: number): Instruction[] => [
      ...place(column),
      get('at'),
      ...[code.loadVector(histogramBytes * column), get('pair'), code.addDoubles()],
      code.storeVector(histogramBytes * column),
    ];
    return [
      ...[get('rows'), get('count'), number(2), shiftLeft(), add(), set('end')],
      code.repeat(
        ...[get('rows'), code.load32(), number(2), shiftLeft(), get('bins'), add(), code.load32(), set('four')],
        ...[get('pairs'), code.loadHalf(), code.widen(), set('pair')],
        ...[0, 1, 2, 3].flatMap(update),
        ...[get('pairs'), number(8), add(), set('pairs')],
        ...[get('rows'), number(4), add(), tee('rows'), get('end'), code.isLess()],
      ),
    ];
  },
};

const divide: WasmFunction = {
  name: 'divide',
  parameters: ['rows', 'pairs', 'count', 'bins', 'table', 'toRows', 'toPairs'],
  locals: ['end', 'row', 'front', 'back', 'frontPair', 'backPair', 'step'],
  vectors: [],
  gives: true,
  body(code) {
    const { get, set, tee, number, add, subtract, shiftLeft, shiftRight } = code;
    return [
      ...[get('rows'), get('count'), number(2), shiftLeft(), add(), set('end')],
      ...[get('toRows'), tee('front'), get('count'), number(2), shiftLeft(), add(), number(4), subtract(), set('back')],
      ...[get('toPairs'), tee('frontPair'), get('count'), number(3), shiftLeft(), add()],
      ...[number(8), subtract(), set('backPair')],
      code.repeat(
        // The row goes to both places; only the one that it belongs to is kept.
        ...[get('front'), get('rows'), code.load32(), tee('row'), code.store32()],
        ...[get('back'), get('row'), code.store32()],
        ...[get('frontPair'), get('pairs'), code.load64(), code.store64()],
        ...[get('backPair'), get('pairs'), code.load64(), code.store64()],
        ...[get('row'), number(2), shiftLeft(), get('bins'), add(), code.loadByte(), get('table'), add()],
        ...[code.loadByte(), number(2), shiftLeft(), tee('step'), get('front'), add(), set('front')],
        ...[get('back'), number(4), subtract(), get('step'), add(), set('back')],
        ...[get('frontPair'), get('step'), number(1), shiftLeft(), add(), set('frontPair')],
        ...[get('backPair'), number(8), subtract(), get('step'), number(1), shiftLeft(), add(), set('backPair')],
        ...[get('pairs'), number(8), add(), set('pairs')],
        ...[get('rows'), number(4), add(), tee('rows'), get('end'), code.isLess()],
      ),
      ...[get('front'), get('toRows'), subtract(), number(2), shiftRight()],
    ];
  },
};

/** Rows that go down a tree side by side, since each waits for its memory. */
export const rowsAbreast = 8;

const lanes = Array.from({ length: rowsAbreast }, (_, lane) => lane);

const addTree: WasmFunction = {
  name: 'addTree',
  parameters: ['rows', 'rowBytes', 'count', 'root', 'depth', 'sums', 'sumBytes'],
  locals: ['left', ...lanes.map((lane) => `row${lane}`), ...lanes.map((lane) => `node${lane}`)],
  vectors: [],
  gives: false,
  body(code) {
    const { get, set, tee, number, add, subtract, shiftLeft } = code;
    /** To the left child, or 16 bytes further where the row's value is above the threshold. */
    const step = (lane: number): Instruction[] => [
      ...[get(`node${lane}`), code.load32(8)],
      ...[get(`node${lane}`), code.load32(), get(`row${lane}`), add(), code.loadFloat()],
      ...[get(`node${lane}`), code.loadFloat(4), code.isAbove(), number(4), shiftLeft(), add(), set(`node${lane}`)],
    ];
    return [
      code.repeat(
        ...lanes.flatMap((lane) => [
          ...[get('rows'), set(`row${lane}`), get('rows'), get('rowBytes'), add(), set('rows')],
          ...[get('root'), set(`node${lane}`)],
        ]),
        ...[get('depth'), set('left')],
        code.repeat(...lanes.flatMap(step), get('left'), number(1), subtract(), tee('left')),
        ...lanes.flatMap((lane) => [
          ...[get('sums'), get('sums'), code.loadDouble(), get(`node${lane}`), code.loadFloat(12)],
          ...[code.widenFloat(), code.addDouble(), code.storeDouble()],
          ...[get('sums'), get('sumBytes'), add(), set('sums')],
        ]),
        ...[get('count'), number(rowsAbreast), subtract(), tee('count')],
      ),
    ];
  },
};

let compiled: object | undefined;

/** The loops over this memory. */
export function wasmLoops(memory: SharedMemory): WasmLoops {
  compiled ??= new webAssembly.Module(assembleWasm([addRows, divide, addTree]));
  return new webAssembly.Instance(compiled, { host: { memory } }).exports as unknown as WasmLoops;
}
