import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { referencePages } from './reference/pages.ts';
import { sampleMessage } from './reference/sample-message.ts';

describe('docs/reference', () => {
  it('says what the code says; otherwise run `npm run docs`', async () => {
    const pages = await referencePages();
    expect([...pages.keys()]).toContain('errors.md');
    for (const [file, content] of pages)
      expect(readFileSync(new URL(`../docs/reference/${file}`, import.meta.url), 'utf8'), file).toBe(content);
  }, 60_000);
});

describe('the sample of a message', () => {
  it('names the details in place of them', () => {
    expect(sampleMessage(({ id }: { id: string }) => `No ${id}.`)).toBe('No ‹id›.');
    expect(
      sampleMessage(({ known }: { known: string[] }) => `Known are ${known.map((k) => k.trim()).join(', ')}.`),
    ).toBe('Known are ‹known›.');
    expect(sampleMessage(({ n }: { n: number }) => `${n.toFixed(2)} MB`)).toBe('‹n› MB');
  });
});
