/** Longest list shown item by item; what is longer is a curve or a table of its own page. */
const mostItems = 200;

export function entriesOf(value: object): [string, unknown][] {
  const entries = Array.isArray(value)
    ? value.map((item, index): [string, unknown] => [String(index + 1), item])
    : Object.entries(value).filter(([, inner]) => inner !== undefined);
  return entries.slice(0, mostItems);
}

/** Two or more flat objects, so that columns make sense. */
export function isTable(value: unknown): value is Record<string, unknown>[] {
  return (
    Array.isArray(value) &&
    value.length > 1 &&
    value.every(
      (row) =>
        typeof row === 'object' &&
        row !== null &&
        !Array.isArray(row) &&
        Object.values(row).every((cell) => typeof cell !== 'object' || cell === null),
    )
  );
}

/** `baseLoadkW` reads as "base load kW"; text that is not camel case stays as it is. */
export const wordsOf = (name: string): string =>
  /^[a-z]{2,}(?:[A-Z][a-z0-9]*|kW)+$/.test(name)
    ? name
        .replace(/kW$/, ' kW')
        .replace(/([a-z0-9])([A-Z])(?=[a-z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`)
    : name;
