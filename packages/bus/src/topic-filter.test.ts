import { describe, expect, it } from 'vitest';
import { isTopicFilter, isTopicName, matchesTopicFilter } from './topic-filter.ts';

describe('matchesTopicFilter', () => {
  it.each([
    ['plant/line', 'plant/line'],
    ['plant/+', 'plant/line'],
    ['plant/+', 'plant/'],
    ['+/+', '/plant'],
    ['/+', '/plant'],
    ['plant/+/power', 'plant/oven/power'],
    ['plant/#', 'plant'],
    ['plant/#', 'plant/oven/power'],
    ['#', 'plant/oven'],
    ['#', '/'],
    ['$SYS/#', '$SYS/broker/uptime'],
    ['$SYS/+/uptime', '$SYS/broker/uptime'],
    ['plant/$odd', 'plant/$odd'],
  ])('%s takes %s', (filter, topic) => {
    expect(matchesTopicFilter(filter, topic)).toBe(true);
  });

  it.each([
    ['plant/line', 'plant/Line'],
    ['plant', 'plant/line'],
    ['plant/line', 'plant'],
    ['plant/+', 'plant'],
    ['plant/+', 'plant/oven/power'],
    ['+', '/plant'],
    ['plant/+/power', 'plant/oven/energy'],
    ['plant/#', 'plants/oven'],
    ['#', '$SYS/broker/uptime'],
    ['+/broker/uptime', '$SYS/broker/uptime'],
  ])('%s leaves %s', (filter, topic) => {
    expect(matchesTopicFilter(filter, topic)).toBe(false);
  });
});

describe('isTopicFilter', () => {
  it.each(['#', '+', 'a/+/b', 'a/#', '/', 'a//b', '$SYS/#'])('accepts %s', (filter) => {
    expect(isTopicFilter(filter)).toBe(true);
  });
  it.each(['', 'a/#/b', 'a#', 'a+/b', '#/a', 'a\0b', 'x/'.repeat(100)])('refuses %j', (filter) => {
    expect(isTopicFilter(filter)).toBe(false);
  });
});

describe('isTopicName', () => {
  it('accepts a topic without wildcards', () => expect(isTopicName('spBv1.0/G/DDATA/N/D')).toBe(true));
  it.each(['', 'a/+', 'a/#', 'é'.repeat(40_000)])('refuses what nobody can publish to (%#)', (topic) => {
    expect(isTopicName(topic)).toBe(false);
  });
});
