import { CopyText } from './copy-text.tsx';
import styles from './hash-text.module.css';
import { shortHash } from './short-id.ts';

/** A hash people compare by its ends and copy whole. */
export function HashText({ hash }: { hash: string }) {
  return (
    <span className={styles.hash}>
      <code title={hash}>{shortHash(hash)}</code>
      <CopyText text={hash} />
    </span>
  );
}
