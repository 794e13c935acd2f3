import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import { ApiError } from '../../api/api-error.ts';
import { errorText } from './error-text.ts';
import { fieldErrorsOf } from './field-errors.ts';
import { formatFor } from './format.ts';
import { noteText, type Voice, valueText } from './said.ts';

const texts = {
  'zh-CN': { lost: '{{toy}}缺少{{count}}个零件', because: '损坏原因：{{reason}}' },
  en: { lost: 'Parts of {{toy}} lost: {{count}}' },
} as const;
const errors = {
  TOY_BROKEN: { message: '$t(translation:toy.{{kind}}){{toy}}坏了，至{{until}}。', remedy: '请粘好它。' },
};
const terms = { field: { registers: '寄存器' } };

const voiceOf = (language: keyof typeof texts): Voice => ({
  t: i18next.getFixedT(language),
  exists: (key) => i18next.exists(key, { lng: language }),
  format: formatFor(language),
});

beforeAll(async () => {
  await i18next.init({ lng: 'en', fallbackLng: false, resources: {}, interpolation: { escapeValue: false } });
  for (const [language, toy] of Object.entries(texts)) {
    i18next.addResourceBundle(language, 'server', { notes: { toy }, errors, terms });
    const cloud = { carrier: { 'natural-gas': language === 'en' ? 'natural gas' : '天然气' } };
    i18next.addResourceBundle(language, 'translation', {
      ...{ listSeparator: '、', sentenceSeparator: '；', place: '{{place}}：' },
      ...{ cloud, toy: { soft: '毛绒玩具' } },
    });
  }
});

const lost = (count: number) => ({
  code: 'toy.lost',
  values: { count, toy: 'bear & co.' },
  text: 'as the server said',
});

describe('a note of the server', () => {
  it('is said in the language of the reader, with numbers as written there', () => {
    expect(noteText(lost(12_000), voiceOf('zh-CN'))).toBe('bear & co.缺少12,000个零件');
    expect(noteText(lost(2), voiceOf('en'))).toBe('Parts of bear & co. lost: 2');
  });

  it('says an error that is its reason by the text of the error', () => {
    const reason = { code: 'TOY_BROKEN', values: { kind: 'soft', toy: 'bear', until: '' }, text: 'It broke.' };
    const note = { code: 'toy.because', values: { reason }, text: 'as the server said' };
    expect(noteText(note, voiceOf('zh-CN'))).toBe('损坏原因：毛绒玩具bear坏了，至');
  });

  it('falls back to the words of the server where there is no text', () =>
    expect(noteText({ ...lost(1), code: 'toy.unheard-of' }, voiceOf('zh-CN'))).toBe('as the server said'));

  it('says a note inside a note', () => {
    const because = { code: 'toy.because', values: { reason: lost(3) }, text: '' };
    expect(noteText(because, voiceOf('zh-CN'))).toBe('损坏原因：bear & co.缺少3个零件');
  });
});

describe('what is wrong with what was sent', () => {
  it('is said of the place, in the words that forms have for it', () => {
    const problem = { code: 'toy.lost', values: { count: 2, toy: 'Bo' }, text: '', path: 'registers.0.size' };
    expect(valueText([problem, { ...problem, path: '' }], voiceOf('zh-CN'))).toBe(
      '寄存器 › 1 › size：Bo缺少2个零件；Bo缺少2个零件',
    );
  });
});

describe('an error of the server', () => {
  it('is worded by its code with its details', () => {
    const details = { toy: 'bear', kind: 'soft', until: '2024-03-01T16:00:00Z' };
    const broken = new ApiError({ code: 'TOY_BROKEN', status: 409, message: 'It is broken.', details });
    const zone = { time: details.until };
    expect(errorText(broken, voiceOf('zh-CN'))).toEqual({
      code: 'TOY_BROKEN',
      message: `毛绒玩具bear坏了，至${valueText(zone, voiceOf('zh-CN'))}。`,
      remedy: '请粘好它。',
    });
  });

  it('is put beside the fields of a form that it names', () => {
    const problems = [
      { code: 'toy.lost', values: { count: 2, toy: 'Bo' }, text: '', path: 'toys.0.size' },
      { code: 'toy.lost', values: { count: 1, toy: 'Bo' }, text: '', path: '' },
    ];
    const invalid = new ApiError({ code: 'REQUEST_INVALID', status: 400, message: '', details: { problems } });
    expect(fieldErrorsOf(invalid, voiceOf('zh-CN'))).toEqual([
      { name: ['toys', 0, 'size'], errors: ['Bo缺少2个零件'] },
    ]);
    expect(fieldErrorsOf(new Error('no answer'), voiceOf('zh-CN'))).toEqual([]);
  });

  it('is said as the server said it where there is no text', () => {
    const error = new ApiError({ code: 'TOY_LOST', status: 404, message: 'It is lost.' });
    expect(errorText(error, voiceOf('zh-CN'))).toEqual({ code: 'TOY_LOST', message: 'It is lost.', remedy: '' });
  });
});

describe('a value of a sentence', () => {
  it('is written as its kind asks for', () => {
    const zh = voiceOf('zh-CN');
    expect(valueText({ time: '2024-03-01T16:00:00Z', zone: 'Asia/Shanghai' }, zh)).toBe('2024/03/02 00:00');
    expect(valueText({ day: '2024-03-01' }, zh)).toBe('2024/03/01');
    expect(valueText({ amount: '1932.080', unit: 'kW.h' }, zh)).toBe('1,932.08 kWh');
    expect(valueText({ share: 0.1234 }, zh)).toBe('12.3%');
    expect(valueText({ term: 'carrier.natural-gas' }, zh)).toBe('天然气');
    expect(valueText({ term: 'carrier.bottled-air' }, zh)).toBe('bottled air');
    expect(valueText(['2023', 'Furnace 1'], zh)).toBe('2023、Furnace 1');
    expect(valueText(0.000123, zh)).toBe('0.000123');
    // A year among the numbers has to look like one.
    expect(valueText(2023, zh)).toBe('2023');
  });
});
