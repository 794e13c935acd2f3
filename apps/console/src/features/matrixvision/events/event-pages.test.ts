import { expect, it } from 'vitest';
import type { CameraEvent } from '../types.ts';
import { replaceEvent } from './event-pages.ts';

const event = (id: string, state: CameraEvent['state'] = 'open') => ({ id, state }) as CameraEvent;
const pages = {
  pageParams: [undefined, 'b'],
  pages: [
    { items: [event('a'), event('b')], total: 3 },
    { items: [event('c')], total: 3 },
  ],
};

it('an event that changed is changed where it stands, on whatever page', () => {
  const changed = replaceEvent(pages, event('c', 'confirmed'));
  expect(changed?.pages.map(({ items }) => items.map(({ state }) => state))).toEqual([['open', 'open'], ['confirmed']]);
  expect(pages.pages[1]?.items[0]?.state).toBe('open');
});

it('an event that no page has changes nothing', () => {
  expect(replaceEvent(pages, event('d'))).toBeUndefined();
  expect(replaceEvent(undefined, event('a'))).toBeUndefined();
});
