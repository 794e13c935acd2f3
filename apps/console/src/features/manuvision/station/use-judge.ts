import { useEffect, useRef, useState } from 'react';
import { useNotify } from '../../../components/use-notify.ts';
import { upload } from '../../cloud/import/upload.ts';
import type { Verdict } from '../types.ts';
import { placeOf } from '../upload/picture-name.ts';

/** Most pictures of the own that are kept to be shown. */
const mostKept = 40;

/** Judges pictures that were dropped, one after the other; the picture of a passed part is only here. */
export function useJudge(station: string, onVerdict: (verdict: Verdict) => void) {
  const { failed } = useNotify();
  const [waiting, setWaiting] = useState(0);
  const locals = useRef(new Map<string, string>());
  const controller = useRef<AbortController>(undefined);
  const last = useRef<Promise<void>>(Promise.resolve());
  useEffect(() => {
    const own = new AbortController();
    controller.current = own;
    const pictures = locals.current;
    return () => {
      own.abort();
      for (const url of pictures.values()) URL.revokeObjectURL(url);
      pictures.clear();
    };
  }, []);

  const keep = (id: string, file: File) => {
    const pictures = locals.current;
    pictures.set(id, URL.createObjectURL(file));
    const [oldest] = pictures;
    if (pictures.size <= mostKept || !oldest) return;
    URL.revokeObjectURL(oldest[1]);
    pictures.delete(oldest[0]);
  };

  const judge = async (file: File) => {
    const { signal } = controller.current!;
    if (signal.aborted) return;
    const query = new URLSearchParams({ fileName: placeOf(file).slice(-300) });
    try {
      const verdict = await upload<Verdict>(`/api/manuvision/stations/${station}/judge?${query}`, file, {
        onProgress: () => undefined,
        signal,
      });
      keep(verdict.id, file);
      onVerdict(verdict);
    } catch (error) {
      if (!signal.aborted) failed(error);
    } finally {
      setWaiting((n) => n - 1);
    }
  };

  return {
    waiting,
    localOf: (id: string): string | undefined => locals.current.get(id),
    judge: (files: readonly File[]) => {
      setWaiting((n) => n + files.length);
      for (const file of files) last.current = last.current.then(() => judge(file));
    },
  };
}
