import { describe, expect, it } from 'vitest';
import type { Work } from '../../kinds/inspection.ts';
import { inspectionKind } from '../../kinds/registry.ts';
import { drawn, drawnDial, drawnDrum } from '../test/drawn.ts';

const work: Work = { cache: '', signal: new AbortController().signal, progress: () => undefined };

async function judged(kind: string, settings: object, svg: string) {
  const found = await inspectionKind(kind);
  const inspection = await found.open(await found.train({ good: [], defects: [] }, settings, 1, work), work);
  try {
    return await inspection.judge(await drawn(svg));
  } finally {
    await inspection.close();
  }
}
const label = `<svg xmlns="http://www.w3.org/2000/svg" width="320" height="100"><rect width="320" height="100" fill="#ddd"/>
  <text x="40" y="64" font-family="DejaVu Sans" font-size="32">LOT-48213</text></svg>`;

describe('an inspection that reads', () => {
  it('is OK within its limits, NG outside, and refused where nothing can be read', async () => {
    expect((await judged('dial', { limits: { low: 2, high: 3 } }, drawnDial(0.25))).verdict).toBe('ok');
    expect((await judged('dial', { limits: { high: 2 } }, drawnDial(0.25))).verdict).toBe('ng');
    expect(await judged('digits', {}, drawnDrum(6, 0.5))).toMatchObject({ verdict: 'refused', value: 'NaN' });
    expect(await judged('digits', { limits: { low: 7 } }, drawnDrum(6, 0))).toMatchObject({
      verdict: 'ng',
      value: '6',
    });
  });

  it('reads what its region shows, and a dial around the middle of it', async () => {
    const at = (x: number, svg: string) => `<g transform="translate(${x})">${svg}</g>`;
    const two = `<svg xmlns="http://www.w3.org/2000/svg" width="240" height="120">${at(0, drawnDial(0.25))}${at(120, drawnDial(0.7))}</svg>`;
    for (const [x, value] of [
      [0, 2.5],
      [0.5, 7],
    ] as const) {
      const read = await judged('dial', { region: { x, y: 0, width: 0.5, height: 1 } }, two);
      expect(Math.abs(Number(read.value) - value)).toBeLessThan(0.2);
    }
    const right = await judged('text', { region: { x: 0.05, y: 0.3, width: 0.9, height: 0.6 } }, label);
    expect(right).toMatchObject({ verdict: 'ok', value: 'LOT-48213' });
    expect(right.boxes[0]!.x).toBeGreaterThan(20);
    expect(right.boxes[0]!.y).toBeGreaterThan(30);
    const above = await judged('text', { region: { x: 0, y: 0, width: 1, height: 0.3 } }, label);
    expect(above).toMatchObject({ verdict: 'refused', value: null });
  });

  it('holds text against its format and says where it stands', async () => {
    const fits = await judged('text', { format: 'serial:LOT-\\d{5}' }, label);
    expect(fits).toMatchObject({ verdict: 'ok', value: 'LOT-48213', boxes: [{ className: 'text' }] });
    expect(fits.boxes[0]!.x).toBeGreaterThan(20);
    expect(fits.boxes[0]!.x).toBeLessThan(45);
    expect(await judged('text', { format: 'date' }, label)).toMatchObject({ verdict: 'ng', value: null });
    const empty =
      '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100"><rect width="100" height="100" fill="#888"/></svg>';
    expect((await judged('text', { format: 'date' }, empty)).verdict).toBe('refused');
  });
});
