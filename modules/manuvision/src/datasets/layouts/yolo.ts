import { posix } from 'node:path';
import type { SourceFile } from '../source.ts';
import type { LabelsOfSize } from './labels-in.ts';

/**
 * Labels of a YOLO file: one object a line, class and either centre and size of a box or the corners of a polygon, relative to the
 * picture's size. Undefined for text that is none.
 */
export function readYolo(text: string, classNames: ReadonlyMap<number, string>): LabelsOfSize | undefined {
  const rows = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => line.split(/\s+/).map(Number));
  if (rows.some((row) => row.length < 5 || row.some((value) => !Number.isFinite(value)) || !Number.isInteger(row[0])))
    return undefined;
  return (width, height) => {
    const labels = rows.map(([number, ...values]) => {
      const className = classNames.get(number!) ?? String(number);
      const points = values.map((value, at) => value * (at % 2 === 0 ? width : height));
      // Four numbers, and a fifth where a detector wrote its confidence.
      if (values.length <= 5) {
        const [x, y, w, h] = points as [number, number, number, number];
        return { box: { className, x: x - w / 2, y: y - h / 2, width: w, height: h } };
      }
      const even = points.slice(0, points.length - (points.length % 2));
      const xs = even.filter((_, at) => at % 2 === 0);
      const ys = even.filter((_, at) => at % 2 === 1);
      const [x, y] = [Math.min(...xs), Math.min(...ys)];
      const box = { className, x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
      return { box, outline: { className, points: even } };
    });
    return { boxes: labels.map(({ box }) => box), outlines: labels.flatMap(({ outline }) => outline ?? []) };
  };
}

/** Names of the classes by number, from data.yaml, classes.txt or obj.names. */
export async function yoloClassNames(
  files: readonly SourceFile[],
): Promise<{ readonly names: ReadonlyMap<number, string>; readonly files: readonly string[] }> {
  const names = new Map<number, string>();
  const used: string[] = [];
  for (const file of files) {
    const last = posix.basename(file.name).toLowerCase();
    const lines = last === 'classes.txt' || last === 'obj.names';
    if (!(lines || /^(data|dataset)\.ya?ml$/.test(last)) || file.bytes > 1e6) continue;
    const text = Buffer.from(await file.read()).toString('utf8');
    const found = lines ? text.split(/\r?\n/).map((line) => line.trim()) : namesOfYaml(text);
    for (const [number, name] of found.entries()) if (name) names.set(number, name);
    used.push(file.name);
  }
  return { names, files: used };
}

/** `names: [a, "b c"]`, or a list below it: `- a` or `0: a`. More of YAML these files do not use. */
function namesOfYaml(text: string): string[] {
  const bare = (part: string): string => part.trim().replace(/^(['"])(.*)\1$/, '$2');
  const inline = /^names:\s*\[([^\]]*)\]/m.exec(text)?.[1];
  if (inline !== undefined)
    return [...inline.matchAll(/\s*('[^']*'|"[^"]*"|[^,]+)/g)]
      .map(([, name]) => bare(name!))
      .filter((name) => name !== '');
  const names: string[] = [];
  const below = /^names:\s*\r?\n((?:[ \t-].*(?:\r?\n|$))*)/m.exec(text)?.[1] ?? '';
  for (const line of below.split(/\r?\n/)) {
    const [, number, name] = /^\s*(?:-|(\d+):)\s*(.+)$/.exec(line) ?? [];
    if (name !== undefined) names[number === undefined ? names.length : Number(number)] = bare(name);
  }
  return names;
}
