import { useEffect, useRef } from 'react';

/**
 * Hears every key of the page while a component is shown, with the newest of its functions.
 * @param first before the shortcuts of the whole console: for keys that mean something else there
 */
export function useKeyDown(onKey: (event: KeyboardEvent) => void, { first = false } = {}): void {
  const latest = useRef(onKey);
  latest.current = onKey;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => latest.current(event);
    addEventListener('keydown', listen, { capture: first });
    return () => removeEventListener('keydown', listen, { capture: first });
  }, [first]);
}
