import { describe, expect, it } from 'vitest';
import { languageFor } from './languages.ts';

describe('languageFor', () => {
  it('takes the first preferred language that the console speaks', () => {
    expect(languageFor(['fr-CH', 'zh-CN', 'en'])).toBe('zh-CN');
    expect(languageFor(['en-US', 'zh-CN'])).toBe('en');
  });
  it('reads Hong Kong, Macau and the traditional script as traditional Chinese', () => {
    for (const tag of ['zh-TW', 'zh-HK', 'zh-MO', 'zh-Hant', 'zh-Hant-CN']) expect(languageFor([tag])).toBe('zh-TW');
    for (const tag of ['zh', 'zh-CN', 'zh-SG', 'zh-Hans']) expect(languageFor([tag])).toBe('zh-CN');
  });
  it('falls back to English', () => expect(languageFor(['de', 'fr'])).toBe('en'));
});
