import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet, useLocation } from 'react-router';
import { EvidenceDrawer } from '../../components/evidence/evidence-drawer-host.tsx';
import { Splash } from '../../components/splash.tsx';
import { useLiveJobs } from '../../features/jobs/use-jobs.ts';
import styles from './shell.module.css';
import { ShortcutHelp } from './shortcut-help.tsx';
import { SideNavigation } from './side-navigation.tsx';
import { TopBar } from './top-bar.tsx';
import { useDocumentTitle } from './use-document-title.ts';
import { useNarrow } from './use-narrow.ts';
import { useShortcuts } from './use-shortcuts.ts';

const CommandPalette = lazy(async () => ({
  default: (await import('./palette/command-palette.tsx')).CommandPalette,
}));

/** Everything around a page: navigation, top bar, shortcuts, and the evidence drawer that any figure opens. */
export function Shell() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const { narrow, toggle } = useNarrow();
  const { opened, open, close } = useShortcuts();
  useDocumentTitle();
  useLiveJobs();
  return (
    <div className={styles.frame} data-narrow={narrow}>
      <a className={styles.skip} href="#content">
        {t('shell.skip')}
      </a>
      <SideNavigation narrow={narrow} onToggle={toggle} />
      <TopBar onHelp={() => open('help')} onFind={() => open('palette')} />
      <main id="content" className={styles.main} tabIndex={-1} key={pathname}>
        <Suspense fallback={<Splash />}>
          <Outlet />
        </Suspense>
      </main>
      <EvidenceDrawer />
      <ShortcutHelp open={opened === 'help'} onClose={close} />
      {opened === 'palette' && (
        <Suspense>
          <CommandPalette onClose={close} />
        </Suspense>
      )}
    </div>
  );
}
