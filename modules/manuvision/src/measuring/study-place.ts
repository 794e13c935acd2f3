import { posix } from 'node:path';

/** Whose measurement of which part a picture is. */
export interface StudyPlace {
  readonly part: string;
  readonly operator: string;
}

const onlyOperator = 'one';

/** Pictures lie in PART/OPERATOR/, or in PART/ where there is one operator. */
export function placeInFolders(name: string): StudyPlace {
  const [part = '', operator = onlyOperator] = posix.dirname(name).split('/').slice(-2);
  return { part, operator };
}

interface NamedPicture {
  readonly fileName: string;
  /** Part or lot; the file's name where nobody said. */
  readonly group: string;
}

/**
 * Part and operator of each picture of a data set: its group PART/OPERATOR, or its group as the part and its innermost folder as
 * the operator; where nobody gave a group, as its folders say, without those that all such pictures lie in.
 */
export function placesInDataset<T extends NamedPicture>(pictures: readonly T[]): (T & StudyPlace)[] {
  const ungrouped = pictures.filter(({ fileName, group }) => group === fileName).map(({ fileName }) => fileName);
  const shared = sharedFolders(ungrouped);
  return pictures.map((picture) => {
    const { fileName, group } = picture;
    if (group === fileName) return { ...picture, ...placeInFolders(fileName.slice(shared.length)) };
    if (group.includes('/')) return { ...picture, ...placeInFolders(`${group}/picture`) };
    const folder = posix.basename(posix.dirname(fileName));
    return { ...picture, part: group, operator: folder === '' || folder === '.' ? onlyOperator : folder };
  });
}

/** The folders that all files lie in, with a slash at the end. */
function sharedFolders(names: readonly string[]): string {
  const [first = '', ...others] = names;
  const folders = first.split('/').slice(0, -1);
  while (folders.length > 0 && !others.every((name) => name.startsWith(`${folders.join('/')}/`))) folders.pop();
  return folders.length > 0 ? `${folders.join('/')}/` : '';
}
