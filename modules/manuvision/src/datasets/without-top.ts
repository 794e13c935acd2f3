import { isPictureName, stemOf } from './picture-names.ts';
import type { Source } from './source.ts';

/**
 * Of an archive that holds one folder of its own name, as systems pack a folder, what lies in that folder: its name says nothing
 * about what the pictures show.
 */
export function withoutTop(source: Source, fileName: string): Source {
  const top = `${isPictureName(fileName) ? fileName : stemOf(fileName)}/`;
  if (!source.files.every(({ name }) => name.startsWith(top))) return source;
  return { ...source, files: source.files.map((file) => ({ ...file, name: file.name.slice(top.length) })) };
}
