import { useTranslation } from 'react-i18next';
import type { FactorFamily } from '../types.ts';
import { sideOf } from './families.ts';
import styles from './shared.module.css';

/** A family in words; its mark shows which of the two sides that are never mixed it is on. */
export function FamilyName({ family }: { family: FactorFamily }) {
  const { t } = useTranslation();
  return (
    <span className={styles.family} data-side={sideOf(family)}>
      {t(`esg.family.${family}`)}
    </span>
  );
}
