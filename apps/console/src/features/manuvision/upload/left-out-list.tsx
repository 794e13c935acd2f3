import { useTranslation } from 'react-i18next';
import styles from './upload.module.css';

/** More lines nobody reads. */
const mostShown = 300;

interface LeftOutListProps {
  readonly title: string;
  readonly lines: readonly { readonly name: string; readonly reason: string }[];
}

/** Files with the reason why they, or something of them, were left out. */
export function LeftOutList({ title, lines }: LeftOutListProps) {
  const { t } = useTranslation();
  if (lines.length === 0) return null;
  return (
    <details className={styles.refused} open={lines.length <= 10}>
      <summary>{title}</summary>
      <ul>
        {lines.slice(0, mostShown).map(({ name, reason }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two files may have one name; the list only grows.
          <li key={at}>
            {name && <b data-raw>{name}</b>} <span className="soft">{reason}</span>
          </li>
        ))}
        {lines.length > mostShown && <li>{t('parts.upload.more', { n: lines.length - mostShown })}</li>}
      </ul>
    </details>
  );
}
