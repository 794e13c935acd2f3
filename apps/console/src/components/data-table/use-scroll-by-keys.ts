import { type RefObject, useEffect, useRef } from 'react';

/**
 * A table that is wider than its place must be scrolled with keys too. Rows that open are stops themselves; where they
 * are not, the part that scrolls becomes one, which the table itself has no setting for.
 */
export function useScrollByKeys(needed: boolean): RefObject<HTMLDivElement | null> {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const part = place.current?.querySelector<HTMLElement>('.ant-table-body, .ant-table-content');
    if (!part) return;
    if (needed && part.scrollWidth > part.clientWidth) part.tabIndex = 0;
    else part.removeAttribute('tabindex');
  });
  return place;
}
