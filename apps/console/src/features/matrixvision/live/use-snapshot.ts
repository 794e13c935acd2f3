import { useEffect, useState } from 'react';

const everyMs = 1_000;
const afterFailureMs = 4_000;

export const snapshotUrl = (cameraId: string, width: number): string =>
  `/api/matrixvision/cameras/${cameraId}/snapshot.jpg?width=${width}`;

/** A camera's newest picture, again and again: the next one is asked for once the last is here. Undefined until there is one. */
export function useSnapshot(cameraId: string, width: number, isWanted: boolean): string | undefined {
  const [shown, setShown] = useState<string>();
  useEffect(() => {
    if (!isWanted) return;
    let isOver = false;
    let timer: ReturnType<typeof setTimeout>;
    let last: string | undefined;
    const ask = async () => {
      const response = await fetch(snapshotUrl(cameraId, width), { cache: 'no-store' }).catch(() => undefined);
      const picture = response?.ok ? await response.blob() : undefined;
      if (isOver) return;
      if (picture) {
        const url = URL.createObjectURL(picture);
        setShown(url);
        if (last) URL.revokeObjectURL(last);
        last = url;
      }
      timer = setTimeout(() => void ask(), picture ? everyMs : afterFailureMs);
    };
    void ask();
    return () => {
      isOver = true;
      clearTimeout(timer);
      if (last) URL.revokeObjectURL(last);
      setShown(undefined);
    };
  }, [cameraId, width, isWanted]);
  return isWanted ? shown : undefined;
}
