import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  circleShape,
  drawCheckerboard,
  drawShape,
  rectangleShape,
  writeGreyPng,
} from '@millwright/imaging/test-support';
import type { Verb, VerbContext } from '@millwright/kernel';
import { verifyEvidenceFile } from '@millwright/ledger/files';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileMethods } from '../cli.ts';
import { measureCalibrateVerb } from './measure-calibrate-verb.ts';
import { measureStudyVerb } from './measure-study-verb.ts';
import { measureSchemaVerb, measureVerb } from './measure-verb.ts';

let folder: string;
const signal = new AbortController().signal;
// biome-ignore lint/suspicious/noExplicitAny: answers of several verbs, looked at member by member.
const call = async (verb: Verb, given: Record<string, string>, options: Record<string, string>): Promise<any> => {
  const answer = await verb.run({
    ...{ arguments: given, options, json: true, folder, signal, allowedNetworks: [] },
    ...{ progress: () => undefined, note: () => undefined },
  } as unknown as VerbContext);
  expect(verb.print?.(answer as never) ?? '').toEqual(expect.any(String));
  return answer;
};
const verify = (file: string) =>
  verifyEvidenceFile(file, {
    signal,
    methodOf: async (id, version) => fileMethods.find((one) => one.id === id && one.version === version),
  });

const plan = {
  format: 1,
  features: [
    {
      name: 'hole',
      tool: 'circle',
      region: { x: 60, y: 50, inner: 10, outer: 30 },
      nominal: 40.6,
      plus: 0.1,
      minus: 0.1,
    },
    {
      name: 'plate',
      tool: 'caliper',
      region: { x: 60, y: 12, length: 110, width: 12 },
      nominal: 90,
      plus: 0.5,
      minus: 0.5,
    },
  ],
};
const part = (width: number, seed: number, noise = 0.005) =>
  drawShape({
    shape: (x, y) => Math.max(rectangleShape(60, 50, width, 90)(x, y), -circleShape(60, 50, 20.3)(x, y)),
    ...{ width: 120, height: 100, inside: 0.2, outside: 0.8, blur: 0.7, noise, seed },
  });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millwright-measure-'));
  await writeFile(join(folder, 'plan.json'), JSON.stringify(plan));
  await mkdir(join(folder, 'parts'));
  await writeGreyPng(part(90.2, 1), join(folder, 'parts', 'a.png'));
  await writeGreyPng(part(91.3, 2), join(folder, 'parts', 'b 宽.png'));
  await writeFile(join(folder, 'parts', 'broken.png'), 'no picture');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('measure', () => {
  it('gives values with uncertainty, verdicts, overlays and evidence that is proved', async () => {
    const out = join(folder, 'overlays');
    const { results, evidence } = await call(
      measureVerb,
      { PICTURES: join(folder, 'parts') },
      { plan: join(folder, 'plan.json'), out },
    );
    // biome-ignore lint/suspicious/noExplicitAny: as above.
    expect(results.map((one: any) => [one.file, one.verdict])).toEqual([
      ...[
        ['a.png', 'ok'],
        ['b 宽.png', 'ng'],
        ['broken.png', 'refused'],
      ],
    ]);
    expect(results[0].features).toMatchObject([
      { name: 'hole', value: expect.closeTo(40.6, 1.3), unit: 'px', nominal: 40.6, verdict: 'ok' },
      { name: 'plate', value: expect.closeTo(90.2, 1.5), deviation: expect.closeTo(0.2, 1.5), verdict: 'ok' },
    ]);
    expect(results[0].features[0].uncertainty).toBeLessThan(0.05);
    const overlay = await readFile(join(out, 'a.png.svg'));
    expect(overlay.toString()).toContain('hole 40.');
    expect(await sharp(overlay).metadata()).toMatchObject({ width: 120, height: 130 });
    expect(await verify(evidence)).toMatchObject({ status: 'proved', checked: 4 });
    await writeFile(join(folder, 'plan.json'), JSON.stringify({ ...plan, unit: 'mm' }));
    expect(await verify(evidence)).toMatchObject({ status: 'inputs changed' });
    await writeFile(join(folder, 'plan.json'), JSON.stringify(plan));
  });

  it('measures 16 bits as finely as 8', async () => {
    const { width, height, data } = part(90.2, 3);
    const deep = Uint16Array.from(data, (value) => Math.round(value * 6000));
    const file = join(folder, 'deep.png');
    await sharp(deep, { raw: { width, height, channels: 1 } })
      .toColourspace('grey16')
      .png()
      .toFile(file);
    const faint = { ...plan, features: plan.features.map((feature) => ({ ...feature, minContrast: 0.02 })) };
    await writeFile(join(folder, 'faint.json'), JSON.stringify(faint));
    const { results } = await call(
      measureVerb,
      { PICTURES: file },
      { plan: join(folder, 'faint.json'), rule: 'iso14253' },
    );
    expect(results).toMatchObject([
      { file: 'deep.png', verdict: 'ok', features: [{}, { value: expect.closeTo(90.2, 1.5) }] },
    ]);
  });

  it('says what is wrong with a call', async () => {
    const given = { PICTURES: join(folder, 'parts') };
    const write = (text: string) => writeFile(join(folder, 'wrong.json'), text);
    const wrong = { plan: join(folder, 'wrong.json') };
    await write('{');
    await expect(call(measureVerb, given, wrong)).rejects.toMatchObject({ code: 'MANUVISION_PLAN_INVALID' });
    await write(JSON.stringify({ ...plan, features: [{ ...plan.features[0], tool: 'ruler' }] }));
    await expect(call(measureVerb, given, wrong)).rejects.toThrow(/features\.0\.tool/);
    const calibrated = { plan: join(folder, 'plan.json'), calibration: join(folder, 'plan.json') };
    await expect(call(measureVerb, given, calibrated)).rejects.toMatchObject({
      code: 'MANUVISION_CALIBRATION_INVALID',
    });
    await expect(call(measureVerb, given, { plan: join(folder, 'plan.json'), rule: 'x' })).rejects.toMatchObject({
      code: 'MANUVISION_OPTION_INVALID',
    });
    expect(await call(measureSchemaVerb, {}, {})).toMatchObject({
      type: 'object',
      required: expect.arrayContaining(['features']),
    });
  });
});

