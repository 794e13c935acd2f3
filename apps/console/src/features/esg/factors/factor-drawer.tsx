import { Button, Drawer } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../../app/session.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { Panel } from '../../../components/panel.tsx';
import { Splash } from '../../../components/splash.tsx';
import shared from '../shared/shared.module.css';
import { FactorDetail } from './factor-detail.tsx';
import { FactorVersions } from './factor-versions.tsx';
import { SupersedeForm } from './supersede-form.tsx';
import { useFactorHistory } from './use-factor-library.ts';

/** One factor with its source, its versions and the form that puts another in its place. */
export function FactorDrawer({ id, onClose }: { id: string; onClose(): void }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const [superseding, setSuperseding] = useState(false);
  const { data: versions, error, refetch } = useFactorHistory(id);
  const current = versions?.[0];
  const edits = current && !current.supersededBy && may('esg.factor.write');
  return (
    <Drawer
      open
      size={620}
      title={<span className="mono">{current?.key ?? id}</span>}
      onClose={onClose}
      extra={edits && !superseding && <Button onClick={() => setSuperseding(true)}>{t('esg.supersede.button')}</Button>}
    >
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!current && !error && <Splash />}
      {current && (
        <div className={shared.stack}>
          {superseding && (
            <Panel title={t('esg.supersede.title')}>
              <SupersedeForm factor={current} onDone={() => setSuperseding(false)} />
            </Panel>
          )}
          <FactorDetail factor={current} />
          <Panel title={t('esg.factor.versions')}>
            <FactorVersions versions={versions} />
          </Panel>
        </div>
      )}
    </Drawer>
  );
}
