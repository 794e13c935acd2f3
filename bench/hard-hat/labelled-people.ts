import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ImageInput, readImage } from '@millwright/inference';
import type { Box } from '@millwright/matrixvision';

export interface LabelledHead {
  readonly box: Box;
  readonly hardHat: boolean;
  /** The labelled person whose head it is; undefined where none fits. */
  readonly person?: Box;
}

export interface LabelledPicture {
  readonly name: string;
  readonly pixels: ImageInput;
  readonly heads: readonly LabelledHead[];
  readonly people: readonly Box[];
}

const side = 640;
const spec = { width: side, height: side, format: 'rgb24', fit: 'stretch' } as const;

/** Pictures with labels of the classes 0 hard_hat, 1 no_hard_hat, 2 no_head_wear, 3 person; a polygon counts as its box. */
export async function readLabelled(folder: string): Promise<LabelledPicture[]> {
  const names = (await readdir(join(folder, 'labels'))).filter((name) => name.endsWith('.txt')).sort();
  const pictures: LabelledPicture[] = [];
  for (const file of names) {
    const name = file.slice(0, -'.txt'.length);
    const text = await readFile(join(folder, 'labels', file), 'utf8');
    const objects = text.split('\n').flatMap((line) => {
      const [kind, ...numbers] = line.trim().split(/\s+/).map(Number);
      return numbers.length >= 4 ? [{ kind: kind!, box: boxOf(numbers) }] : [];
    });
    const people = objects.flatMap(({ kind, box }) => (kind === 3 ? [box] : []));
    const heads = objects.filter(({ kind }) => kind < 3);
    const owners = ownersOf(
      heads.map(({ box }) => box),
      people,
    );
    pictures.push({
      ...{ name, people },
      pixels: await readImage(join(folder, 'images', `${name}.jpg`), spec),
      heads: heads.map(({ kind, box }, at) => {
        const person = owners.get(at);
        return { box, hardHat: kind === 0, ...(person !== undefined && { person: people[person]! }) };
      }),
    });
  }
  return pictures;
}

function boxOf(numbers: readonly number[]): Box {
  if (numbers.length === 4) {
    const [x, y, width, height] = numbers.map((value) => value * side) as [number, number, number, number];
    return { x: x - width / 2, y: y - height / 2, width, height };
  }
  const xs = numbers.filter((_, at) => at % 2 === 0).map((value) => value * side);
  const ys = numbers.filter((_, at) => at % 2 === 1).map((value) => value * side);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

/** Whose head: at least 60 % of it within the person's box, in the upper half, nearest to its upper edge; each once. */
function ownersOf(heads: readonly Box[], people: readonly Box[]): Map<number, number> {
  const pairs = heads.flatMap((head, at) =>
    people.flatMap((person, index) => {
      const across = Math.min(head.x + head.width, person.x + person.width) - Math.max(head.x, person.x);
      const down = Math.min(head.y + head.height, person.y + person.height) - Math.max(head.y, person.y);
      const inside = (Math.max(0, across) * Math.max(0, down)) / (head.width * head.height);
      if (inside < 0.6 || head.y + head.height / 2 > person.y + person.height / 2) return [];
      return [{ at, index, cost: Math.abs(head.y - person.y) / person.height + 1 - inside }];
    }),
  );
  const owners = new Map<number, number>();
  for (const { at, index } of pairs.sort((a, b) => a.cost - b.cost))
    if (!owners.has(at) && ![...owners.values()].includes(index)) owners.set(at, index);
  return owners;
}
