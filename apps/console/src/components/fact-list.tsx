import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/i18n/use-format.ts';
import { useTerm } from '../app/i18n/use-term.ts';
import styles from './fact-list.module.css';
import { entriesOf, isTable, wordsOf } from './fact-shape.ts';
import { FactTable } from './fact-table.tsx';

/** Any plain JSON as names and values, nested as it is; tables of alike rows become tables. */
export function Facts({ value }: { value: unknown }) {
  const { t } = useTranslation();
  const term = useTerm();
  if (typeof value !== 'object' || value === null) return <FactValue value={value} />;
  const entries = entriesOf(value);
  if (entries.length === 0) return <span className="faint">{t('facts.none')}</span>;
  return (
    <dl className={styles.facts}>
      {entries.map(([name, inner]) => (
        <div key={name} data-nested={typeof inner === 'object' && inner !== null}>
          <dt>{term('field', name, wordsOf(name))}</dt>
          <dd>{isTable(inner) ? <FactTable rows={inner} /> : <Facts value={inner} />}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Numbers in full: this is where someone compares digits. */
export function FactValue({ value }: { value: unknown }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  if (value === null || value === undefined) return <span className="faint">–</span>;
  if (typeof value === 'number') return format.number(value, 12);
  if (typeof value === 'boolean') return t(value ? 'facts.yes' : 'facts.no');
  const text = String(value);
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text)) return <time dateTime={text}>{format.dateTime(text)}</time>;
  return <span className={/^[0-9a-f-]{32,}$/.test(text) ? 'mono wrap' : 'wrap'}>{text}</span>;
}
