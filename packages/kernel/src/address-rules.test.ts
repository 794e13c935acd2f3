import { describe, expect, it } from 'vitest';
import { AddressRules, isPublicAddress } from './address-rules.ts';

describe('isPublicAddress', () => {
  it.each([
    '127.0.0.1',
    '127.8.8.8',
    '0.0.0.0',
    '10.1.2.3',
    '172.31.255.255',
    '192.168.1.10',
    '169.254.169.254',
    '100.64.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::127.0.0.1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:c0a8:1',
    '64:ff9b::10.0.0.1',
    '64:ff9b::a00:1',
    '2002:7f00:1::',
    '2002:c0a8:0101::1',
    'fe80::1',
    'fd12:3456::1',
    'ff02::1',
    '2001:db8::1',
    'localhost',
    '',
  ])('should not take %s for public', (address) => expect(isPublicAddress(address)).toBe(false));

  it.each([
    '8.8.8.8',
    '172.32.0.1',
    '100.128.0.1',
    '2606:4700::1111',
    '::ffff:8.8.8.8',
    '64:ff9b::8.8.8.8',
    '2002:808:808::',
  ])('should take %s for public', (address) => expect(isPublicAddress(address)).toBe(true));
});

describe('AddressRules', () => {
  const rules = new AddressRules(['192.168.7.0/24', '10.0.0.5', 'cam.plant.example', 'fd00:7::/32']);

  it('should allow what is listed, as network, address or host', () => {
    expect(rules.allows('192.168.7.20', '192.168.7.20')).toBe(true);
    expect(rules.allows('x', '::ffff:192.168.7.20')).toBe(true);
    expect(rules.allows('x', '10.0.0.5')).toBe(true);
    expect(rules.allows('Cam.Plant.example', '10.9.9.9')).toBe(true);
    expect(rules.allows('x', 'fd00:7:0:1::2')).toBe(true);
    expect(rules.allows('x', '1.1.1.1')).toBe(true);
  });

  it('should refuse its neighbours', () => {
    expect(rules.allows('x', '192.168.8.20')).toBe(false);
    expect(rules.allows('x', '10.0.0.6')).toBe(false);
    expect(rules.allows('not-cam.plant.example', '10.9.9.9')).toBe(false);
    expect(rules.allows('x', 'fd00:8::1')).toBe(false);
  });

  it('should name the entries that say nothing', () => {
    expect(new AddressRules(['10.0.0.0/33', 'a b', '1.2.3.4/x', 'fine', '10.0.0.0/8']).invalid).toEqual([
      '10.0.0.0/33',
      'a b',
      '1.2.3.4/x',
    ]);
  });
});
