import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../../app/i18n/use-format.ts';
import { useClassName } from '../../shared/use-class-name.ts';
import styles from '../labelling.module.css';
import type { Suggestions } from '../use-suggestions.ts';

/** What the model proposes, to be taken or left. */
export function SuggestionBar({ suggestions }: { suggestions: Suggestions }) {
  const { t } = useTranslation();
  const format = useFormat();
  const classText = useClassName();
  const { items, current, verdict } = suggestions;
  if (!verdict) return null;
  const { label, class: name, score, inspection } = verdict;
  const said = label === 'good' ? t('parts.labels.good') : classText(name ?? 'defect');
  return (
    <div className={styles.notice} role="status">
      <span>
        <span data-raw>{inspection.name}</span> {t('parts.versionNumber', { n: inspection.version })}
        {': '}
        <b data-raw>{said}</b>
        {score !== null && ` · ${t('parts.score')} ${format.number(score, 2)}`}
        {' · '}
        {t('labelling.suggestions', { n: format.number(items.length, 0) })}
      </span>
      <span className={styles.group}>
        {current && (
          <>
            <Button size="small" type="primary" onClick={() => suggestions.accept(current)}>
              {t('labelling.accept')} <kbd>Enter</kbd>
            </Button>
            <Button size="small" onClick={suggestions.acceptAll}>
              {t('labelling.acceptAll')} <kbd>Shift Enter</kbd>
            </Button>
            <Button size="small" onClick={() => suggestions.reject(current)}>
              {t('labelling.reject')} <kbd>X</kbd>
            </Button>
          </>
        )}
        <Button size="small" type="text" onClick={suggestions.close}>
          {t('actions.close')} <kbd>Esc</kbd>
        </Button>
      </span>
    </div>
  );
}
