import { describe, expect, it } from 'vitest';
import { anomaliesDriver } from '../anomalies/test/anomalies-driver.ts';
import { forecastingDriver } from '../forecasting/test/forecasting-driver.ts';

import { healthDriver } from '../life/test/health-driver.ts';

import { lifeDriver } from '../life/test/life-driver.ts';
import { tablesDriver } from '../tables/test/tables-driver.ts';
import type { Fitted, LearnerKind, Work } from './learner.ts';
import { type Family, families, learnerKind, learnerNames } from './registry.ts';
import { settingsOf } from './settings-of.ts';
import { loadState, saveState } from './state.ts';
import type { Driver } from './test/driver.ts';

/** One driver a family: what its data are, and what its models say. */
const drivers = {
  forecasting: forecastingDriver,
  anomalies: anomaliesDriver,
  tables: tablesDriver,
  life: lifeDriver,
  health: healthDriver,
} satisfies Record<Family, unknown>;

const kinds = (Object.keys(families) as Family[]).flatMap((family) =>
  learnerNames(family).map((name) => [family, name] as const),
);
const work: Work = { signal: new AbortController().signal, progress: () => undefined };

/** What every kind of learner keeps. A kind is held to it by being registered. */
describe.each(kinds)('the learner %s/%s', (family, name) => {
  const driver = drivers[family] as unknown as Driver<unknown, Fitted>;
  const load = async () => (await learnerKind(family, name)) as unknown as LearnerKind<unknown, Fitted>;
  const fit = async (data: unknown, own: Work = work) => {
    const kind = await load();
    return kind.fit(data, driver.quick?.(kind) ?? {}, 7, own);
  };

  it('is called what it is registered as, and every setting has a default that is taken again', async () => {
    const kind = await load();
    expect(kind.name).toBe(name);
    const usual = settingsOf(kind, {});
    expect(settingsOf(kind, usual)).toEqual(usual);
    expect(() => settingsOf(kind, { 'no such': 1 })).toThrow(
      expect.objectContaining({ code: 'ORION_SETTINGS_INVALID' }),
    );
  });

  it('learns the same from the same data, settings and seed, with any number of threads', async () => {
    for (const data of driver.usual(await load())) {
      const states = [];
      for (const threads of [0, 0, 2]) states.push(saveState((await fit(data, { ...work, threads })).state()));
      expect(Buffer.compare(states[0]!, states[1]!)).toBe(0);
      expect(Buffer.compare(states[0]!, states[2]!)).toBe(0);
    }
  });

  it('says the same after it was saved and opened', async () => {
    const kind = await load();
    for (const data of driver.usual(kind)) {
      const fitted = await fit(data);
      const opened = kind.open(loadState(saveState(fitted.state())));
      const said = Array.from(await driver.says(fitted, data));
      expect(said.length).toBeGreaterThan(0);
      expect(said.some(Number.isNaN)).toBe(false);
      expect(Array.from(await driver.says(opened, data))).toEqual(said);
      expect(saveState(opened.state())).toEqual(saveState(fitted.state()));
    }
  });

  it('stops when it is told to', async () => {
    const [data] = driver.usual(await load());
    await expect(fit(data, { ...work, signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('learns from bad data or says in a coded error why not, and is never silently not a number', async () => {
    for (const [what, data] of Object.entries(driver.bad(await load()))) {
      const fitted = await fit(data).catch((error: { code?: string }) => {
        expect(error.code, `${what}: ${String(error)}`).toMatch(/^ORION_/);
        return undefined;
      });
      if (fitted) expect(Array.from(await driver.says(fitted, data)).some(Number.isNaN), what).toBe(false);
    }
  });
});
