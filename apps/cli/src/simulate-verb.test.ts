import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runVerb } from '@millwright/testkit';
import { createPlant } from '@millwright/testkit/simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { simulateVerb } from './simulate-verb.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'millwright-simulate-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** It needs no server: whatever it asked one would be a mistake. */
const nobody = {
  call: () => Promise.reject(new Error('asked a server')),
  jobEnd: () => Promise.reject(new Error('asked a server')),
};
const simulate = (options: Record<string, string>) => runVerb(nobody, [simulateVerb], 'simulate', [], options);
const period = { from: '2026-03-02T00:00:00Z', to: '2026-03-02T01:00:00Z' };
const gap = { kind: 'gap', asset: 'suzhou/compressor-1', from: '2026-03-02T00:15:00Z', to: '2026-03-02T00:30:00Z' };

describe('simulate', () => {
  it('writes what the plant shows, faults included, and the truth that brings the same faults back', async () => {
    const faults = join(folder, 'faults.json');
    writeFileSync(faults, JSON.stringify({ faults: [gap] }));
    const [truth, again, history] = ['truth.json', 'again.json', 'history.csv'].map((name) => join(folder, name));
    await simulate({
      ...period,
      faults,
      truth: truth!,
      history: history!,
      points: 'suzhou/compressor-1/pressure',
      step: '60',
    });
    const [heading, ...lines] = readFileSync(history!, 'utf8').trimEnd().split('\r\n');
    expect(heading).toBe('time,point,unit,value');
    const plant = createPlant({ seed: 1 });
    const minutes = [...Array(60).keys()].filter((minute) => minute < 15 || minute >= 30);
    expect(lines).toEqual(
      minutes.map((minute) => {
        const time = Date.parse(period.from) + minute * 60_000;
        const value = plant.value('suzhou/compressor-1/pressure', time);
        return `${new Date(time).toISOString()},suzhou/compressor-1/pressure,bar,${value}`;
      }),
    );
    await simulate({ ...period, faults: truth!, truth: again! });
    expect(readFileSync(again!, 'utf8')).toBe(readFileSync(truth!, 'utf8'));
    expect(JSON.parse(readFileSync(truth!, 'utf8')).faults[0]).toMatchObject({ kind: 'gap', asset: gap.asset });
  });

  it.each([
    [{ faults: 'nowhere.json' }, /--faults nowhere.json: ENOENT/],
    [{ points: 'mars/', history: 'out.csv' }, /the plant has none of these/],
    [{ from: 'soon' }, /--from soon is not an ISO time/],
    [{ ...period, to: period.from }, /--from must be before --to/],
    [{ seed: 'one' }, /--seed one is not a whole number/],
  ])('says what is wrong with %j', async (options, message) => {
    await expect(simulate(options as Record<string, string>)).rejects.toThrow(message);
  });

  it('says which fault does not fit where it is put', async () => {
    const faults = join(folder, 'wrong.json');
    writeFileSync(faults, JSON.stringify({ faults: [{ ...gap, kind: 'bearing-wear', asset: 'suzhou/chiller-1' }] }));
    await expect(simulate({ faults })).rejects.toMatchObject({ code: 'SIMULATOR_FAULT_INVALID' });
    writeFileSync(faults, JSON.stringify({ faults: [{ ...gap, kind: 'explosion' }] }));
    await expect(simulate({ faults })).rejects.toMatchObject({ code: 'OPTION_INVALID' });
  });
});
