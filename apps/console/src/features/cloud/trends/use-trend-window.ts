import { useSearchParams } from 'react-router';
import { readWindow, type TrendWindow } from './window.ts';

/** Points and window of the page, kept in its address. */
export function useTrendWindow() {
  const [parameters, setParameters] = useSearchParams();
  const change = (values: Record<string, string | undefined>, replace = false) =>
    setParameters(
      (current) => {
        for (const [key, value] of Object.entries(values))
          if (value) current.set(key, value);
          else current.delete(key);
        return current;
      },
      { replace },
    );
  const window = readWindow(parameters, Date.now());
  return {
    window,
    pointIds: (parameters.get('points') ?? '').split(',').filter(Boolean),
    choosePoints: (ids: readonly string[]) => change({ points: ids.join(',') }),
    chooseWindow: ({ from, to, live }: TrendWindow) =>
      change(
        live
          ? { window: live, from: undefined, to: undefined }
          : { from: new Date(from).toISOString(), to: new Date(to).toISOString(), window: undefined },
      ),
  };
}
