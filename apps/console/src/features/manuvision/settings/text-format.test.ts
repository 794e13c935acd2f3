import { expect, it } from 'vitest';
import { formatOf, parseFormat } from './text-format.ts';

it('takes a format apart and puts it together again', () => {
  for (const format of ['date', 'date:YYMMDD', 'serial:A:\\d{2}', 'gs1', 'mod10:\\d{9}', undefined])
    expect(formatOf(parseFormat(format))).toBe(format);
  expect(formatOf({ kind: 'serial', detail: '' })).toBeUndefined();
});
