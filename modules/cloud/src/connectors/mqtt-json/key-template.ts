import { jsonPath } from './json-path.ts';

export interface KeyParts {
  readonly topic: string;
  readonly member: string;
  /** The payload, or the element of an array of readings. */
  readonly value: unknown;
}

/** Makes the function that fills a key template; it gives undefined when a part is missing. */
export function keyTemplate(template: string): (parts: KeyParts) => string | undefined {
  const pieces = template.split(/(\{[^{}]+\})/).filter((piece) => piece !== '');
  const fillers = pieces.map((piece): ((parts: KeyParts) => string | undefined) => {
    if (!piece.startsWith('{')) return () => piece;
    const name = piece.slice(1, -1);
    if (name === 'topic') return ({ topic }) => topic;
    if (name === 'member') return ({ member }) => member;
    if (/^\d+$/.test(name)) return ({ topic }) => topic.split('/')[Number(name) - 1];
    const read = jsonPath(name);
    return ({ value }) => {
      const text = read(value);
      return typeof text === 'string' || typeof text === 'number' ? String(text) : undefined;
    };
  });
  return (parts) => {
    let key = '';
    for (const fill of fillers) {
      const piece = fill(parts);
      if (piece === undefined || piece === '') return undefined;
      key += piece;
    }
    return key;
  };
}
