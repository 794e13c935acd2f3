import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { pages } from '../pages.ts';
import { useSession } from '../session.tsx';
import { isTyping, nextChord } from './chord.ts';

/** `/` goes to the search of the page, `g` and a letter to a page, `?` shows them all. */
export function useShortcuts() {
  const [open, setOpen] = useState(false);
  const navigate = useNavigate();
  const { may } = useSession();
  const leader = useRef(0);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const { action, leaderAt } = nextChord(event.key, leader.current, event.timeStamp);
      leader.current = leaderAt;
      if (!action) return;
      if (action.kind === 'help') setOpen(true);
      else if (action.kind === 'search') {
        const search = document.querySelector<HTMLElement>('input[data-search]');
        if (!search) return;
        search.focus();
      } else {
        const page = pages.find(({ letter }) => letter === action.letter);
        if (!page || (page.permission && !may(page.permission))) return;
        setOpen(false);
        navigate(page.path);
      }
      event.preventDefault();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [navigate, may]);
  return { open, show: () => setOpen(true), hide: () => setOpen(false) };
}
