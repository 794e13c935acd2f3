import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import { formatFor } from './format.ts';
import { noteText, type Voice, valueText } from './said.ts';

const texts = {
  'zh-CN': { lost: '{{toy}}缺少{{count}}个零件', because: '损坏原因：{{reason}}' },
  en: { lost: 'Parts of {{toy}} lost: {{count}}' },
} as const;
const voiceOf = (language: keyof typeof texts): Voice => ({
  t: i18next.getFixedT(language),
  exists: (key) => i18next.exists(key, { lng: language }),
  format: formatFor(language),
});

beforeAll(async () => {
  await i18next.init({ lng: 'en', fallbackLng: false, resources: {}, interpolation: { escapeValue: false } });
  for (const [language, toy] of Object.entries(texts)) {
    i18next.addResourceBundle(language, 'server', { notes: { toy } });
    const cloud = { carrier: { 'natural-gas': language === 'en' ? 'natural gas' : '天然气' } };
    i18next.addResourceBundle(language, 'translation', { listSeparator: language === 'en' ? ', ' : '、', cloud });
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

  it('falls back to the words of the server where there is no text', () =>
    expect(noteText({ ...lost(1), code: 'toy.unheard-of' }, voiceOf('zh-CN'))).toBe('as the server said'));

  it('says a note inside a note', () => {
    const because = { code: 'toy.because', values: { reason: lost(3) }, text: '' };
    expect(noteText(because, voiceOf('zh-CN'))).toBe('损坏原因：bear & co.缺少3个零件');
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
