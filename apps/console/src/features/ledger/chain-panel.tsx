import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/i18n/use-format.ts';
import { useSession } from '../../app/session.tsx';
import { CopyText } from '../../components/copy-text.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Panel } from '../../components/panel.tsx';
import { anchorText } from './anchor.ts';
import { AnchorForm } from './anchor-form.tsx';
import styles from './chain-panel.module.css';
import { ChainResult } from './chain-result.tsx';
import { useHead, useVerifyChain } from './use-ledger.ts';

/** The chain as a whole: its head, to keep elsewhere, and the walk that proves no entry was touched. */
export function ChainPanel() {
  const { t } = useTranslation();
  const format = useFormat();
  const { may } = useSession();
  const { data: head } = useHead();
  const verify = useVerifyChain();
  const [anchoring, setAnchoring] = useState(false);
  return (
    <div className={styles.place}>
      <Panel
        title={t('ledger.chain.title')}
        extra={
          may('ledger.chain.verify') && (
            <span className={styles.buttons}>
              <Button onClick={() => setAnchoring(!anchoring)} aria-expanded={anchoring}>
                {t('ledger.chain.checkAnchor')}
              </Button>
              <Button type="primary" loading={verify.isPending} onClick={() => verify.mutate(undefined)}>
                {t('ledger.chain.verify')}
              </Button>
            </span>
          )
        }
      >
        {head && (
          <p className={styles.head}>
            <span>{t('ledger.chain.head', { n: format.number(head.sequence, 0) })}</span>
            <code>{head.hash}</code>
            <CopyText text={anchorText(head)} label={t('ledger.chain.copy')} />
          </p>
        )}
        <p className="faint">{t('ledger.chain.hint')}</p>
        {anchoring && <AnchorForm pending={verify.isPending} onCheck={verify.mutate} />}
        {verify.error && <ErrorNotice error={verify.error} />}
        {verify.data && <ChainResult result={verify.data} anchored={verify.variables !== undefined} />}
      </Panel>
    </div>
  );
}
