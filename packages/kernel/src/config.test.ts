import { describe, expect, it } from 'vitest';
import { configFields, isMillwrightError, loadConfig } from './index.ts';

const load = (sources: Partial<Parameters<typeof loadConfig>[0]>) =>
  loadConfig({ environment: {}, flags: {}, ...sources });

function problemsOf(sources: Partial<Parameters<typeof loadConfig>[0]>): string[] {
  try {
    load(sources);
  } catch (error) {
    if (isMillwrightError(error)) return error.details.problems as string[];
    throw error;
  }
  return [];
}

describe('the configuration', () => {
  it('has a default for every setting', () => {
    expect(load({})).toMatchObject({
      port: 7300,
      host: '127.0.0.1',
      data: '.millwright',
      sample: 'auto',
      publicMetrics: false,
    });
  });

  it('comes from the file, over it the environment, over that the flags', () => {
    const file = { port: 1, mqttPort: 1, lockoutMinutes: 1, logLevel: 'warn' };
    const environment = { MILLWRIGHT_PORT: '2', MILLWRIGHT_MQTT_PORT: '2', PATH: '/bin' };
    const config = load({ file, environment, flags: { port: '3' } });
    expect(config).toMatchObject({ port: 3, mqttPort: 2, lockoutMinutes: 1, logLevel: 'warn' });
  });

  it('reads numbers and switches from the texts that environment and flags are', () => {
    const config = load({ environment: { MILLWRIGHT_SESSION_HOURS: '8', MILLWRIGHT_PUBLIC_METRICS: 'true' } });
    expect(config).toMatchObject({ sessionHours: 8, publicMetrics: true });
    expect(load({ flags: { publicMetrics: '0' } }).publicMetrics).toBe(false);
  });

  it('takes an empty variable for one that is not set', () => {
    expect(load({ environment: { MILLWRIGHT_PORT: '', MILLWRIGHT_SAMPLE: '' } })).toMatchObject({
      port: 7300,
      sample: 'auto',
    });
  });

  it('cannot be changed afterwards', () => {
    expect(() => Object.assign(load({}), { port: 1 })).toThrow(TypeError);
  });

  it('that is wrong is refused with everything that is wrong, each with where it came from', () => {
    const problems = problemsOf({
      file: { prot: 7300, lockoutAttempts: 1, data: '' },
      environment: { MILLWRIGHT_MQTT_PORT: 'many' },
      flags: { port: '70000', logLevel: 'loud' },
    });
    expect(problems).toHaveLength(6);
    expect(problems).toContainEqual('configuration file: no setting is called prot');
    expect(problems).toContainEqual(expect.stringMatching(/^configuration file \(lockoutAttempts\): .*>=3.*, got 1$/));
    expect(problems).toContainEqual(expect.stringMatching(/^configuration file \(data\): .*, got ""$/));
    expect(problems).toContainEqual(expect.stringMatching(/^MILLWRIGHT_MQTT_PORT \(mqttPort\): .*, got "many"$/));
    expect(problems).toContainEqual(expect.stringMatching(/^--port \(port\): .*<=65535.*, got "70000"$/));
    expect(problems).toContainEqual(expect.stringMatching(/^--log-level \(logLevel\): .*"debug".*, got "loud"$/));
  });

  it.each([[''], [' '], ['7e'], [null], [true], [[]], [1.5], [-1]])('takes %j for no port', (port) => {
    expect(problemsOf({ file: { port } })).toHaveLength(1);
  });

  it.each([[[]], ['text'], [7]])('takes %j for no configuration file', (file) => {
    expect(problemsOf({ file })).toEqual(['configuration file: must hold one JSON object']);
  });

  it('says of every setting why it is there, and by which names it goes', () => {
    const fields = configFields();
    for (const { key, reason } of fields) expect(reason.length, key).toBeGreaterThan(20);
    expect(fields.find(({ key }) => key === 'futureToleranceMinutes')).toMatchObject({
      environment: 'MILLWRIGHT_FUTURE_TOLERANCE_MINUTES',
      flag: '--future-tolerance-minutes',
      unit: 'min',
      default: 10,
    });
  });
});