describe('measure calibrate', () => {
  const camera = { fx: 420, fy: 424, cx: 158.3, cy: 121.7, k1: -0.18, k2: 0.06, p1: 0.0012, p2: -0.0008 };
  const board = { width: 320, height: 240, columns: 9, rows: 6, square: 10, camera, noise: 0.005 };
  const tilts = [
    [0.02, 0.01, 0.01],
    [0.35, 0.05, 0.02],
    [-0.35, 0.1, 0.1],
    [0.05, 0.4, -0.1],
    [0.2, -0.35, 0.15],
  ] as const;

  it('gives mm on the plane where the board lay, and refuses another board', { timeout: 30_000 }, async () => {
    const boards = join(folder, 'boards');
    await mkdir(boards);
    for (const [at, rotation] of tilts.entries())
      await writeGreyPng(
        drawCheckerboard({ ...board, pose: { rotation, translation: [-40 + at, -20 - at, 150 + at * 5] }, seed: at }),
        join(boards, `board-${at}.png`),
      );
    await writeGreyPng({ width: 320, height: 240, data: new Float32Array(320 * 240) }, join(boards, 'empty.png'));
    const out = join(folder, 'calibration.json');
    const found = await call(measureCalibrateVerb, { PICTURES: boards }, { squares: '9x6', 'square-mm': '10', out });
    expect(Math.abs(found.camera.fx / 420 - 1)).toBeLessThan(0.005);
    expect(found.plane).toMatchObject({ file: 'board-0.png', millimetresPerPixel: expect.closeTo(150 / 422, 2) });
    expect(found.plane.residualRms).toBeLessThan(0.03);
    expect(found.pictures.at(-1)).toMatchObject({ file: 'empty.png', used: false });
    expect(await verify(found.evidence)).toMatchObject({ status: 'proved' });

    // A square of the board itself.
    const squares = {
      format: 1,
      unit: 'mm',
      features: [
        {
          name: 'square',
          tool: 'caliper',
          region: { x: 172, y: 108, length: 44, width: 12, angle: 0.6 },
          nominal: 10,
          plus: 0.1,
          minus: 0.1,
        },
      ],
    };
    await writeFile(join(folder, 'squares.json'), JSON.stringify(squares));
    const { results } = await call(
      measureVerb,
      { PICTURES: join(boards, 'board-0.png') },
      { plan: join(folder, 'squares.json'), calibration: out },
    );
    const [square] = results[0].features;
    expect(square).toMatchObject({ unit: 'mm', value: expect.closeTo(10, 1.2) });
    expect(square.budget.calibration).toBeGreaterThan(0);

    const other = call(measureCalibrateVerb, { PICTURES: boards }, { squares: '8x5', 'square-mm': '10', out });
    await expect(other).rejects.toThrow(/9 x 6 squares was seen/);
    const nowhere = { squares: '9x6', 'square-mm': '10', out, plane: 'empty.png' };
    await expect(call(measureCalibrateVerb, { PICTURES: boards }, nowhere)).rejects.toMatchObject({
      code: 'MANUVISION_BOARD_NOT_ON_PLANE',
    });
    const single = { PICTURES: join(boards, 'board-0.png') };
    const flat = await call(measureCalibrateVerb, single, { squares: '9x6', 'square-mm': '10', out });
    expect(flat).toMatchObject({ camera: null, plane: { millimetresPerPixel: expect.closeTo(150 / 422, 2) } });
    await expect(call(measureCalibrateVerb, single, { squares: '9', 'square-mm': '10', out })).rejects.toMatchObject({
      code: 'MANUVISION_OPTION_INVALID',
    });
  });
});

