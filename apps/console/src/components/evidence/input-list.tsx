import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/i18n/use-format.ts';
import { Facts } from '../fact-list.tsx';
import { HashText } from '../hash-text.tsx';
import styles from './evidence.module.css';
import type { PinnedInput } from './finding.ts';

interface InputListProps {
  readonly inputs: readonly PinnedInput[];
  isChanged(input: PinnedInput): boolean;
}

/** What went in: what it was, how much of it, and the hash it had then. */
export function InputList({ inputs, isChanged }: InputListProps) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  if (inputs.length === 0) return <p className="faint">{t('evidence.noInputs')}</p>;
  const kindName = (kind: string) => (i18n.exists(`evidence.kinds.${kind}`) ? t(`evidence.kinds.${kind}`) : kind);
  return inputs.map((input) => (
    <div
      key={`${input.sha256} ${JSON.stringify(input.reference)}`}
      className={styles.input}
      data-changed={isChanged(input)}
    >
      <div className={styles.inputHead}>
        <strong>{kindName(input.kind)}</strong>
        {input.count !== undefined && (
          <span className={styles.size}>{t('evidence.count', { n: format.number(input.count, 0) })}</span>
        )}
        <span className={styles.hash}>
          SHA-256 <HashText hash={input.sha256} />
        </span>
      </div>
      <Facts value={input.reference} />
    </div>
  ));
}
