/** Makes a function that follows `a.b[0].c`; a missing step gives undefined. The empty path gives the value itself. */
export function jsonPath(path: string): (value: unknown) => unknown {
  const steps = path
    .replace(/\[(\d+)\]/g, '.$1')
    .split('.')
    .filter((step) => step !== '' && step !== '$');
  return (value) => {
    let at = value;
    for (const step of steps) {
      if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return undefined;
      at = (at as Record<string, unknown>)[step];
    }
    return at;
  };
}
