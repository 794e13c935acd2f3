import { type RefObject, useEffect, useState } from 'react';

/** Whether an element is in view of a page that is in view: what nobody sees need not be streamed. */
export function useIsSeen(place: RefObject<HTMLElement | null>): boolean {
  const [isInView, setInView] = useState(false);
  const [isShown, setShown] = useState(!document.hidden);
  useEffect(() => {
    const observer = new IntersectionObserver((entries) => setInView(entries.at(-1)!.isIntersecting), {
      rootMargin: '120px',
    });
    observer.observe(place.current!);
    const onChange = () => setShown(!document.hidden);
    document.addEventListener('visibilitychange', onChange);
    return () => {
      observer.disconnect();
      document.removeEventListener('visibilitychange', onChange);
    };
  }, [place]);
  return isInView && isShown;
}
