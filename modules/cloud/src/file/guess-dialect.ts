import { type Chosen, chosenGuess } from './chosen.ts';
import { type Guess, mostFrequent, percent } from './guess.ts';
import { guessNotes } from './guess-notes.ts';
import { isMissingText } from './number-reader.ts';
import { type Dialect, sampleRows } from './sample-rows.ts';

const numberLike = /^[+-]?\d[\d.,' \u00a0\u202f]*(?:[eE][+-]?\d+)?\s*%?$/;
const dateLike = /^[\d\-/.:+ TZAPMapm年月日时時点點分秒上下午]{5,}$/;
const names = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'pipe', ' ': 'blank' } as const;

interface Trial {
  readonly dialect: Dialect;
  readonly columns: number;
  readonly consistent: number;
  readonly score: number;
}

/** Delimiter, quote and comment sign: those under which the rows have one width and the cells read as data. */
export function guessDialect(
  text: string,
  chosen: Pick<Chosen, 'delimiter' | 'quote'> = {},
): { dialect: Dialect; guesses: Guess[] } {
  const comment = guessComment(text);
  const quote = chosen.quote ?? guessQuote(text);
  if (chosen.delimiter !== undefined) {
    const { delimiter } = chosen;
    return { dialect: { delimiter, quote, comment }, guesses: [chosenGuess('delimiter', delimiter)] };
  }
  const trials = ([',', ';', '\t', '|'] as const).map((delimiter) => tryDialect(text, { delimiter, quote, comment }));
  // Blanks stand inside of cells too, so they count only where nothing else divides the rows.
  if (trials.every(({ columns }) => columns < 2)) trials.push(tryDialect(text, { delimiter: ' ', quote: '', comment }));
  trials.sort((a, b) => b.score - a.score || b.columns - a.columns);
  const best = trials[0]!;
  const second = trials[1]!;
  const reason =
    best.columns > 1
      ? guessNotes.delimiter({
          sign: { term: `sign.${names[best.dialect.delimiter]}` },
          share: percent(best.consistent),
          columns: best.columns,
        })
      : guessNotes['no-delimiter']();
  const confidence = best.columns > 1 ? Math.min(0.99, 0.5 + Math.max(0, best.score - second.score) / 2) : 0.2;
  const guesses: Guess[] = [{ what: 'delimiter', value: best.dialect.delimiter, confidence, reason }];
  if (comment !== '')
    guesses.push({
      what: 'comment',
      value: comment,
      confidence: 0.9,
      reason: guessNotes.comment({ sign: comment }),
    });
  if (quote !== '"')
    guesses.push({ what: 'quote', value: quote, confidence: 0.8, reason: guessNotes['single-quotes']() });
  return { dialect: best.dialect, guesses };
}

function tryDialect(text: string, dialect: Dialect): Trial {
  const rows = sampleRows(text, dialect, 300).filter((row) => row.some((cell) => cell !== ''));
  const columns = mostFrequent(rows.map((row) => row.length))?.value ?? 0;
  const matching = rows.filter((row) => row.length === columns);
  const cells = matching.slice(Math.floor(matching.length / 4)).flat();
  const typed = cells.filter((cell) => isMissingText(cell) || numberLike.test(cell) || dateLike.test(cell)).length;
  const consistent = matching.length / (rows.length || 1);
  const score = columns < 2 ? 0 : consistent * (0.3 + typed / (cells.length || 1));
  return { dialect, columns, consistent, score };
}

/** A comment sign is only needed where comments stand among the data; those at the top are skipped with the preamble. */
function guessComment(text: string): string {
  const lines = text
    .slice(0, 200_000)
    .split('\n', 2000)
    .filter((line) => line.trim() !== '');
  const firstData = lines.findIndex((line) => !/^(?:#|\/\/)/.test(line));
  const later = lines.slice(firstData + 1);
  if (firstData < 0) return '';
  for (const sign of ['#', '//']) if (later.some((line) => line.startsWith(sign) && !/^#N/.test(line))) return sign;
  return '';
}

function guessQuote(text: string): '"' | "'" {
  const head = text.slice(0, 65_536);
  const double = head.match(/"/g)?.length ?? 0;
  const single = head.match(/(?:^|[,;\t|\n])'[^'\n]*'(?=[,;\t|\r\n]|$)/g)?.length ?? 0;
  return double === 0 && single > 2 ? "'" : '"';
}
