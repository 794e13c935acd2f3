/** Stands for a detail of an error that is not known yet: whatever is asked of it, it prints as its own name. */
function placeholder(name: string): unknown {
  const self: unknown = new Proxy(() => self, {
    get(_target, key) {
      if (key === Symbol.toPrimitive || key === 'toString' || key === 'valueOf') return () => `‹${name}›`;
      if (typeof key === 'symbol') return undefined;
      return placeholder(name);
    },
  });
  return self;
}

/** What a message says, with the names of its details in place of them. */
export function sampleMessage(message: (details: never) => string): string {
  const details = new Proxy({}, { get: (_target, key) => placeholder(String(key)) });
  try {
    return String(message(details as never)).trim();
  } catch {
    return ''; // A message that computes with its details has no text without them.
  }
}

/** The names of the details that a message reads. */
export function detailsRead(message: (details: never) => string): Set<string> {
  const names = new Set<string>();
  const details = new Proxy({}, { get: (_target, key) => names.add(String(key)) && placeholder(String(key)) });
  try {
    message(details as never);
  } catch {
    // It has read what it takes before it computes with it.
  }
  return names;
}
