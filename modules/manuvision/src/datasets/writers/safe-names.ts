import { posix } from 'node:path';
import { folderSaysClass, isMaskName, isPictureName, stemOf } from '../picture-names.ts';

/** Names that Windows keeps for devices, whatever their ending. */
const devices = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
/** Longest name of most file systems is 255 bytes; three of them may be one letter. */
const mostLetters = 80;

/** A name that no file system takes for a path or refuses: without folders, control and reserved characters, or a dot in front. */
export function safeName(name: string): string {
  const plain = name
    .normalize('NFC')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out.
    .replace(/[\u0000-\u001f\u007f<>:"/\\|?*]/g, '_')
    .replace(/^[\s.]+/, '_')
    .replace(/[\s.]+$/, '');
  return devices.test(plain) || plain === '' ? `_${plain}` : plain;
}

/**
 * Names to write pictures under, without folders. Where two would have the same, whatever their ending and case, their folders
 * come in front, then a number behind; a name that would be taken for a mask's gets another.
 */
export function pictureNames(names: readonly string[], endings: readonly string[]): string[] {
  const bare = names.map((name) => safeStem(posix.basename(name)));
  const counts = Map.groupBy(bare, (stem) => stem.toLowerCase());
  const taken = new Set<string>();
  return names.map((name, at) => {
    const alone = counts.get(bare[at]!.toLowerCase())!.length === 1;
    const stem = unique(alone ? bare[at]! : safeStem(name.replaceAll(/[/\\]/g, '_')), taken);
    return `${stem}${endings[at]!}`;
  });
}

function safeStem(name: string): string {
  // A page of a stack is `stack.tif#2`.
  const bare = isPictureName(name) ? stemOf(name) : name.replace(/\.\w+#(\d+)$/, '-$1');
  const stem = safeName(bare);
  const short = [...stem].slice(-mostLetters).join('').trim();
  return isMaskName(short) ? `${short}-picture` : short;
}

function unique(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${wanted}-${number}`;
  taken.add(name.toLowerCase());
  return name;
}

/** A folder for every class, by class; one that would be read as something else, such as `good` or `test`, gets a word in front. */
export function classFolders(classNames: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  return new Map(
    classNames.map((name) => {
      const safe = [...safeName(name)].slice(0, mostLetters).join('').trim();
      return [name, unique(folderSaysClass(safe) ? safe : `defect ${safe}`, taken)];
    }),
  );
}
