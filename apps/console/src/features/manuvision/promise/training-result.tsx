import type { Inspection, Version } from '../types.ts';
import { LearntFrom } from './learnt-from.tsx';
import { ParityView } from './parity-view.tsx';
import styles from './promise.module.css';
import { PromiseView } from './promise-view.tsx';
import { Suspects } from './suspects.tsx';
import { trainingDetails } from './training-details.ts';

/** What a training gave: the promise, what speaks against the good parts, and the certificate of its file. */
export function TrainingResult({ inspection, version }: { inspection: Inspection; version: Version }) {
  const { parity, suspects, alike } = trainingDetails(version);
  return (
    <div className={styles.result}>
      <PromiseView version={version} asked={inspection.promise} />
      <Suspects datasetId={inspection.datasetId} suspects={suspects} />
      <LearntFrom version={version} alike={alike} />
      {parity && <ParityView parity={parity} />}
    </div>
  );
}
