import { describe, expect, it } from 'vitest';
import { dateOf } from './date.ts';
import { textFormat } from './text-format.ts';

describe('a format', () => {
  it('knows the published examples of each checksum, and that a changed character spoils it', () => {
    const right = {
      // ISO/IEC 7812 and GS1 General Specifications: usual examples; an IBAN with its first four characters last; Code 39
      mod10: ['79927398713', '4539578763621486'],
      gs1: ['4006381333931', '96385074', '036000291452', '106141412345678908'],
      mod97: ['WEST12345698765432GB82'],
      code39: ['CODE39W'],
    };
    for (const [name, texts] of Object.entries(right))
      for (const text of texts) {
        const { fits } = textFormat(name);
        expect(fits(text), `${name} ${text}`).toBe(true);
        expect(fits(text.replace(/[1-8]/, (digit) => String(Number(digit) + 1))), `${name} ${text}`).toBe(false);
      }
  });

  it('knows the calendar', () => {
    expect(dateOf('2028-02-29', 'YYYY-MM-DD')).toBe('2028-02-29');
    expect(dateOf('2027-02-29', 'YYYY-MM-DD')).toBeUndefined();
    expect(dateOf('310427', 'DDMMYY')).toBeUndefined();
    expect(dateOf('27060', 'YYDDD')).toBe('2027-03-01');
    expect(dateOf('2027年03月01日', 'YYYY年MM月DD日')).toBe('2027-03-01');
  });

  it('that there is not is refused', () => {
    for (const named of ['serial', 'serial:(', 'crc', 'date:MM-DD', 'gs1:['])
      expect(() => textFormat(named), named).toThrow(expect.objectContaining({ code: 'MANUVISION_FORMAT_INVALID' }));
  });
});
