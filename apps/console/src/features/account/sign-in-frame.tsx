import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { LanguageMenu } from '../../app/shell/language-menu.tsx';
import { ThemeMenu } from '../../app/shell/theme-menu.tsx';
import { Seal } from '../../components/evidence/seal.tsx';
import styles from './sign-in-frame.module.css';

/** The page before the console: what this is on the left, what to do on the right. */
export function SignInFrame({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <div className={styles.frame}>
      <aside className={styles.aside}>
        <div className={styles.brand}>
          <img src="/mark.svg" alt="" />
          Millwright
        </div>
        <p className={styles.claim}>{t('signIn.claim')}</p>
        <p className={styles.proof}>
          <Seal />
          <span>{t('signIn.proof')}</span>
        </p>
      </aside>
      <main className={styles.main}>
        <div className={styles.menus}>
          <LanguageMenu />
          <ThemeMenu />
        </div>
        <div className={styles.form}>
          <h1>{title}</h1>
          <p className="soft">{text}</p>
          {children}
        </div>
      </main>
    </div>
  );
}
