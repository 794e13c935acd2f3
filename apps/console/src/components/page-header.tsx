import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './page-header.module.css';

interface PageHeaderProps {
  /** Id of the page; its title and sentence are those of the navigation. */
  readonly page: string;
  /** Instead of the page's own: the name of what it shows. */
  readonly title?: string;
  readonly children?: ReactNode;
}

export function PageHeader({ page, title, children }: PageHeaderProps) {
  const { t } = useTranslation();
  return (
    <header className={styles.header}>
      <div className={styles.texts}>
        <h1>{title ?? t(`pages.${page}.title`)}</h1>
        <p>{t(`pages.${page}.sentence`)}</p>
      </div>
      {children && <div className={styles.actions}>{children}</div>}
    </header>
  );
}
