import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import type { Figure } from '../types.ts';
import { printDecimal } from './decimal.ts';
import styles from './shared.module.css';

interface FigurePickerProps {
  readonly figures: readonly Figure[];
  readonly value: string | undefined;
  onChange(id: string): void;
  readonly children?: React.ReactNode;
}

/** Chooses among the figures recorded so far; each stays as it was, whatever came later. */
export function FigurePicker({ figures, value, onChange, children }: FigurePickerProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = ({ type, label, total, incomplete, at, by }: Figure) => {
    const what = type === 'esg.emissions' ? t('esg.figures.calculator') : label;
    return `${what} · ${incomplete ? '≥ ' : ''}${printDecimal(total, 2)} t CO₂e · ${format.minute(at)} · ${by}`;
  };
  return (
    <div className={styles.recorded}>
      <label htmlFor="figure">{t('esg.figures.recorded')}</label>
      <Select
        id="figure"
        value={figures.some(({ id }) => id === value) ? value : undefined}
        placeholder={value}
        onChange={onChange}
        showSearch={figures.length > 8 ? { optionFilterProp: 'label' } : false}
        popupMatchSelectWidth={false}
        style={{ minWidth: 320 }}
        options={figures.map((figure) => ({ value: figure.id, label: nameOf(figure) }))}
      />
      {children}
    </div>
  );
}
