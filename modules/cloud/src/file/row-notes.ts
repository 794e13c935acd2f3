import { defineNotes, type Note } from '@millwright/kernel';

interface OfRow {
  row: number;
  line: number;
  problem: Note;
}

/** Why a row or a cell of a file was not taken. The problem goes on with the sentence that names its place. */
export const rowNotes = defineNotes('file-row', {
  'row-left-out': ({ row, line, problem }: OfRow) =>
    `Row ${row} (line ${line} of the file) ${problem}; the row was left out.`,
  'cell-left-out': ({ row, line, column, problem }: OfRow & { column: string }) =>
    `Row ${row} (line ${line} of the file), column ${column}, ${problem}; the other columns of the row were kept.`,
  'nul-bytes': () => 'holds NUL bytes',
  'open-quote': () => 'opens a quote that is not closed',
  'text-after-quote': () => 'has text after a closing quote',
  'too-long': ({ megabytes }: { megabytes: number }) => `is longer than ${megabytes} MiB`,
  'other-encoding': ({ encoding }: { encoding: string }) => `has bytes that are not ${encoding}`,
  'other-width': ({ count, width }: { count: number; width: number }) =>
    `has ${count} columns where the table has ${width}`,
  'before-1970': ({ time }: { time: string }) => `has the time "${time}", which is before 1970`,
  'no-time': () => 'has no time',
  'time-misfit': ({ time, format }: { time: string; format: string }) =>
    `has the time "${time}", which does not fit ${format}`,
  'skipped-hour': ({ time, timezone }: { time: string; timezone: string }) =>
    `has the time "${time}", which does not exist in ${timezone}: the clocks were put forward over it. If the file keeps winter time all year, set the time zone to its fixed offset`,
  'skipped-cell': ({ time, timezone }: { time: string; timezone: string }) =>
    `does not exist on "${time}" in ${timezone}: the clocks were put forward`,
  'beyond-range': ({ cell }: { cell: string }) => `holds "${cell}", which is beyond 1e15`,
  'no-number': ({ cell }: { cell: string }) => `holds "${cell}", which is not a number`,
  'no-point': () => 'names no point',
  'too-many-points': ({ point, most, column }: { point: string; most: number; column: number }) =>
    `names the point "${point}", but the file already named ${most}; column ${column} may not be the point column`,
  'other-unit': ({ point, unit, known }: { point: string; unit: string; known: string }) =>
    `gives "${point}" in "${unit}", but earlier rows gave it in "${known}"`,
  'expected-header': ({ column, header }: { column: number; header: string }) => `column ${column} to be "${header}"`,
  'found-header': ({ header }: { header: string }) => `"${header}" there`,
  'found-columns': ({ count }: { count: number }) => `only ${count} columns`,
  'expected-columns': ({ count }: { count: number }) => `at least ${count} columns`,
});
