import { expect, it } from 'vitest';
import { commandOf } from './keys.ts';

const key = (name: string, held: Partial<Record<'ctrlKey' | 'shiftKey' | 'metaKey' | 'altKey', boolean>> = {}) => ({
  ...{ key: name, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false },
  ...held,
});

it('tells keys with Ctrl from those without, and leaves the others to the browser', () => {
  expect(commandOf(key('z', { ctrlKey: true }), false)).toEqual({ do: 'undo' });
  expect(commandOf(key('Z', { metaKey: true, shiftKey: true }), false)).toEqual({ do: 'redo' });
  expect(commandOf(key('y', { ctrlKey: true }), false)).toEqual({ do: 'redo' });
  expect(commandOf(key('b', { ctrlKey: true }), false)).toBeUndefined();
  expect(commandOf(key('b'), false)).toEqual({ do: 'tool', tool: 'brush' });
  expect(commandOf(key('z'), false)).toBeUndefined();
  expect(commandOf(key('s', { altKey: true }), false)).toBeUndefined();
});

it('moves the chosen region by arrows, and else goes from picture to picture', () => {
  expect(commandOf(key('ArrowRight'), true)).toEqual({ do: 'nudge', by: [1, 0] });
  expect(commandOf(key('ArrowUp', { shiftKey: true }), true)).toEqual({ do: 'nudge', by: [0, -10] });
  expect(commandOf(key('ArrowRight'), false)).toEqual({ do: 'picture', by: 1 });
  expect(commandOf(key('ArrowUp'), false)).toBeUndefined();
  expect(commandOf(key('PageUp'), true)).toEqual({ do: 'picture', by: -1 });
});

it('chooses classes by number, and accepts one or all', () => {
  expect(commandOf(key('3'), true)).toEqual({ do: 'class', index: 2 });
  expect(commandOf(key('0'), true)).toBeUndefined();
  expect(commandOf(key('Enter'), true)).toEqual({ do: 'accept' });
  expect(commandOf(key('Enter', { shiftKey: true }), true)).toEqual({ do: 'acceptAll' });
});
