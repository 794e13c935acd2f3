/** Told apart on grey metal and on printed boards, in the light and in the dark, and by people who see red and green alike. */
const colours = [
  ...['#ff5a4f', '#3fb4ff', '#ffc22e', '#b07cff', '#2ed3a4', '#ff8ad1', '#a6d93b', '#ff9447'],
  ...['#5f7dff', '#e6e04f', '#37d6e8', '#d98f6a'],
] as const;

const hashOf = (text: string): number =>
  [...text].reduce((hash, letter) => (hash * 31 + letter.codePointAt(0)!) % 9973, 7);

/** A colour for each class: the same wherever and whenever it is shown, except where two would fall on one. */
export function classColours(names: readonly string[]): ReadonlyMap<string, string> {
  const given = new Map<string, string>();
  for (const name of names) {
    const wanted = hashOf(name) % colours.length;
    const free = colours.findIndex((_, at) => ![...given.values()].includes(colours[(wanted + at) % colours.length]!));
    given.set(name, colours[(wanted + Math.max(0, free)) % colours.length]!);
  }
  return given;
}
