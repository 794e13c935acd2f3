import { readingErrors } from '../errors.ts';
import { isCode39, isGs1, isMod10, isMod97 } from './checksums.ts';
import { dateOf, datePattern, usualDates } from './date.ts';
import { compilePattern, type Pattern } from './pattern.ts';

/** What a text has to be: a pattern, and what no pattern can say, such as a checksum. */
export interface TextFormat {
  readonly pattern: Pattern;
  fits(text: string): boolean;
}

const checksums: Record<string, { readonly usual: string; readonly fits: (text: string) => boolean }> = {
  mod10: { usual: '\\d{2,24}', fits: isMod10 },
  gs1: { usual: '\\d{8}|\\d{12}|\\d{13}|\\d{14}|\\d{18}', fits: isGs1 },
  mod97: { usual: '[0-9A-Z]{4,34}', fits: isMod97 },
  code39: { usual: '[0-9A-Z. $/+%-]{2,40}', fits: isCode39 },
};

/**
 * A format as the command line names it: `date`, `date:YYMMDD`, `serial:REGEX`, or a checksum, `mod10`, `gs1`, `mod97`,
 * `code39`, each with or without `:REGEX` for its shape.
 *
 * Throws MANUVISION_FORMAT_INVALID.
 */
export function textFormat(named: string): TextFormat {
  const colon = named.indexOf(':');
  const kind = colon === -1 ? named : named.slice(0, colon);
  const detail = colon === -1 ? undefined : named.slice(colon + 1);
  const compiled = (source: string): Pattern => {
    const pattern = compilePattern(source);
    if (typeof pattern !== 'string') return pattern;
    throw readingErrors.MANUVISION_FORMAT_INVALID({ format: named, reason: pattern });
  };
  if (kind === 'date') {
    const shapes = detail === undefined ? usualDates : [detail];
    const sources = shapes.map((shape) => datePattern(shape));
    if (sources.includes(undefined))
      throw readingErrors.MANUVISION_FORMAT_INVALID({ format: named, reason: 'the date has no year (YYYY or YY)' });
    return {
      pattern: compiled(sources.join('|')),
      fits: (text) => shapes.some((shape) => dateOf(text, shape) !== undefined),
    };
  }
  if (kind === 'serial' && detail) return { pattern: compiled(detail), fits: () => true };
  const checksum = checksums[kind];
  if (checksum) return { pattern: compiled(detail ?? checksum.usual), fits: checksum.fits };
  const reason = kind === 'serial' ? 'it lacks the regular expression' : 'there is none of that name';
  throw readingErrors.MANUVISION_FORMAT_INVALID({ format: named, reason });
}
