import { useTranslation } from 'react-i18next';
import { EvidenceLink } from '../../../components/evidence/evidence-link.tsx';
import { type Figure, FigureStrip } from '../../../components/figure-strip.tsx';
import { printDecimal } from '../shared/decimal.ts';
import type { EmissionResult } from '../types.ts';
import styles from './emissions.module.css';

const shown = ['scope1', 'scope2Location', 'scope2Market', 'total', 'totalMarket'] as const;

/** Scope 1, the two Scope 2 side by side, and both totals; each opens its evidence, and says when it lacks something. */
export function Totals({ id, result }: { id: string; result: EmissionResult }) {
  const { t } = useTranslation();
  const figures = shown.map(
    (key): Figure => ({
      key,
      label: t(`esg.total.${key}`),
      value: (
        <EvidenceLink id={id}>
          {result.incomplete.includes(key) && '≥ '}
          {printDecimal(result.totals[key], 2)}
        </EvidenceLink>
      ),
      note: `t CO₂e · ${result.incomplete.includes(key) ? t('esg.incomplete.mark') : t(`esg.totalNote.${key}`)}`,
    }),
  );
  const lacksEnergy = result.warnings.some(({ code }) => code === 'esg.steam-state-missing');
  const energy: Figure = {
    key: 'energy',
    label: t('esg.total.energy'),
    value: (
      <EvidenceLink id={id}>
        {lacksEnergy && '≥ '}
        {printDecimal(result.energy.totalMWh, 2)}
      </EvidenceLink>
    ),
    note: `MWh · ${t('esg.totalNote.energy', { direct: printDecimal(result.energy.directMWh, 0) })}`,
  };
  return (
    <div className={styles.totals}>
      <FigureStrip figures={[...figures, energy]} />
    </div>
  );
}
