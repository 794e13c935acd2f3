import { useEffect, useRef, useState } from 'react';
import { ApiError } from '../../../api/api-error.ts';
import { upload } from '../../cloud/import/upload.ts';
import { type Labelled, useRefreshDatasets } from '../shared/use-datasets.ts';
import type { PartPicture } from '../types.ts';
import { folderClass, isPictureName, placeOf } from './picture-name.ts';

/** A file that was not taken, and why. */
export interface Refused {
  readonly file: string;
  /** An error of the server; undefined: by its name it is no picture. */
  readonly error: unknown;
}

export interface UploadState {
  /** How many were chosen so far, and with how many of them something came about. */
  readonly chosen: number;
  readonly settled: number;
  /** The very same picture was there already. */
  readonly duplicates: number;
  readonly refused: readonly Refused[];
  /** Newest first. */
  readonly added: readonly PartPicture[];
}

const nothing: UploadState = { chosen: 0, settled: 0, duplicates: 0, refused: [], added: [] };
/** At the same time: the line is kept busy while the server reads a picture. */
const lanes = 3;

/** Sends pictures to a data set one after the other, and keeps what came of each. */
export function usePictureUpload(datasetId: string) {
  const refresh = useRefreshDatasets();
  const [state, setState] = useState(nothing);
  const waiting = useRef<{ file: File; as: Labelled }[]>([]);
  const running = useRef(0);
  const controller = useRef<AbortController>(undefined);
  useEffect(() => () => controller.current?.abort(), []);

  const settle = (change: (current: UploadState) => Partial<UploadState>) =>
    setState((current) => ({ ...current, settled: current.settled + 1, ...change(current) }));

  const send = async ({ file, as }: { file: File; as: Labelled }, signal: AbortSignal) => {
    const name = placeOf(file);
    if (!isPictureName(file.name) && !file.type.startsWith('image/')) {
      settle(({ refused }) => ({ refused: [...refused, { file: name, error: undefined }] }));
      return;
    }
    const query = new URLSearchParams({ fileName: name.slice(-300), label: as.label });
    if (as.label === 'defect') query.set('class', as.class ?? folderClass(file) ?? 'defect');
    try {
      const added = await upload<PartPicture>(`/api/manuvision/datasets/${datasetId}/pictures?${query}`, file, {
        onProgress: () => undefined,
        signal,
      });
      settle((current) => ({ added: [added, ...current.added] }));
    } catch (error) {
      if (signal.aborted) return;
      const isTwice = error instanceof ApiError && error.code === 'MANUVISION_PICTURE_TWICE';
      settle(({ duplicates, refused }) =>
        isTwice ? { duplicates: duplicates + 1 } : { refused: [...refused, { file: name, error }] },
      );
    }
  };

  const lane = async (signal: AbortSignal) => {
    running.current += 1;
    for (let next = waiting.current.shift(); next && !signal.aborted; next = waiting.current.shift())
      await send(next, signal);
    running.current -= 1;
    if (running.current > 0) return;
    void refresh();
    // What was added while the last lane was still being broken off.
    if (waiting.current.length > 0) void lane(controller.current!.signal);
  };

  return {
    ...state,
    isRunning: state.settled < state.chosen,
    add: (files: readonly File[], as: Labelled) => {
      if (controller.current === undefined || controller.current.signal.aborted)
        controller.current = new AbortController();
      waiting.current.push(...files.map((file) => ({ file, as })));
      setState((current) => ({ ...current, chosen: current.chosen + files.length }));
      const { signal } = controller.current;
      for (let free = lanes - running.current; free > 0; free -= 1) void lane(signal);
    },
    /** What is on its way is broken off, what waits is forgotten; what was added stays. */
    cancel: () => {
      controller.current?.abort();
      waiting.current = [];
      setState((current) => ({ ...current, chosen: current.settled }));
      void refresh();
    },
  };
}

export type PictureUpload = ReturnType<typeof usePictureUpload>;
