import { createContext, type ReactNode, use, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { applyPalette } from './apply-palette.ts';
import { darkPalette, lightPalette, type Palette } from './palette.ts';

export type ThemeChoice = 'light' | 'dark' | 'system';

interface ThemeValue {
  readonly choice: ThemeChoice;
  readonly dark: boolean;
  readonly palette: Palette;
  choose(choice: ThemeChoice): void;
}

const key = 'millwright.theme';
const darkQuery = matchMedia('(prefers-color-scheme: dark)');
const ThemeContext = createContext<ThemeValue | undefined>(undefined);

const keptChoice = (): ThemeChoice => {
  const kept = localStorage.getItem(key);
  return kept === 'light' || kept === 'dark' ? kept : 'system';
};

function useSystemDark(): boolean {
  return useSyncExternalStore(
    (listener) => {
      darkQuery.addEventListener('change', listener);
      return () => darkQuery.removeEventListener('change', listener);
    },
    () => darkQuery.matches,
  );
}

export function ThemeProvider({ children }: { children: ReactNode }) {
  const [choice, setChoice] = useState(keptChoice);
  const systemDark = useSystemDark();
  const dark = choice === 'dark' || (choice === 'system' && systemDark);
  const palette = dark ? darkPalette : lightPalette;
  useEffect(() => applyPalette(palette, dark), [palette, dark]);
  const value = useMemo<ThemeValue>(
    () => ({
      choice,
      dark,
      palette,
      choose(next) {
        localStorage.setItem(key, next);
        setChoice(next);
      },
    }),
    [choice, dark, palette],
  );
  return <ThemeContext value={value}>{children}</ThemeContext>;
}

export function useTheme(): ThemeValue {
  const value = use(ThemeContext);
  if (!value) throw new Error('useTheme is used outside ThemeProvider');
  return value;
}
