import { Readable } from 'node:stream';
import { fastify } from 'fastify';
import { expect, it } from 'vitest';
import { sendRange } from './send-range.ts';

const content = Buffer.from('0123456789');

async function ask(range?: string) {
  const app = fastify();
  app.get('/', (request, reply) =>
    sendRange(reply, {
      ...{ size: content.length, mediaType: 'video/mp4', range: request.headers.range },
      open: async (part) => Readable.from([part ? content.subarray(part.start, part.end + 1) : content]),
    }),
  );
  const { statusCode, headers, body } = await app.inject({ url: '/', headers: range ? { range } : {} });
  await app.close();
  return { statusCode, range: headers['content-range'], length: headers['content-length'], body };
}

it('answers the whole without a range, and says that ranges are answered', async () => {
  expect(await ask()).toEqual({ statusCode: 200, range: undefined, length: '10', body: '0123456789' });
});

it.each([
  ['bytes=2-4', 'bytes 2-4/10', '234'],
  ['bytes=7-', 'bytes 7-9/10', '789'],
  ['bytes=-3', 'bytes 7-9/10', '789'],
  ['bytes=8-99', 'bytes 8-9/10', '89'],
  ['bytes=-99', 'bytes 0-9/10', '0123456789'],
])('answers %s', async (asked, range, body) => {
  expect(await ask(asked)).toEqual({ statusCode: 206, range, length: String(body.length), body });
});

it('refuses a range beyond the end', async () => {
  expect(await ask('bytes=10-')).toMatchObject({ statusCode: 416, range: 'bytes */10' });
});

it('answers the whole to what it does not understand', async () => {
  expect((await ask('bytes=0-1,4-5')).statusCode).toBe(200);
  expect((await ask('lines=1-2')).statusCode).toBe(200);
});
