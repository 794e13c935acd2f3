import { drawPart, pngBytes } from '@millwright/imaging';
import { sha256 } from '@millwright/ledger';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { drawReport } from './draw-report.ts';
import type { ReportContent } from './report-content.ts';
import { heatPicture, smallPicture } from './small-pictures.ts';

const picture = await pngBytes(drawPart(1, { width: 128, height: 128, defect: 'hole' }).picture);
const small = (await smallPicture(picture))!;
const heat = await heatPicture(small, picture);
const part = (at: number): ReportContent['parts'][number] => ({
  ...{ id: String(at), at: new Date(1.7e12 + at * 60_000).toISOString(), fileName: `零件 ${at}.png`, verdict: 'ng' },
  ...{ className: at % 2 ? 'defect' : '划痕', score: 4.2, threshold: 3.1, error: null, picture: sha256(picture) },
  ...{ thumbnail: at === 3 ? null : 'small', heat: at === 3 ? null : 'heat', findingId: 'finding' },
  ...{ reviewed: at === 1 ? 'ok' : null, reviewedBy: at === 1 ? '王芳' : null },
});
const content: ReportContent = {
  ...{ station: '圆环检测', site: '无锡一厂', inspection: 'Ring face', timezone: 'Asia/Shanghai' },
  lot: {
    ...{ number: 'L-2026-117', startedAt: '2026-11-27T00:00:00.000Z', startedBy: '王芳' },
    ...{ endedAt: '2026-11-27T08:00:00.000Z', endedBy: '李' },
  },
  made: { at: '2026-11-27T08:01:00.000Z', by: '王芳' },
  counts: { ok: 95, ng: 12, refused: 1 },
  hours: Array.from({ length: 8 }, (_, at) => ({ at: `2026-11-27T0${at}:00:00.000Z`, ok: 12, ng: at % 3, refused: 0 })),
  classes: [
    { name: 'defect', count: 8 },
    { name: '划痕', count: 4 },
  ],
  reviews: { rejects: 2, falseRejects: 1, passes: 1, misses: 0 },
  versions: [
    {
      ...{ version: 2, model: sha256('model'), threshold: 3.1, asked: 10, findingId: 'finding', parts: 108 },
      falseRejects: { per1000: 8, low: 1, high: 20 },
    },
  ],
  parts: Array.from({ length: 12 }, (_, at) => part(at)),
  ledger: { sequence: 42, hash: sha256('head') },
};
const pictures = new Map([
  ['small', small],
  ['heat', heat],
]);

describe('the report of a lot', () => {
  it('is the same to the last byte when it is made again, in each language its own', async () => {
    const [first, again, chinese] = [
      await drawReport(content, 'en', pictures),
      await drawReport(content, 'en', pictures),
      await drawReport(content, 'zh-CN', pictures),
    ];
    expect(Buffer.from(first.subarray(0, 5)).toString()).toBe('%PDF-');
    expect(sha256(again)).toBe(sha256(first));
    expect(sha256(chinese)).not.toBe(sha256(first));
    // The glyphs that are used, not the whole font.
    expect(chinese.length).toBeLessThan(1_000_000);
  });

  it('is another one when one word in it is', async () => {
    const said = { ...content, parts: [{ ...content.parts[0]!, reviewed: 'ng' as const, reviewedBy: '李' }] };
    const one = { ...content, parts: [content.parts[0]!] };
    expect(sha256(await drawReport(said, 'en', pictures))).not.toBe(sha256(await drawReport(one, 'en', pictures)));
  });

  it('draws a lot of several days, and one whose number is longer than the foot of a page, on as many pages', async () => {
    const pagesOf = async (one: ReportContent) =>
      Buffer.from(await drawReport(one, 'en', pictures))
        .toString('latin1')
        .match(/\/Type \/Page\b(?!s)/g)!.length;
    const hours = Array.from({ length: 40 }, (_, at) => ({
      ...{ at: new Date(Date.UTC(2026, 10, 27, at)).toISOString(), ok: 12, ng: at % 3, refused: 0 },
    }));
    const long = { ...content, hours, lot: { ...content.lot, number: 'L-2026-117-RING-'.repeat(6) } };
    expect(await pagesOf(long)).toBe(await pagesOf(content));
  });

  it('makes no small picture of what is none', async () => {
    expect(await smallPicture(Buffer.from('no picture'))).toBeNull();
  });
});

it('shows pictures in small as people see them: bitmaps, and 16 bits of which a camera fills 12', async () => {
  const grey = new Uint16Array(64 * 64).map((_, at) => (at % 64) * 64);
  const deep = await pngBytes({ width: 64, height: 64, channels: 1, depth: 16, data: grey });
  const header = Buffer.alloc(54);
  header.write('BM');
  for (const [at, value] of [
    [2, 54 + 12],
    [10, 54],
    [14, 40],
    [18, 2],
    [22, 2],
  ] as const)
    header.writeUInt32LE(value, at);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(24, 28);
  const row = Buffer.from([0, 0, 255, 0, 0, 255, 0, 0]);
  const bitmap = Buffer.concat([header, row, row]);
  const brightest = async (picture: Uint8Array) => {
    const shown = await smallPicture(picture);
    const { channels } = await sharp(shown!).stats();
    return channels.map(({ max }) => max);
  };
  expect((await brightest(deep))[0]).toBeGreaterThan(240);
  expect((await brightest(bitmap))[0]).toBeGreaterThan(240);
  expect(await smallPicture(Buffer.from('no picture'))).toBeNull();
});
