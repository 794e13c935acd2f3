import { createContext, type ReactNode, use, useMemo, useState } from 'react';

interface SiteValue {
  /** The site that lists are narrowed to; null shows all. */
  readonly siteId: string | null;
  chooseSite(id: string | null): void;
}

const key = 'millwright.site';
const SiteContext = createContext<SiteValue | undefined>(undefined);

export function SiteProvider({ children }: { children: ReactNode }) {
  const [siteId, setSiteId] = useState(() => localStorage.getItem(key));
  const value = useMemo<SiteValue>(
    () => ({
      siteId,
      chooseSite(id) {
        if (id) localStorage.setItem(key, id);
        else localStorage.removeItem(key);
        setSiteId(id);
      },
    }),
    [siteId],
  );
  return <SiteContext value={value}>{children}</SiteContext>;
}

export function useSite(): SiteValue {
  const value = use(SiteContext);
  if (!value) throw new Error('useSite is used outside SiteProvider');
  return value;
}
