import { useEffect, useRef } from 'react';
import { useSearchParams } from 'react-router';

/** How long after the last key the server is asked. */
const pauseMs = 250;

/** The search of a list lives in the address, so that a list can be linked as it is seen. */
export function useSearchText(onSearch?: (text: string) => void): [string, (text: string) => void] {
  const [parameters, setParameters] = useSearchParams();
  const search = parameters.get('q') ?? '';
  const latest = useRef(onSearch);
  latest.current = onSearch;
  useEffect(() => {
    const timer = setTimeout(() => latest.current?.(search), pauseMs);
    return () => clearTimeout(timer);
  }, [search]);
  const setSearch = (text: string) =>
    setParameters(
      (current) => {
        if (text) current.set('q', text);
        else current.delete('q');
        return current;
      },
      { replace: true },
    );
  return [search, setSearch];
}
