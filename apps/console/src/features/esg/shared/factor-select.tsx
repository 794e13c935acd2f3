import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Factor } from '../types.ts';
import { ConfirmedMark } from './confirmed-mark.tsx';
import { factorUnit } from './families.ts';
import { FamilyName } from './family-name.tsx';
import styles from './shared.module.css';
import { useFactors } from './use-factors.ts';

interface FactorSelectProps {
  readonly id?: string;
  readonly value?: string;
  onChange?(id: string | undefined): void;
  readonly carrier?: Factor['carrier'];
  /** Only factors that this method may use. */
  readonly method?: Factor['methods'][number];
  readonly placeholder: string;
}

/** A factor of the library, found by any of its words. */
export function FactorSelect({ id, value, onChange, carrier, method, placeholder }: FactorSelectProps) {
  const { t } = useTranslation();
  const { data: factors = [], isPending } = useFactors({ carrier });
  const offered = factors.filter(({ methods }) => !method || methods.includes(method));
  return (
    <Select
      id={id}
      aria-label={placeholder}
      allowClear
      showSearch={{ optionFilterProp: 'search' }}
      loading={isPending}
      placeholder={placeholder}
      value={value}
      onChange={onChange}
      popupMatchSelectWidth={false}
      style={{ width: '100%' }}
      options={offered.map((factor) => ({
        value: factor.id,
        label: `${factor.id} (${factor.value})`,
        search: `${factor.id} ${factor.value} ${t(`esg.family.${factor.family}`)} ${factor.publisher}`,
        factor,
      }))}
      optionRender={({ data: { factor } }) => (
        <span className={styles.factor}>
          <span className="mono">{factor.id}</span>
          <span className={styles.factorLine}>
            <span>
              <strong>{factor.value}</strong> {factorUnit(factor)}
            </span>
            <FamilyName family={factor.family} />
            <ConfirmedMark factor={factor} />
          </span>
        </span>
      )}
    />
  );
}
