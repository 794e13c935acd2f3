import { describe, expect, it } from 'vitest';
import { beginWith, change, close, redo, undo } from './undo-stack.ts';

describe('the steps of an editor', () => {
  it('are taken back and done again in order', () => {
    const stack = change(change(beginWith('a'), 'b'), 'c');
    expect(undo(undo(stack)).present).toBe('a');
    expect(undo(undo(undo(stack))).present).toBe('a');
    expect(redo(undo(stack)).present).toBe('c');
    expect(redo(stack).present).toBe('c');
  });

  it('are one for all moves of a drag, and a new one for the next drag of the same point', () => {
    const dragged = change(change(change(beginWith(0), 1, 'point 1'), 2, 'point 1'), 3, 'point 1');
    expect(undo(dragged).present).toBe(0);
    const again = change(close(dragged), 4, 'point 1');
    expect(undo(again).present).toBe(3);
  });

  it('of the future are forgotten by a new change', () =>
    expect(redo(change(undo(change(beginWith('a'), 'b')), 'c')).present).toBe('c'));

  it('are not made by what changes nothing', () => expect(change(beginWith('a'), 'a').past).toEqual([]));

  it('are kept to the last hundred', () => {
    let stack = beginWith(0);
    for (let step = 1; step <= 150; step += 1) stack = change(stack, step);
    expect(stack.past).toHaveLength(100);
    expect(stack.past[0]).toBe(50);
  });
});
