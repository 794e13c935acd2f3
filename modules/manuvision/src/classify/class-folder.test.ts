import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { classifiedFiles, classOfName } from './class-folder.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millwright-classes-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function filled(...names: string[]) {
  for (const name of names) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), '');
  }
  const found = await classifiedFiles(folder);
  return found.map(({ file, className }) => `${file.slice(folder.length + 1)} ${className}`);
}

describe('classes are found', () => {
  it('by sub-folder, at any depth, with spaces and Chinese in their names', async () => {
    expect(await filled('划痕/1.png', 'edge chip/Imgs/a.jpg', 'edge chip/Imgs/a.txt', '.hidden/b.jpg')).toEqual([
      'edge chip/Imgs/a.jpg edge chip',
      '划痕/1.png 划痕',
    ]);
  });

  it('by file name, within the one folder that has pictures', async () => {
    expect(await filled('ANNOTATIONS/x_1.xml', 'IMAGES/rolled-in_scale_7.jpg', 'IMAGES/scratches_12.jpg')).toEqual([
      'IMAGES/rolled-in_scale_7.jpg rolled-in_scale',
      'IMAGES/scratches_12.jpg scratches',
    ]);
    expect(['a (12).png', 'b-3.png', 'c.4.png', 'd5.png', '7.png', 'e.png'].map(classOfName)).toEqual([
      ...['a', 'b', 'c', 'd', '7', 'e'],
    ]);
  });

  it('or it is said what is missing', async () => {
    await expect(filled('readme.txt')).rejects.toMatchObject({ code: 'MANUVISION_CLASSES_NO_PICTURES' });
    await expect(filled('a_1.png', 'a_2.png')).rejects.toMatchObject({ code: 'MANUVISION_CLASSES_TOO_FEW' });
    await expect(classifiedFiles(join(folder, 'none'))).rejects.toMatchObject({
      code: 'MANUVISION_CLASSES_NO_PICTURES',
    });
  });
});
