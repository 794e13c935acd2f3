import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { AddressGuard } from './address-guard.ts';

const closed = new AddressGuard('');

describe('an address', () => {
  it.each([
    ...['127.0.0.1', '10.1.2.3', '172.31.255.255', '192.168.1.20', '169.254.169.254', '100.100.0.1', '0.0.0.0'],
    ...['224.0.0.1', '255.255.255.255', '198.18.0.1', '::', '::1', '::127.0.0.1', 'fe80::1', 'fe80::1%eth0', 'fd00::5'],
    ...['ff02::1', '::ffff:192.168.1.1', '::ffff:7f00:1', '64:ff9b::10.0.0.1', '2002:0a00:0001::', '2001:db8::1'],
  ])('%s is inside', (address) => expect(closed.isOpen(address)).toBe(false));

  it.each([
    '1.1.1.1',
    '172.32.0.1',
    '192.169.0.1',
    '2606:4700::1111',
    '::ffff:1.1.1.1',
    '64:ff9b::808:808',
    '2002:808:808::',
  ])('%s is outside', (address) => expect(closed.isOpen(address)).toBe(true));

  it('that is none is not open', () => expect(closed.isOpen('plant.example')).toBe(false));

  it('inside is open where the configuration names its network, and only there', () => {
    const guard = new AddressGuard('192.168.10.0/24, 10.0.0.7, fd00:1::/32');
    expect(guard.isOpen('192.168.10.99')).toBe(true);
    expect(guard.isOpen('::ffff:192.168.10.99')).toBe(true);
    expect(guard.isOpen('192.168.11.1')).toBe(false);
    expect(guard.isOpen('10.0.0.7')).toBe(true);
    expect(guard.isOpen('10.0.0.8')).toBe(false);
    expect(guard.isOpen('fd00:1::9')).toBe(true);
    expect(guard.isOpen('fd00:2::9')).toBe(false);
    expect(guard.isAllowed('10.0.0.7')).toBe(true);
    expect(guard.isAllowed('1.1.1.1')).toBe(false);
  });
});

describe('a host', () => {
  it('is judged by what it resolves to', async () => {
    await expect(closed.check('localhost')).rejects.toMatchObject({
      code: 'ADDRESS_INTERNAL',
      details: { host: 'localhost' },
    });
    await expect(closed.check('[::1]')).rejects.toMatchObject({ code: 'ADDRESS_INTERNAL' });
    expect(await new AddressGuard('127.0.0.0/8, ::1').check('localhost')).not.toEqual([]);
  });

  // How the address parser of URLs reads other ways to write 127.0.0.1.
  it.each(['http://2130706433/', 'http://0x7f.1/', 'http://017700000001/', 'http://127.1/', 'http://[::ffff:7f00:1]/'])(
    'written as in %s is still inside',
    (url) => expect(closed.check(new URL(url).hostname)).rejects.toMatchObject({ code: 'ADDRESS_INTERNAL' }),
  );

  it('without an address is said to have none', () =>
    expect(closed.check('no-such-host.invalid')).rejects.toMatchObject({ code: 'ADDRESS_UNRESOLVED' }));
});

it('as the lookup of a request no byte reaches a closed address', async () => {
  let asked = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    response.end();
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const ask = (guard: AddressGuard) =>
    new Promise((resolve, reject) => {
      const options = { host: 'localhost', port, family: 4, lookup: guard.lookup, agent: false } as const;
      request(options, (response) => resolve(response.resume().statusCode))
        .on('error', reject)
        .end();
    });
  await expect(ask(closed)).rejects.toMatchObject({ code: 'ADDRESS_INTERNAL' });
  expect(asked).toBe(0);
  expect(await ask(new AddressGuard('127.0.0.0/8'))).toBe(200);
  expect(asked).toBe(1);
  server.close();
});