describe('measure study', () => {
  it('of values in a CSV', async () => {
    const rows = [1, 2, 3].flatMap((of) =>
      ['An', 'Bo'].flatMap((by) => [0, 1].map((at) => `${of};${by};${of},${at}${by.length}`)),
    );
    const file = join(folder, 'trials.csv');
    await writeFile(file, ['Part;Operator;Value', ...rows].join('\r\n'));
    const { features, evidence } = await call(measureStudyVerb, { SOURCE: file }, { tolerance: '5' });
    expect(features).toMatchObject([{ name: 'value', tolerance: 5, study: { parts: 3, operators: 2, trials: 2 } }]);
    expect(features[0].study.repeatability.deviation).toBeGreaterThan(0);
    expect(await verify(evidence)).toMatchObject({ status: 'proved' });
    await writeFile(file, 'part,operator,value\n1,A,x\n');
    await expect(call(measureStudyVerb, { SOURCE: file }, {})).rejects.toThrow(/line 2: "x" is no number/);
    await writeFile(file, 'part,value\n1,2\n');
    await expect(call(measureStudyVerb, { SOURCE: file }, {})).rejects.toThrow(/"operator" is missing/);
  });

  it('of pictures, which gives the plan its repeatability', async () => {
    const shots = join(folder, 'shots');
    for (const [at, width] of [89.8, 90.1, 90.4].entries())
      for (const by of ['one', 'two']) {
        await mkdir(join(shots, `part ${at}`, by), { recursive: true });
        for (const trial of [1, 2])
          await writeGreyPng(
            part(width, at * 10 + trial + by.length, 0.02),
            join(shots, `part ${at}`, by, `${trial}${by}.png`),
          );
      }
    const options = { plan: join(folder, 'plan.json'), out: join(folder, 'studied.json') };
    const { features, plan: written } = await call(measureStudyVerb, { SOURCE: shots }, options);
    expect(features[1]).toMatchObject({ name: 'plate', unit: 'px', tolerance: 1, study: { parts: 3, operators: 2 } });
    expect(features[1].study.partToPart.deviation).toBeCloseTo(0.3, 1);
    const { repeatability } = JSON.parse(await readFile(written, 'utf8')).features[1];
    expect(repeatability).toBe(features[1].study.repeatability.deviation);
    const { results } = await call(measureVerb, { PICTURES: join(folder, 'parts', 'a.png') }, { plan: written });
    expect(results[0].features[1].uncertainty).toBe(repeatability);
    await expect(call(measureStudyVerb, { SOURCE: shots }, {})).rejects.toMatchObject({
      code: 'MANUVISION_OPTION_INVALID',
    });
    await expect(call(measureStudyVerb, { SOURCE: join(folder, 'parts') }, options)).rejects.toThrow();
  });
});
