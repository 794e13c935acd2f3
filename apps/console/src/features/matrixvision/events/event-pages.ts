import type { InfiniteData } from '@tanstack/react-query';
import type { CameraEvent } from '../types.ts';
import type { EventPage } from './use-events.ts';

/** The pages with an event as it is now; undefined where none of them has it. */
export function replaceEvent<Param>(
  pages: InfiniteData<EventPage, Param> | undefined,
  event: CameraEvent,
): InfiniteData<EventPage, Param> | undefined {
  if (!pages?.pages.some(({ items }) => items.some(({ id }) => id === event.id))) return undefined;
  const replaced = pages.pages.map((page) => ({
    ...page,
    items: page.items.map((each) => (each.id === event.id ? event : each)),
  }));
  return { ...pages, pages: replaced };
}
