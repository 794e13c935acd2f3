import { useState, useSyncExternalStore } from 'react';

const key = 'millwright.navigation';
/** Below this a full navigation takes more of a tablet than it gives. */
const tablet = matchMedia('(max-width: 1100px)');

/** Whether the navigation shows icons only: on a tablet unless asked otherwise, elsewhere as the person left it. */
export function useNarrow(): { narrow: boolean; toggle(): void } {
  const small = useSyncExternalStore(
    (listener) => {
      tablet.addEventListener('change', listener);
      return () => tablet.removeEventListener('change', listener);
    },
    () => tablet.matches,
  );
  const [kept, setKept] = useState(() => localStorage.getItem(key));
  const [openedOnSmall, setOpenedOnSmall] = useState(false);
  const narrow = small ? !openedOnSmall : kept === 'narrow';
  const toggle = () => {
    if (small) return setOpenedOnSmall(!openedOnSmall);
    const next = narrow ? 'wide' : 'narrow';
    localStorage.setItem(key, next);
    setKept(next);
  };
  return { narrow, toggle };
}
