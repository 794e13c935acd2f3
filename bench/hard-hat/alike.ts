import type { LabelledPicture } from './labelled-people.ts';

const [across, down] = [17, 16];
/** Differing signs of 256 below which two pictures count as the same scene; unlike ones differ in about 128. */
const alike = 64;

/** The group of each picture: almost identical ones (difference hash) share one, so that no test sees its own example. */
export function groupsOf(pictures: readonly LabelledPicture[]): string[] {
  const hashes = pictures.map(({ pixels }) => differenceHash(pixels));
  const group = pictures.map((_, at) => at);
  for (const [at, hash] of hashes.entries())
    for (let other = 0; other < at; other++) {
      const distance = hash.reduce((sum, sign, bit) => sum + (sign === hashes[other]![bit] ? 0 : 1), 0);
      if (distance >= alike) continue;
      const [from, to] = [group[at]!, group[other]!];
      for (const [index, held] of group.entries()) if (held === from) group[index] = to;
    }
  return group.map((number) => pictures[number]!.name);
}

function differenceHash({ width, height, data }: LabelledPicture['pixels']): boolean[] {
  const sums = new Float64Array(across * down);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 3;
      const cell = Math.floor((y * down) / height) * across + Math.floor((x * across) / width);
      sums[cell]! += 0.299 * data[at]! + 0.587 * data[at + 1]! + 0.114 * data[at + 2]!;
    }
  return Array.from({ length: (across - 1) * down }, (_, bit) => {
    const at = Math.floor(bit / (across - 1)) * across + (bit % (across - 1));
    return sums[at]! > sums[at + 1]!;
  });
}
