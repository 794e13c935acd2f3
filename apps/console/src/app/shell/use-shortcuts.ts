import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { pages } from '../pages.ts';
import { useSession } from '../session.tsx';
import { isTyping, nextChord } from './chord.ts';

export type Opened = 'help' | 'palette' | undefined;

/** Ctrl-K goes anywhere, `/` to the search of the page, `g` and a letter to a page; `?` shows them all. */
export function useShortcuts() {
  const [opened, open] = useState<Opened>();
  const navigate = useNavigate();
  const { may } = useSession();
  const leader = useRef(0);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        return open('palette');
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const { action, leaderAt } = nextChord(event.key, leader.current, event.timeStamp);
      leader.current = leaderAt;
      if (!action) return;
      if (action.kind === 'help') open('help');
      else if (action.kind === 'search') {
        const search = document.querySelector<HTMLElement>('input[data-search]');
        if (!search) return;
        search.focus();
      } else {
        const page = pages.find(({ letter }) => letter === action.letter);
        if (!page || (page.permission && !may(page.permission))) return;
        open(undefined);
        navigate(page.path);
      }
      event.preventDefault();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [navigate, may]);
  return { opened, open, close: () => open(undefined) };
}
