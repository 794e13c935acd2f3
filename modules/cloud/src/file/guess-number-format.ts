import type { Guess } from './guess.ts';
import { guessNotes } from './guess-notes.ts';
import type { NumberFormat } from './number-reader.ts';

type Sign = '.' | ',';

interface Votes {
  decimal: Record<Sign, number>;
  thousands: Record<'.' | ',' | ' ' | "'", number>;
  /** One sign, three digits after it: 1.234 may be either. */
  open: Record<Sign, number>;
}

/** Decimal sign and thousands separator, from all cells that look like numbers. */
export function guessNumberFormat(
  cells: Iterable<string>,
  delimiter: string,
): { format: Pick<NumberFormat, 'decimal' | 'thousands'>; guesses: Guess[] } {
  const votes: Votes = {
    decimal: { '.': 0, ',': 0 },
    thousands: { '.': 0, ',': 0, ' ': 0, "'": 0 },
    open: { '.': 0, ',': 0 },
  };
  for (const cell of cells) vote(cell, votes);
  const guesses: Guess[] = [];
  const decimal = chooseDecimal(votes, delimiter, guesses);
  const thousands = chooseThousands(votes, decimal, guesses);
  return { format: { decimal, thousands }, guesses };
}

function vote(cell: string, votes: Votes): void {
  const match = /^[+-]?(\d[\d.,' \u00a0\u2009\u202f\u2019]*)(?:[eE][+-]?\d+)?\s*(?:%|\p{L}[\p{L}\d/³]*)?$/u.exec(
    cell.trim(),
  );
  if (match === null) return;
  const body = match[1]!
    .trim()
    .replace(/[\u00a0\u2009\u202f]/g, ' ')
    .replace(/\u2019/g, "'");
  for (const mark of [' ', "'"] as const)
    if (new RegExp(`^\\d{1,3}(?:${mark}\\d{3})+(?:[.,]\\d*)?$`).test(body)) votes.thousands[mark]++;
  const plain = body.replace(/[ ']/g, '');
  const dots = plain.split('.').length - 1;
  const commas = plain.split(',').length - 1;
  if (dots + commas === 0) return;
  if (dots > 0 && commas > 0) {
    const last = plain.lastIndexOf('.') > plain.lastIndexOf(',') ? '.' : ',';
    votes.decimal[last]++;
    votes.thousands[last === '.' ? ',' : '.']++;
    return;
  }
  const sign: Sign = dots > 0 ? '.' : ',';
  if (dots + commas > 1) votes.thousands[sign]++;
  else if (/^[1-9]\d{0,2}[.,]\d{3}$/.test(plain) && body === plain) votes.open[sign]++;
  else votes.decimal[sign]++;
}

function chooseDecimal(votes: Votes, delimiter: string, guesses: Guess[]): Sign {
  const what = 'decimal';
  const { decimal, thousands, open } = votes;
  if (decimal['.'] + decimal[','] > 0) {
    const value = decimal['.'] >= decimal[','] ? '.' : ',';
    const share = decimal[value] / (decimal['.'] + decimal[',']);
    const votesFor = { count: decimal[value], sign: value };
    const reason =
      share < 1
        ? guessNotes['decimal-mostly']({ ...votesFor, others: decimal['.'] + decimal[','] - decimal[value] })
        : guessNotes.decimal(votesFor);
    guesses.push({ what, value, confidence: Math.max(0.5, share * 0.99), reason });
    return value;
  }
  for (const sign of ['.', ','] as const) {
    if (thousands[sign] === 0) continue;
    const value = sign === '.' ? ',' : '.';
    guesses.push({
      what,
      value,
      confidence: 0.8,
      reason: guessNotes['decimal-by-grouping']({ grouping: sign, sign: value }),
    });
    return value;
  }
  if (open[','] > 0 && open['.'] === 0) {
    const value = delimiter === ';' ? ',' : '.';
    const reason = guessNotes[delimiter === ';' ? 'comma-decimal' : 'comma-thousands']();
    if (value === '.') votes.thousands[','] += open[','];
    guesses.push({ what, value, confidence: 0.55, reason });
    return value;
  }
  const ambiguous = open['.'] > 0;
  const reason = ambiguous ? guessNotes['dot-decimal']() : guessNotes['no-decimal']();
  guesses.push({ what, value: '.', confidence: ambiguous ? 0.6 : 0.7, reason });
  return '.';
}

function chooseThousands(votes: Votes, decimal: Sign, guesses: Guess[]): '' | '.' | ',' | ' ' | "'" {
  const marks = (['.', ',', ' ', "'"] as const).filter((mark) => mark !== decimal);
  const best = marks.reduce((a, b) => (votes.thousands[b] > votes.thousands[a] ? b : a));
  if (votes.thousands[best] === 0) return '';
  const count = votes.thousands[best];
  const reason = best === ' ' ? guessNotes['thousands-blank']({ count }) : guessNotes.thousands({ count, sign: best });
  guesses.push({ what: 'thousands', value: best, confidence: 0.9, reason });
  return best;
}
