import { judgesBySettings } from '../guide/inspection-kinds.ts';
import type { Inspection, Version } from '../types.ts';
import { LearntFrom } from './learnt-from.tsx';
import { ParityView } from './parity-view.tsx';
import styles from './promise.module.css';
import { PromiseView } from './promise-view.tsx';
import { Suspects } from './suspects.tsx';
import { trainingDetails } from './training-details.ts';

interface ResultProps {
  readonly inspection: Inspection;
  readonly version: Version;
}

/** What a training gave: the promise, what speaks against the good parts, and the certificate of its file. */
export function TrainingResult({ inspection, version }: ResultProps) {
  return (
    <div className={styles.result}>
      <PromiseView inspection={inspection} version={version} />
      <TrainingFindings inspection={inspection} version={version} />
    </div>
  );
}

/** All of that besides the promise. */
export function TrainingFindings({ inspection, version }: ResultProps) {
  const { parity, suspects, alike } = trainingDetails(version);
  const isTold = judgesBySettings(inspection.kind);
  return (
    <div className={styles.result}>
      {!isTold && <Suspects datasetId={inspection.datasetId} suspects={suspects} />}
      <LearntFrom version={version} alike={alike} isTold={isTold} />
      {parity && <ParityView parity={parity} />}
    </div>
  );
}
