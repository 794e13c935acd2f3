import { posix } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Shape } from '../../labelling/region.ts';
import { dataSetNotes, type LeftOut } from '../notes.ts';
import { boundsOf } from '../regions/shape.ts';
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
  const objects = rows.map(([number, ...values]) => ({ className: classNames.get(number!) ?? String(number), values }));
  return {
    classNames: objects.map(({ className }) => className),
    inPixels: (width, height) => {
      const regions = objects.map(({ className, values }) => ({
        class: className,
        shape: shapeOf(values, width, height),
      }));
      return { boxes: regions.map(({ class: className, shape }) => ({ className, ...boundsOf(shape) })), regions };
    },
  };
}

function shapeOf(values: readonly number[], width: number, height: number): Shape {
  const points = values.map((value, at) => value * (at % 2 === 0 ? width : height));
  // Four numbers, and a fifth where a detector wrote its confidence.
  if (values.length > 5) return { kind: 'polygon', points: points.slice(0, points.length - (points.length % 2)) };
  const [x, y, w, h] = points as [number, number, number, number];
  return { kind: 'box', x: x - w / 2, y: y - h / 2, width: w, height: h };
}

/** Names of the classes by number, from data.yaml, classes.txt or obj.names; what is no YAML is listed. */
export async function yoloClassNames(
  files: readonly SourceFile[],
  leftOut: LeftOut[],
): Promise<{ readonly names: ReadonlyMap<number, string>; readonly files: readonly string[] }> {
  const names = new Map<number, string>();
  const used: string[] = [];
  for (const file of files) {
    const last = posix.basename(file.name).toLowerCase();
    const lines = last === 'classes.txt' || last === 'obj.names';
    if (!(lines || /^(data|dataset)\.ya?ml$/.test(last)) || file.bytes > 1e6) continue;
    const text = Buffer.from(await file.read()).toString('utf8');
    used.push(file.name);
    try {
      const found = lines ? text.split(/\r?\n/).map((line) => line.trim()) : namesOfYaml(text);
      for (const [number, name] of found.entries()) if (name) names.set(number, name);
    } catch (error) {
      const [reason] = (error as Error).message.split('\n');
      leftOut.push({
        name: file.name,
        reason: dataSetNotes['label-unreadable']({ name: file.name, reason: reason! }),
      });
    }
  }
  return { names, files: used };
}

const name = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const yamlSchema = z.object({ names: z.union([z.array(name), z.record(z.string(), name)]) });

/** `names` as a list or by number. Throws where the text is no YAML. */
function namesOfYaml(text: string): string[] {
  const { names } = yamlSchema.safeParse(parse(text, { logLevel: 'error' })).data ?? {};
  if (names === undefined || Array.isArray(names)) return names ?? [];
  const found: string[] = [];
  for (const [number, name] of Object.entries(names)) if (/^\d{1,4}$/.test(number)) found[Number(number)] = name;
  return found;
}
