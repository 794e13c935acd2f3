import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { EvidenceLink } from '../../../components/evidence/evidence-link.tsx';
import { printDecimal } from '../shared/decimal.ts';
import { FactorUseView } from '../shared/factor-use.tsx';
import type { EmissionAnswer } from '../types.ts';
import styles from './emissions.module.css';

interface CalculatorResultProps {
  readonly answer: EmissionAnswer;
  onFigure(id: string): void;
}

export function CalculatorResult({ answer, onFigure }: CalculatorResultProps) {
  const { t } = useTranslation();
  return (
    <section className={styles.result} aria-live="polite">
      <span className={styles.tonnes}>
        <EvidenceLink id={answer.evidence}>
          {printDecimal(answer.exact, 2)} <span className={styles.unit}>t CO₂e</span>
        </EvidenceLink>
      </span>
      <code className={`${styles.formula} ${styles.whole}`}>{answer.result.lines[0]?.formula}</code>
      <span className="faint">{t('esg.calculator.exact', { value: answer.exact })}</span>
      <FactorUseView factor={answer.factor} />
      <span>
        <Button onClick={() => onFigure(answer.evidence)}>{t('esg.calculator.open')}</Button>
      </span>
    </section>
  );
}
