import { unitName } from '../../../app/i18n/format.ts';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { readable } from './amount.ts';
import styles from './shared.module.css';

interface AmountTextProps {
  readonly value: number | null | undefined;
  readonly unit: string;
  readonly digits?: number | undefined;
  /** Money: so many decimals, also where they are noughts. */
  readonly decimals?: number;
}

/** Long numbers lose their decimals for the eye first. */
const digitsFor = (value: number) => (Math.abs(value) >= 1e5 ? 0 : Math.abs(value) >= 1e4 ? 1 : 2);

/** A figure with its unit set smaller; the exact one shows on pointing at it. */
export function AmountText({ value = null, unit, digits, decimals }: AmountTextProps) {
  const format = useFormat();
  if (value === null) return <span className="faint">–</span>;
  const shown = readable({ value, unit });
  return (
    <span className={styles.amount} title={`${value} ${unitName(unit)}`}>
      {decimals === undefined
        ? format.number(shown.value, digits ?? digitsFor(shown.value ?? 0))
        : format.fixed(shown.value, decimals)}{' '}
      <span className={styles.unit}>{unitName(shown.unit)}</span>
    </span>
  );
}
