/** `node sparkplug-load-main.ts --url mqtt://... --points 10000 ...`: runs a load in its own process; prints the result as one JSON object. */
import { parseArgs } from 'node:util';
import { isMillwrightError } from '@millwright/kernel';
import { sparkplugLoad } from './sparkplug-load.ts';

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'mqtt://127.0.0.1:1883' },
    points: { type: 'string', default: '10000' },
    'points-per-message': { type: 'string', default: '100' },
    'points-per-second': { type: 'string', default: '0' },
    seconds: { type: 'string', default: '10' },
    connections: { type: 'string', default: '4' },
    'in-flight': { type: 'string', default: '200' },
    username: { type: 'string' },
    password: { type: 'string' },
    group: { type: 'string', default: 'Load' },
  },
});

try {
  const result = await sparkplugLoad({
    url: values.url,
    points: Number(values.points),
    pointsPerMessage: Number(values['points-per-message']),
    pointsPerSecond: Number(values['points-per-second']),
    seconds: Number(values.seconds),
    connections: Number(values.connections),
    inFlight: Number(values['in-flight']),
    groupId: values.group,
    ...(values.username !== undefined && { username: values.username }),
    ...(values.password !== undefined && { password: values.password }),
  });
  process.stdout.write(`${JSON.stringify(result)}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = isMillwrightError(error) ? 2 : 1;
}
