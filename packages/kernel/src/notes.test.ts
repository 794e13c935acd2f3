import { describe, expect, it } from 'vitest';
import { defineNotes, noteCatalogue, noteSchema } from './notes.ts';

const notes = defineNotes('works', {
  'meter-alone': ({ site, point }: { site: string; point: string }) => `${site}: ${point} is the only meter.`,
  'hours-missing': ({ hours }: { hours: number }) => `${hours} hours are missing.`,
});

describe('a note', () => {
  it('carries its code, the values and the same as a sentence', () => {
    const note = notes['meter-alone']({ site: 'Qingdao', point: 'Supply' });
    expect(note).toEqual({
      code: 'works.meter-alone',
      values: { site: 'Qingdao', point: 'Supply' },
      text: 'Qingdao: Supply is the only meter.',
    });
    expect(noteSchema.parse(note)).toEqual(note);
  });

  it('stands in the catalogue with the names of its values', () => {
    expect(noteCatalogue().filter(({ area }) => area === 'works')).toEqual([
      { code: 'works.hours-missing', area: 'works', values: ['hours'] },
      { code: 'works.meter-alone', area: 'works', values: ['point', 'site'] },
    ]);
  });

  it('has a code of its own', () => {
    expect(() => defineNotes('works', { 'hours-missing': () => 'Hours are missing.' })).toThrow('defined twice');
  });
});
