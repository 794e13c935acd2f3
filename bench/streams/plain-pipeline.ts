/** The peer of `streams`: newest frame of each stream to the network, one after the other. Arguments: folder of networks, milliseconds, addresses. */
import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openDetector } from '@millwright/inference';

const [models, milliseconds, ...urls] = process.argv.slice(2) as [string, string, ...string[]];
const decoder = fileURLToPath(new URL('./plain-decoder.ts', import.meta.url));
const leastMs = 200;
const detector = await openDetector({ model: 'nanodet', cache: models });
const { width, height, format } = detector.inputFor(640, 360);
const bytes = width * height * 3;

interface Stream {
  newest: Buffer | undefined;
  lookedAt: number;
}

const children = urls.map((url) => {
  const stream: Stream = { newest: undefined, lookedAt: 0 };
  const child = spawn(process.execPath, [decoder, url, `${width}`, `${height}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let waiting: Buffer[] = [];
  let waits = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    waiting.push(chunk);
    waits += chunk.length;
    if (waits < bytes) return;
    const all = Buffer.concat(waiting);
    const whole = Math.floor(all.length / bytes);
    stream.newest = all.subarray((whole - 1) * bytes, whole * bytes);
    waiting = [all.subarray(whole * bytes)];
    waits = waiting[0]!.length;
  });
  return { child, stream };
});

let looks = 0;
let counting = false;
const measured = Number(milliseconds) - 15_000;
setTimeout(() => {
  counting = true;
}, 15_000);
const until = performance.now() + Number(milliseconds);
while (performance.now() < until) {
  let worked = false;
  for (const { stream } of children) {
    const data = stream.newest;
    if (!data || performance.now() - stream.lookedAt < leastMs) continue;
    stream.newest = undefined;
    stream.lookedAt = performance.now();
    await detector.detect([{ width, height, format, data, scaleX: 1, scaleY: 1, offsetX: 0, offsetY: 0 }]);
    worked = true;
    if (counting) looks += 1;
    // What has come over the pipes is read between two pictures.
    await delay(0);
  }
  if (!worked) await delay(5);
}
for (const { child } of children) child.kill('SIGKILL');
process.stdout.write(JSON.stringify({ looksPerSecond: looks / (measured / 1000) }));
process.exit(0);
