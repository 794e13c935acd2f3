import { useCallback, useEffect, useMemo, useState } from 'react';
import { unnamed } from './session/edit.ts';

const keyOf = (datasetId: string) => `millwright.labelling.classes.${datasetId}`;

/** Classes that were named on this machine; what is only drawn within pictures is not counted by the server. */
function kept(datasetId: string): string[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(keyOf(datasetId)) ?? '[]');
    return Array.isArray(found) ? found.filter((name): name is string => typeof name === 'string') : [];
  } catch {
    return [];
  }
}

/**
 * Classes in the order of their number keys, which does not change while one works: what comes up later is put at the end.
 * @param counted classes of the data set's pictures
 * @param met classes of what is shown
 */
export function useClassList(datasetId: string, counted: readonly string[], met: readonly string[]) {
  const [first] = useState(() => [...new Set([...counted.filter((name) => name !== unnamed), ...kept(datasetId)])]);
  const [added, setAdded] = useState<readonly string[]>([]);
  const put = useCallback((more: readonly string[]) => {
    setAdded((known) => (more.every((name) => known.includes(name)) ? known : [...new Set([...known, ...more])]));
  }, []);
  useEffect(() => put(met), [put, met]);
  const names = useMemo(() => {
    const all = [...new Set([...first, ...added])];
    return all.length > 0 ? all : [unnamed];
  }, [first, added]);
  const add = (name: string) => {
    put([name]);
    localStorage.setItem(keyOf(datasetId), JSON.stringify([...new Set([...kept(datasetId), name])]));
  };
  return { names, add };
}
