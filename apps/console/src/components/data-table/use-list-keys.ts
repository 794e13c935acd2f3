import { isTyping } from '../../app/shell/chord.ts';
import { useKeyDown } from '../use-key-down.ts';
import { neighbourOf } from './neighbour.ts';

interface ListKeys<Row extends { readonly id: string }> {
  readonly rows: readonly Row[] | undefined;
  /** Of the row that is open beside the list. */
  readonly openId: string | undefined;
  choose(id: string): void;
  /** Takes a letter for the open row; false where it means nothing. */
  onLetter(letter: string, openId: string): boolean;
}

/** j and k go through a list with one row open beside it, other letters do something with that row. */
export function useListKeys<Row extends { readonly id: string }>({
  rows,
  openId,
  choose,
  onLetter,
}: ListKeys<Row>): void {
  useKeyDown((event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || !rows) return;
    if (event.key === 'j' || event.key === 'k') {
      const to = neighbourOf(rows, openId, event.key === 'j' ? 1 : -1);
      if (to) choose(to.id);
    } else if (!openId || !onLetter(event.key, openId)) return;
    event.preventDefault();
  });
}
