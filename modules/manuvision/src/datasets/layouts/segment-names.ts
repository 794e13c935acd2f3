import { posix } from 'node:path';
import type { SourceFile } from '../source.ts';
import { vocColour } from './voc-colours.ts';

/** Names of the classes in masks of Pascal VOC, by their colours as one number. */
export interface SegmentNames {
  readonly names: ReadonlyMap<number, string>;
  /** Files that say them. */
  readonly files: ReadonlySet<string>;
}

const mostBytes = 1e6;
const background = /^_*(background|ignore)_*$/i;

/** From `labelmap.txt` (`scratch:128,0,0::`, as CVAT writes it) or `class_names.txt` (a line each in their order, as labelme does). */
export async function segmentNames(files: readonly SourceFile[]): Promise<SegmentNames> {
  const names = new Map<number, string>();
  const used = new Set<string>();
  for (const file of files) {
    const last = posix.basename(file.name).toLowerCase();
    if (!['labelmap.txt', 'class_names.txt'].includes(last) || file.bytes > mostBytes) continue;
    used.add(file.name);
    const lines = Buffer.from(await file.read())
      .toString('utf8')
      .split(/\r?\n/)
      .map((line) => line.trim());
    for (const [colour, name] of last === 'labelmap.txt' ? byColour(lines) : byOrder(lines))
      if (name && !background.test(name)) names.set(colour, name);
  }
  return { names, files: used };
}

const byColour = (lines: readonly string[]): [number, string][] =>
  lines.flatMap((line): [number, string][] => {
    const [, name, red, green, blue] = /^(.+):(\d{1,3}),(\d{1,3}),(\d{1,3})(?::[^:]*){0,2}$/.exec(line) ?? [];
    return name === undefined ? [] : [[(Number(red) << 16) | (Number(green) << 8) | Number(blue), name.trim()]];
  });

/** The first is the background, before which there may be what is ignored. */
function byOrder(lines: readonly string[]): [number, string][] {
  const named = lines.filter((line) => line !== '' && !/^_*ignore_*$/i.test(line));
  return named.map((name, number) => [vocColour(number), name]);
}
