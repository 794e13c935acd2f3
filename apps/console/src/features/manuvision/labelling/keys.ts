import { type ToolName, toolNames } from './tools/tool.ts';

export type Command =
  | { readonly do: 'tool'; readonly tool: ToolName }
  | { readonly do: 'class'; readonly index: number }
  | { readonly do: 'nudge'; readonly by: readonly [number, number] }
  | { readonly do: 'brush'; readonly factor: number }
  | { readonly do: 'zoom'; readonly factor: number }
  | { readonly do: 'picture'; readonly by: 1 | -1 }
  | { readonly do: 'suggestion'; readonly by: 1 | -1 }
  | { readonly do: (typeof plain)[keyof typeof plain] | 'undo' | 'redo' | 'save' | 'acceptAll' };

const plain = {
  g: 'good',
  d: 'defect',
  f: 'fit',
  h: 'hide',
  o: 'oneToOne',
  s: 'suggest',
  x: 'reject',
  c: 'newClass',
  n: 'nextRegion',
  '?': 'help',
  enter: 'accept',
  escape: 'leave',
  backspace: 'back',
  delete: 'remove',
} as const;

/** The letter of each tool: those of drawing programs. */
export const toolKeys: Readonly<Record<ToolName, string>> = {
  select: 'v',
  box: 'r',
  polygon: 'p',
  brush: 'b',
  eraser: 'e',
  wand: 'w',
};

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  arrowleft: [-1, 0],
  arrowright: [1, 0],
  arrowup: [0, -1],
  arrowdown: [0, 1],
};

interface Key {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** What a key means while labelling; arrows move the chosen region, and without one go from picture to picture. */
export function commandOf(event: Key, hasChosen: boolean): Command | undefined {
  if (event.altKey) return undefined;
  const key = event.key.toLowerCase();
  const isControl = event.ctrlKey || event.metaKey;
  if (isControl) {
    if (key === 'y' || (key === 'z' && event.shiftKey)) return { do: 'redo' };
    if (key === 'z') return { do: 'undo' };
    return key === 's' ? { do: 'save' } : undefined;
  }
  const arrow = arrows[key];
  if (arrow && hasChosen) return { do: 'nudge', by: event.shiftKey ? [arrow[0] * 10, arrow[1] * 10] : arrow };
  if (key === 'pagedown' || key === 'arrowright') return { do: 'picture', by: 1 };
  if (key === 'pageup' || key === 'arrowleft') return { do: 'picture', by: -1 };
  if (/^[1-9]$/.test(key)) return { do: 'class', index: Number(key) - 1 };
  if (key === '[' || key === ']') return { do: 'brush', factor: key === ']' ? 1.25 : 0.8 };
  if (key === '+' || key === '=') return { do: 'zoom', factor: 1.5 };
  if (key === '-') return { do: 'zoom', factor: 1 / 1.5 };
  if (key === '.' || key === ',') return { do: 'suggestion', by: key === '.' ? 1 : -1 };
  if (key === 'enter' && event.shiftKey) return { do: 'acceptAll' };
  const tool = toolNames.find((name) => toolKeys[name] === key);
  if (tool) return { do: 'tool', tool };
  return key in plain ? { do: plain[key as keyof typeof plain] } : undefined;
}
