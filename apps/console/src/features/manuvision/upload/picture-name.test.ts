import { describe, expect, it } from 'vitest';
import { folderClass, isPictureName, placeOf } from './picture-name.ts';

describe('files of a folder', () => {
  it('are pictures by their names', () => {
    expect(['a.PNG', 'b.jpeg', 'c.tif'].every(isPictureName)).toBe(true);
    expect(['Thumbs.db', '.DS_Store', 'labels.json', 'png'].some(isPictureName)).toBe(false);
  });

  it('have their class from the folder they lie in', () => {
    expect(folderClass({ name: '01.png', webkitRelativePath: 'caps/划痕/01.png' })).toBe('划痕');
    expect(folderClass({ name: '01.png', webkitRelativePath: '' })).toBeUndefined();
    expect(placeOf({ name: '01.png', webkitRelativePath: '' })).toBe('01.png');
  });
});
