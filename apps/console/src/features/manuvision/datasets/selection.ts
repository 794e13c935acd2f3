/** Which pictures are chosen, and from which one a range is drawn. */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  readonly anchor: string | undefined;
}

export const nothingChosen: Selection = { ids: new Set(), anchor: undefined };

interface Click {
  readonly id: string;
  /** Up to here, from the last one. */
  readonly range?: boolean;
  /** Besides what is chosen already, or no longer. */
  readonly add?: boolean;
}

/** What is chosen after a click, as in a list of files. */
export function select({ ids, anchor }: Selection, order: readonly string[], { id, range, add }: Click): Selection {
  const [from, to] = [anchor === undefined ? -1 : order.indexOf(anchor), order.indexOf(id)];
  if (range && from >= 0) {
    const between = order.slice(Math.min(from, to), Math.max(from, to) + 1);
    return { ids: new Set(add ? [...ids, ...between] : between), anchor };
  }
  if (!add) return { ids: new Set([id]), anchor: id };
  const changed = new Set(ids);
  if (!changed.delete(id)) changed.add(id);
  return { ids: changed, anchor: id };
}

/** Without those that are there no more. */
export function stillThere(selection: Selection, order: readonly string[]): Selection {
  const there = new Set(order);
  if ([...selection.ids].every((id) => there.has(id))) return selection;
  return { ...selection, ids: new Set([...selection.ids].filter((id) => there.has(id))) };
}
