import type { Note } from '@millwright/kernel';
import type { EmissionAnswer } from '../emissions/emission-schemas.ts';
import type { NoteAbout } from '../notes.ts';

type Result = EmissionAnswer['result'];

export const noteLines = (notes: readonly NoteAbout[] | readonly Note[]): string[] => [
  ...new Set(notes.map((note) => `  ${'about' in note && note.about ? `${note.about}: ` : ''}${note.text}`)),
];

/** Each multiplication, and what is not known where there is none. */
export const resultLines = ({ lines }: Result): string[] =>
  lines.map(({ line, scope, method, formula, tCO2e, reasons = [] }) =>
    [
      `  ${line}  scope ${scope} ${method}  ${formula} = ${tCO2e === undefined ? 'not known' : `${tCO2e} t`}`,
      ...reasons.map(({ text }) => `(${text})`),
    ].join('  '),
  );

export const factorLines = ({ factors }: Result): string[] =>
  factors.map(
    ({ id, version, value, unit, document, confirmed }) =>
      `  factor ${id}@${version}  ${value} ${unit}  ${document}${confirmed ? '' : '  (unconfirmed)'}`,
  );

/** Warnings that no line of the text says already. */
export const warningLines = ({ warnings, lines }: Result): string[] => {
  const said = new Set(lines.flatMap(({ reasons = [] }) => reasons.map(({ text }) => text)));
  return noteLines(
    warnings.filter(({ text }) => !said.has(text)).map(({ line, ...note }) => ({ ...note, about: line })),
  );
};

/** `at least 12.30`, where a total lacks something. */
export const totalText = ({ printed, incomplete }: Result, key: Result['incomplete'][number]): string =>
  incomplete.includes(key) ? `at least ${printed[key]}` : printed[key];
