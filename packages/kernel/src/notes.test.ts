import { describe, expect, it } from 'vitest';
import {
  defineNotes,
  isNote,
  type Note,
  type NoteValue,
  noteCatalogue,
  noteSaying,
  noteSchema,
  textOf,
} from './notes.ts';

const notes = defineNotes('works', {
  'meter-alone': ({ site, point }: { site: string; point: string }) => `${site}: ${point} is the only meter.`,
  'hours-missing': ({ hours }: { hours: number }) => `${hours} hours are missing.`,
  measured: (values: { what: NoteValue; amount: NoteValue; day: NoteValue; share: NoteValue; at: NoteValue }) =>
    `${values.what}: ${values.amount} on ${values.day}, ${values.share} by ${values.at}.`,
  because: ({ reasons }: { reasons: readonly Note[] }) => `It was guessed: ${reasons}`,
  unknown: () => 'Nothing is known.',
});

describe('a note', () => {
  it('carries its code, the values and the same as a sentence', () => {
    const note = notes['meter-alone']({ site: 'Qingdao', point: 'Supply' });
    // @ts-expect-error its point is missing
    expect(notes['meter-alone']({ site: 'Qingdao' }).text).toBe('Qingdao: undefined is the only meter.');
    expect(note).toEqual({
      code: 'works.meter-alone',
      values: { site: 'Qingdao', point: 'Supply' },
      text: 'Qingdao: Supply is the only meter.',
    });
    expect(noteSchema.parse(note)).toEqual(note);
    expect(notes['hours-missing']({ hours: 2023 }).text).toBe('2023 hours are missing.');
    expect(notes['hours-missing']({ hours: 12_023.5 }).text).toBe('12,023.5 hours are missing.');
  });

  it('writes amounts, days, shares, words and moments in plain English', () => {
    const note = notes.measured({
      what: { term: 'carrier.natural-gas' },
      amount: { amount: '12.50', unit: 'm3' },
      day: { day: '2024-03-01' },
      share: { share: 0.1234 },
      at: { time: '2024-03-01T16:00:00Z', zone: 'Asia/Shanghai' },
    });
    expect(note.text).toBe('natural gas: 12.50 m3 on 2024-03-01, 12.3 % by 2024-03-02 00:00 (Asia/Shanghai).');
    expect(note.values.share).toEqual({ share: 0.1234 });
  });

  it('says notes inside a note', () => {
    const note = notes.because({ reasons: [notes.unknown(), notes['hours-missing']({ hours: 2 })] });
    expect(note.text).toBe('It was guessed: Nothing is known; 2 hours are missing');
    expect(isNote(note)).toBe(true);
    expect(isNote('It was guessed')).toBe(false);
    expect([textOf(note), textOf('ECONNREFUSED')]).toEqual([note.text, 'ECONNREFUSED']);
  });

  it('is found by what it says when it has no values', () => {
    expect(noteSaying('Nothing is known.')).toEqual(notes.unknown());
    expect(noteSaying('{{hours}} hours are missing.')).toBeUndefined();
  });

  it('stands in the catalogue with its sentence and the names of its values', () => {
    expect(noteCatalogue().slice(1, 3)).toEqual([
      { code: 'works.hours-missing', area: 'works', values: ['hours'], template: '{{hours}} hours are missing.' },
      {
        code: 'works.measured',
        area: 'works',
        values: ['amount', 'at', 'day', 'share', 'what'],
        template: '{{what}}: {{amount}} on {{day}}, {{share}} by {{at}}.',
      },
    ]);
  });

  it('has a code of its own', () => {
    expect(() => defineNotes('works', { 'hours-missing': () => 'Hours are missing.' })).toThrow('defined twice');
  });
});
