import { Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { languageNames, languages } from '../../app/i18n/languages.ts';
import { useLanguage } from '../../app/i18n/use-language.ts';
import { useSession } from '../../app/session.tsx';
import { useChooseLanguage } from '../../app/shell/use-choose-language.ts';
import { useTheme } from '../../app/theme/theme-context.tsx';
import { Facts } from '../../components/fact-list.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { Panel } from '../../components/panel.tsx';
import { useNotify } from '../../components/use-notify.ts';
import { useSiteNames } from '../access/use-site-names.ts';
import styles from './account-page.module.css';
import { PasswordForm } from './password-form.tsx';

export function AccountPage() {
  const { t } = useTranslation();
  const { user } = useSession();
  const { done } = useNotify();
  const siteNames = useSiteNames();
  return (
    <>
      <PageHeader page="account" />
      <div className={styles.columns}>
        <div>
          <Panel title={t('account.who')}>
            <Facts
              value={{
                [t('access.name')]: user.name,
                [t('access.displayName')]: user.displayName || null,
                [t('access.role')]: `${t(`roles.${user.role}`)}: ${t(`roleHints.${user.role}`)}`,
                [t('access.sites')]: siteNames(user.siteIds),
              }}
            />
          </Panel>
          <Panel title={t('account.look')}>
            <Preferences />
          </Panel>
        </div>
        <Panel title={t('account.password')}>
          <PasswordForm onDone={() => done(t('password.changed'))} />
        </Panel>
      </div>
    </>
  );
}

function Preferences() {
  const { t } = useTranslation();
  const language = useLanguage();
  const chooseLanguage = useChooseLanguage();
  const { choice, choose } = useTheme();
  return (
    <div className={styles.preferences}>
      <span>{t('shell.language')}</span>
      <Radio.Group
        value={language}
        onChange={(event) => chooseLanguage(event.target.value)}
        options={languages.map((value) => ({ value, label: languageNames[value] }))}
      />
      <span>{t('theme.title')}</span>
      <Radio.Group
        value={choice}
        onChange={(event) => choose(event.target.value)}
        options={(['light', 'dark', 'system'] as const).map((value) => ({ value, label: t(`theme.${value}`) }))}
      />
    </div>
  );
}
