import { defineNotes, type Note } from '@millwright/kernel';

interface Term {
  readonly term: string;
}
interface Share {
  readonly share: number;
}

/** Why a file is read the way it is guessed to be. Half sentences stand in lists and have no full stop. */
export const guessNotes = defineNotes('guess', {
  all: ({ reasons }: { reasons: readonly Note[] }) => `${reasons}`,

  'byte-order-mark': ({ encoding }: { encoding: string }) => `The file begins with the byte order mark of ${encoding}.`,
  ascii: () => 'All bytes seen are plain ASCII, which every encoding reads alike.',
  'utf-8': () => 'All bytes are valid UTF-8.',
  'utf-8-mostly': ({ share }: { share: Share }) =>
    `${share} of the lines with special characters are valid UTF-8; the others will be rejected.`,
  'utf-16': ({ encoding }: { encoding: string }) =>
    `Every second byte is zero, as in ${encoding} text without a byte order mark.`,
  'chinese-text': ({ encoding, count }: { encoding: string; count: number }) =>
    `Not UTF-8; read as ${encoding} the text has ${count} common Chinese characters.`,
  'gb18030-pairs': () => 'Not UTF-8; nearly all special bytes come in the pairs that GB18030 uses for Chinese.',
  western: () => 'Not UTF-8, and its special bytes stand alone as Western letters and signs do in Windows-1252.',

  delimiter: (values: { sign: Term; share: Share; columns: number }) =>
    `Split at the ${values.sign}, ${values.share} of the rows have ${values.columns} columns.`,
  'no-delimiter': () => 'None of comma, semicolon, tab, pipe and blank splits the rows.',
  comment: ({ sign }: { sign: string }) => `Lines among the data begin with ${sign}.`,
  'single-quotes': () => 'Cells stand in single quotes.',

  decimal: ({ count, sign }: { count: number; sign: string }) =>
    `${count} numbers of the sample can only be read with ${sign} as the decimal sign.`,
  'decimal-mostly': ({ count, sign, others }: { count: number; sign: string; others: number }) =>
    `${count} numbers of the sample can only be read with ${sign} as the decimal sign, ${others} only with the other.`,
  'decimal-by-grouping': ({ grouping, sign }: { grouping: string; sign: string }) =>
    `Numbers are grouped with ${grouping}, so ${sign} is the decimal sign.`,
  'comma-decimal': () =>
    'Numbers such as 1,234 can be read in two ways; with semicolons between the columns the comma is mostly the decimal sign.',
  'comma-thousands': () =>
    'Numbers such as 1,234 can be read in two ways; with commas between the columns it is mostly the thousands separator.',
  'dot-decimal': () => 'Numbers such as 1.234 can be read in two ways; the dot was taken as the decimal sign.',
  'no-decimal': () => 'No number of the sample has a decimal sign.',
  thousands: ({ count, sign }: { count: number; sign: string }) =>
    `${count} numbers of the sample are grouped in threes with ${sign}.`,
  'thousands-blank': ({ count }: { count: number }) =>
    `${count} numbers of the sample are grouped in threes with a blank.`,

  chosen: () => 'It was chosen.',
  'unit-left-out': ({ text }: { text: string }) =>
    `The unit "${text}" is not known, so its values are stored without a unit. Give its UCUM code in the mapping.`,
  'other-unit': ({ point, unit, kept }: { point: string; unit: string; kept: string }) =>
    `The file gives ${point} in ${unit}, but the point is in ${kept}; the values were stored as they stand.`,
  'corrections-misfit': ({ file }: { file: string }) =>
    `The corrections remembered from ${file} do not fit this file, so it was looked at anew.`,
  'first-sheet': () => 'It is the first sheet with a table.',
  'sheet-given': () => 'It was asked for.',
  'no-header': () => 'The first row of the table already holds data, so there is no header.',
  header: ({ rows }: { rows: number }) => `The names stand in the rows above the first row of data: ${rows}.`,
  'header-units': ({ rows }: { rows: number }) =>
    `The names and units stand in the rows above the first row of data: ${rows}.`,
  'header-below': ({ holds, above }: { holds: Note; above: Note }) => `${holds}. ${above}.`,
  'rows-above': ({ rows }: { rows: number }) => `Rows above the table that are no part of it: ${rows}.`,

  matrix: ({ columns }: { columns: number }) => `${columns} columns are times of the day and each row is a day.`,
  long: ({ why }: { why: Note }) => `Long: ${why}.`,
  wide: ({ columns }: { columns: number }) => `Wide: each row has one time, and the columns of values are ${columns}.`,
  'columns-numbered': () =>
    'The columns of a day are only numbered; number 1 was taken as the end of the first interval.',
  'point-repeats': ({ count, header }: { count: number; header: string }) =>
    `each time stands in several rows, once for each of ${count} texts in column "${header}"`,
  'point-named': ({ header }: { header: string }) => `the header "${header}" names a point`,

  'holds-time': () => 'holds the time',
  'holds-unit': () => 'holds a unit in every row',
  'holds-quality': ({ texts }: { texts: readonly string[] }) => `says how good the row is: ${texts}`,
  'no-part-of-matrix': () => 'is neither a time of the day nor the name of a point',
  'time-of-day': () => 'is a time of the day',
  'empty-nameless': () => 'is empty and has no name',
  'other-time': ({ format }: { format: string }) =>
    `holds a time too (${format}); another column was taken as the time`,
  'holds-text': ({ texts }: { texts: readonly string[] }) => `holds text, not numbers: ${texts}`,
  'counts-rows': () => 'only counts the rows',
  identifier: () => 'holds numbers that name something and measure nothing',
  'repeats-time': ({ part }: { part: Term }) => `only repeats the time: it is ${part} in every row`,
  'empty-in-sample': () => 'is empty in the sample',
  'share-of-numbers': ({ share }: { share: Share }) => `${share} of its cells are numbers`,

  'unit-is': ({ text, unit }: { text: string; unit: string }) => `"${text}" is ${unit} in UCUM`,
  'unit-is-noted': ({ text, unit, note }: { text: string; unit: string; note: string }) =>
    `"${text}" is ${unit} in UCUM (${note})`,
  'unit-unknown': ({ text }: { text: string }) => `the unit "${text}" is not known`,
  'no-unit': () => 'the header names no unit',
  'words-mean': ({ what }: { what: Term }) => `the words of the header mean ${what}`,
  'unit-means': ({ what }: { what: Term }) => `the unit means ${what}`,
  'is-electric': ({ what }: { what: Term }) => `${what} is of electricity`,
  'mostly-electric': ({ unit }: { unit: string }) =>
    `electricity is what ${unit} mostly counts; nothing in the header says otherwise`,

  momentary: ({ what }: { what: Term }) => `values of ${what} are momentary`,
  register: ({ rises }: { rises: number }) => `the values only rise (${rises} times), as a register does`,
  'register-reset': ({ rises, resets }: { rises: number; resets: number }) =>
    `the values only rise (${rises} times, ${resets} resets), as a register does`,
  'rises-unitless': () => 'the values only rise, but no unit says what they count',
  'register-still': () => 'the name speaks of a register, though its values stand still',
  amount: ({ what }: { what: Term }) => `${what} that rises and falls is the amount of each interval`,
  'taken-momentary': () => 'no unit or name says otherwise, so the values are taken as momentary',

  'column-format': ({ header, why }: { header: string; why: Note }) => `Column "${header}": ${why}.`,
  'format-fits': ({ share, format }: { share: Share; format: string }) => `${share} of the cells fit ${format}`,
  'format-only': ({ share, format }: { share: Share; format: string }) =>
    `${share} of the cells fit ${format}, and no other order of day and month does`,
  'format-even': (values: { share: Share; format: string; other: string }) =>
    `${values.share} of the cells fit ${values.format}; ${values.other} fits as well, but read this way the times follow one another more evenly`,
  'format-ambiguous': ({ format, other }: { format: string; other: string }) =>
    `Ambiguous: the sample can be read as ${format} and as ${other}; please check which is meant`,
  'format-together': ({ format, share }: { format: string; share: Share }) =>
    `the columns together fit ${format} in ${share} of the rows`,

  'columns-apart': ({ step }: { step: Note }) => `The columns of a day are ${step} apart.`,
  interval: ({ share, step }: { share: Share; step: Note }) =>
    `${share} of the readings come ${step} after the one before.`,
  days: ({ count }: { count: number }) => `${count} d`,
  minutes: ({ count }: { count: number }) => `${count} min`,
  seconds: ({ count }: { count: number }) => `${count} s`,
  'too-few-rows': () => 'There are too few rows to tell the order.',
  forward: ({ share }: { share: Share }) => `${share} of the steps in time go forward.`,
  back: ({ share }: { share: Share }) => `${share} of the steps in time go back.`,
  'midnight-at-end': ({ count, step }: { count: number; step: Note }) =>
    `${count} rows stamped 00:00 follow, ${step} later, the last row of the same date: they are the midnight at its end.`,
  'midnight-at-start': ({ count, others }: { count: number; others: number }) =>
    `${count} rows stamped 00:00 follow the last row of the same date, but ${others} follow the last row of the day before.`,
  'stamp-midnight': () =>
    'The last reading of a day is stamped with the midnight at its end, so stamps mark the end of their interval.',
  'stamp-24': () => 'There is a 24:00, so stamps mark the end of their interval.',
  'stamp-first-column-start': () => 'The first column of a day is 00:00, so stamps mark the start of their interval.',
  'stamp-first-column-end': () =>
    'The first column of a day is one interval after midnight, so stamps mark the end of their interval.',
  'stamp-header': ({ header }: { header: string }) => `The header "${header}" says so.`,
  'stamp-first-end': () =>
    'The first reading is one interval after midnight, as when stamps mark the end of their interval.',
  'stamp-first-start': () => 'The first reading is at 00:00, as when stamps mark the start of their interval.',
  'stamp-assumed': () =>
    'Nothing tells whether stamps mark the start or the end of their interval; the start was assumed.',
  'zone-not-needed': () => 'The times carry their own offset or count from 1970 in UTC, so the zone is not needed.',
  'zone-given': () => 'The time zone was given with the file.',
  'zone-assumed': () => 'The file does not say in which time zone its times are; UTC was assumed.',
  'skipped-hours': (values: { count: number; example: string; timezone: string }) =>
    `${values.count} rows of the sample, such as ${values.example}, lie in an hour that does not exist in ${values.timezone}. The file seems to keep one offset all year: set the time zone to that offset, such as +01:00.`,
});
