import { codesErrors } from './errors.ts';
import type { CodesSettings } from './settings.ts';

/** Whether a value is one that there can be. */
export interface Expected {
  /** All that there can be, where that is known. */
  readonly known: readonly string[];
  accepts(value: string): boolean;
}

/** Throws MANUVISION_CODE_PATTERN_INVALID. */
export function expectedValues({ known, pattern }: Pick<CodesSettings, 'known' | 'pattern'>): Expected {
  const values = new Set(known);
  const whole = pattern === null ? null : expression(pattern);
  return {
    known,
    accepts: (value) => (values.size === 0 || values.has(value)) && (!whole || whole.test(value)),
  };
}

function expression(pattern: string): RegExp {
  try {
    return new RegExp(`^(?:${pattern})$`, 'u');
  } catch (error) {
    throw codesErrors.MANUVISION_CODE_PATTERN_INVALID({ pattern, reason: (error as Error).message }, error);
  }
}
