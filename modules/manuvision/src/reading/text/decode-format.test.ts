import { describe, expect, it } from 'vitest';
import { textFormat } from '../format/text-format.ts';
import { type CharacterScores, decodeGreedy } from './ctc.ts';
import { decodeFormat } from './decode-format.ts';

const alphabet = ['', ...'0123456789-OIlB：: '];

/** Each step as the probabilities that are told; the rest goes to the blank. */
function scoresOf(steps: readonly Record<string, number>[]): CharacterScores {
  const data = new Float32Array(steps.length * alphabet.length);
  steps.forEach((likely, step) => {
    let rest = 1;
    for (const [character, probability] of Object.entries(likely)) {
      data[step * alphabet.length + alphabet.indexOf(character)] = probability;
      rest -= probability;
    }
    data[step * alphabet.length] = rest;
  });
  return { steps: steps.length, characters: alphabet.length, data };
}
const sure = (text: string) => [...text].flatMap((character) => [{ [character]: 0.98 }, {}]);

describe('a line with a format', () => {
  it('is corrected where another character is less likely but fits', () => {
    const scores = scoresOf([
      ...sure('2027-'),
      { O: 0.8, '0': 0.15 },
      {},
      { '3': 0.9, '8': 0.1 },
      {},
      ...sure('-0'),
      { l: 0.6, '1': 0.3 },
    ]);
    expect(decodeGreedy(scores, alphabet).text).toBe('2027-O3-0l');
    const fit = decodeFormat(scores, alphabet, textFormat('date'))!;
    expect(fit.text).toBe('2027-03-01');
    expect(fit.confidence).toBeGreaterThan(0.5);
    expect(fit.confidence).toBeLessThan(0.9);
  });

  it('takes the next likely string that passes the checksum', () => {
    const scores = scoresOf([...sure('40063813339'), { '8': 0.6, '3': 0.39 }, {}, ...sure('1')]);
    expect(decodeGreedy(scores, alphabet).text).toBe('4006381333981');
    expect(decodeFormat(scores, alphabet, textFormat('gs1'))!.text).toBe('4006381333931');
  });

  it('joins what is written twice, takes wide characters as narrow ones and passes over spaces', () => {
    const scores = scoresOf([
      { '1': 0.9 },
      { '1': 0.9 },
      {},
      { '1': 0.9 },
      { ' ': 0.9 },
      { '：': 0.5, ':': 0.4 },
      { '2': 0.9 },
    ]);
    const fit = decodeFormat(scores, alphabet, textFormat('serial:\\d\\d:\\d'))!;
    expect(fit.text).toBe('11:2');
    // (0.9 + ... ) over all alignments: more than the best path alone has
    expect(fit.probability).toBeGreaterThan(0.9 ** 6);
  });

  it('that nothing fits gives nothing, or next to no confidence', () => {
    const fit = decodeFormat(scoresOf(sure('BOB')), alphabet, textFormat('date'));
    expect(fit?.confidence ?? 0).toBeLessThan(0.05);
  });
});
