import type { Verb } from '@millwright/kernel';
import type { LeftOut } from '../datasets/notes.ts';
import { dataSetFormats } from '../datasets/writers/formats.ts';
import type { ExportReport } from '../datasets/writers/lay-out.ts';

export interface Line {
  readonly file: string;
  readonly code: string;
  readonly reason: string;
}

/** What verbs that write a data set answer. */
export interface ExportAnswer {
  readonly format: string;
  readonly images: number;
  readonly good: number;
  /** Pictures of defects by class. */
  readonly classes: Readonly<Record<string, number>>;
  readonly regions: number;
  /** What the format cannot say, or says in another way. */
  readonly unsaid: readonly Line[];
  readonly out: string;
}

export const exportAnswer = ({ unsaid, pictures, ...report }: ExportReport, out: string): ExportAnswer => ({
  ...{ format: report.format, images: pictures, good: report.good, classes: report.classes, regions: report.regions },
  unsaid: unsaid.map(toLine),
  out,
});

export const toLine = ({ name, reason }: LeftOut): Line => ({ file: name, code: reason.code, reason: reason.text });

/** Of one reason so many pictures are named. */
const mostNamed = 3;

/** Lines for people. */
export function printExport(answer: ExportAnswer, leftOut: readonly Line[] = []): string {
  const { format, images, good, classes, regions, unsaid, out } = answer;
  const named = Object.entries(classes).map(([name, count]) => `${count} ${name}`);
  return [
    `pictures   ${images}: ${[`${good} good`, ...named].join(', ')}`,
    `regions    ${regions}`,
    ...printLines('left out   ', leftOut),
    ...printLines('not said   ', unsaid),
    `${format.padEnd(11)}${out}`,
  ].join('\n');
}

export const printLines = (title: string, lines: readonly Line[]): string[] =>
  [...Map.groupBy(lines, ({ code }) => code).values()].flatMap((alike) => [
    ...alike.slice(0, mostNamed).map(({ file, reason }) => `${title}${file && `${file}: `}${reason}`),
    ...(alike.length > mostNamed ? [`${title}and ${alike.length - mostNamed} more for the same reason`] : []),
  ]);

/** Of verbs that write a data set. */
export const writeOptions = [
  { name: 'format', summary: 'What to write.', placeholder: dataSetFormats.join('|'), required: true },
  {
    name: 'out',
    summary: 'Folder that is not there yet, or a file ending in .zip.',
    placeholder: 'DIR|ZIP',
    required: true,
  },
] satisfies Verb['options'];
