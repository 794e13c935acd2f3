import { useState } from 'react';
import { useNotify } from '../../../components/use-notify.ts';
import {
  changePicture,
  type Labelled,
  removePicture,
  restorePicture,
  useRefreshDatasets,
} from '../shared/use-datasets.ts';
import type { PartPicture } from '../types.ts';

type Undo = () => Promise<unknown>;
/** At the same time; the server writes each into the ledger. */
const lanes = 4;

/** Does the same to many pictures, a few at a time; what fails is thrown after the others are done. */
async function forEach<T>(all: readonly T[], work: (one: T) => Promise<unknown>): Promise<void> {
  const waiting = [...all];
  const problems: unknown[] = [];
  const lane = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      await work(next).catch((problem: unknown) => problems.push(problem));
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  if (problems.length > 0) throw problems[0];
}

/** Labels and removes pictures, many at once; each step can be taken back. */
export function useLabelling(datasetId: string) {
  const { failed } = useNotify();
  const refresh = useRefreshDatasets();
  const [steps, setSteps] = useState<readonly Undo[]>([]);
  const [isBusy, setBusy] = useState(false);
  const run = async (work: () => Promise<unknown>) => {
    setBusy(true);
    try {
      await work();
    } catch (error) {
      failed(error);
    } finally {
      setBusy(false);
      await refresh();
    }
  };
  const step = (work: () => Promise<unknown>, undo: Undo) => {
    setSteps((known) => [...known, undo]);
    return run(work);
  };
  return {
    isBusy,
    canUndo: steps.length > 0,
    label: (pictures: readonly PartPicture[], to: Labelled) =>
      step(
        () => forEach(pictures, ({ id }) => changePicture(datasetId, id, to)),
        () => forEach(pictures, ({ id, label, class: name }) => changePicture(datasetId, id, { label, class: name })),
      ),
    remove: (pictures: readonly PartPicture[]) =>
      step(
        () => forEach(pictures, ({ id }) => removePicture(datasetId, id)),
        () => forEach(pictures, ({ id }) => restorePicture(datasetId, id)),
      ),
    undo: () => {
      const last = steps.at(-1);
      if (!last) return Promise.resolve();
      setSteps((known) => known.slice(0, -1));
      return run(last);
    },
  };
}
