/** The one before (-1) or after (1) in a list; the first where none is chosen, none beyond the ends. */
export function neighbourOf<T extends { readonly id: string }>(
  list: readonly T[],
  id: string | undefined,
  step: 1 | -1,
): T | undefined {
  const at = list.findIndex((each) => each.id === id);
  return at === -1 ? list[0] : list[at + step];
}
