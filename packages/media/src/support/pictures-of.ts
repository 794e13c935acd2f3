import { readFile } from 'node:fs/promises';

/** A coded picture: its NAL units, with the parameter sets that come before it. */
export interface CodedPicture {
  readonly nals: readonly Buffer[];
  readonly key: boolean;
}

interface Coding {
  typeOf(nal: Buffer): number;
  isPicture(type: number): boolean;
  isKey(type: number): boolean;
  /** The first slice of a picture; others belong to the same. */
  isFirst(nal: Buffer): boolean;
}

const codings: Record<'h264' | 'h265', Coding> = {
  h264: {
    typeOf: (nal) => nal[0]! & 31,
    isPicture: (type) => type >= 1 && type <= 5,
    isKey: (type) => type === 5,
    isFirst: (nal) => (nal[1]! & 0x80) !== 0,
  },
  h265: {
    typeOf: (nal) => (nal[0]! >> 1) & 63,
    isPicture: (type) => type < 32,
    isKey: (type) => type >= 16 && type <= 21,
    isFirst: (nal) => (nal[2]! & 0x80) !== 0,
  },
};

/** The pictures of a raw stream (Annex B), as `renderVideo` writes into a file named `.h264` or `.hevc`. */
export async function picturesOf(path: string, codec: 'h264' | 'h265'): Promise<CodedPicture[]> {
  const { typeOf, isPicture, isKey, isFirst } = codings[codec];
  const pictures: { nals: Buffer[]; key: boolean }[] = [];
  let before: Buffer[] = [];
  for (const nal of nalsOf(await readFile(path))) {
    const type = typeOf(nal);
    if (!isPicture(type)) before.push(nal);
    else if (isFirst(nal) || pictures.length === 0) {
      pictures.push({ nals: [...before, nal], key: isKey(type) });
      before = [];
    } else pictures.at(-1)!.nals.push(nal);
  }
  return pictures;
}

function nalsOf(data: Buffer): Buffer[] {
  const starts: number[] = [];
  const mark = Buffer.from([0, 0, 1]);
  for (let at = data.indexOf(mark); at !== -1; at = data.indexOf(mark, at + 3)) starts.push(at + 3);
  return starts.map((start, index) => {
    let end = index + 1 < starts.length ? starts[index + 1]! - 3 : data.length;
    // A start code may have four bytes.
    while (end > start && data[end - 1] === 0) end--;
    return data.subarray(start, end);
  });
}
