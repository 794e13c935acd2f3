import { Link } from 'react-router';
import type { FactorUse } from '../types.ts';
import { ConfirmedMark } from './confirmed-mark.tsx';
import { FamilyName } from './family-name.tsx';
import styles from './shared.module.css';

/** The factor that a figure was made with: which, how much, of which family, and whether it is confirmed. */
export function FactorUseView({ factor }: { factor: FactorUse }) {
  return (
    <span className={styles.factor}>
      <Link
        to={`/factors?factor=${encodeURIComponent(factor.id)}`}
        className="mono"
        title={`${factor.publisher}\n${factor.document}`}
        onClick={(event) => event.stopPropagation()}
      >
        {factor.id}@{factor.version}
      </Link>
      <span>
        <strong>{factor.value}</strong> {factor.unit}
      </span>
      <span className={styles.factorLine}>
        <FamilyName family={factor.family} />
        <ConfirmedMark factor={factor} />
      </span>
    </span>
  );
}
