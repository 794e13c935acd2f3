import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readPicture } from '@millwright/imaging';

/** A picture of the set of magnetic tiles. */
export interface TilePicture {
  readonly name: string;
  readonly path: string;
  readonly className: string;
  /** Tile that it shows: pictures of it were taken one soon after the other, so that their numbers are near. */
  readonly group: string;
  read(): ReturnType<typeof readPicture>;
}

/** Numbers further apart are of another tile, as the set's own division has it. */
const near = 300;

/** CLASS/Imgs/expE_num_N.jpg */
export function readTiles(folder: string): TilePicture[] {
  const found = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: className }) =>
      readdirSync(join(folder, className, 'Imgs'))
        .filter((name) => name.endsWith('.jpg'))
        .map((name) => ({
          ...{ name: `${className}/${name}`, className, number: Number(/num_(\d+)/.exec(name)![1]) },
          path: join(folder, className, 'Imgs', name),
          read: () => readPicture(join(folder, className, 'Imgs', name)),
        })),
    )
    .sort((a, b) => a.number - b.number || (a.name < b.name ? -1 : 1));
  let group = 0;
  return found.map(({ number, ...picture }, at) => {
    if (at > 0 && number - found[at - 1]!.number > near) group++;
    return { ...picture, group: String(group) };
  });
}
