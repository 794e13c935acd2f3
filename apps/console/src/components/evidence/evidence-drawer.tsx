import { Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import { CopyText } from '../copy-text.tsx';
import { ErrorNotice } from '../error-notice.tsx';
import { Splash } from '../splash.tsx';
import { ActionView } from './action-view.tsx';
import { ChainPlace } from './chain-place.tsx';
import { EntryHead } from './entry-head.tsx';
import { findingOf } from './finding.ts';
import { FindingView } from './finding-view.tsx';
import { useEntry } from './use-evidence.ts';

/** One entry of the ledger: for a finding its evidence and the button that proves it, for an action what was done. */
export function EvidenceDrawerContents({ id, onClose }: { id: string; onClose(): void }) {
  const { t } = useTranslation();
  const { data: entry, error, refetch } = useEntry(id);
  const finding = entry && findingOf(entry);
  return (
    <Drawer
      open
      size={640}
      onClose={onClose}
      title={t(entry?.kind === 'action' ? 'evidence.action' : 'evidence.title')}
      extra={<CopyText text={id} label={t('evidence.copyId')} />}
    >
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!entry && !error && <Splash />}
      {entry && <EntryHead entry={entry} />}
      {entry && (finding ? <FindingView id={entry.id} finding={finding} /> : <ActionView entry={entry} />)}
      {entry && <ChainPlace entry={entry} />}
    </Drawer>
  );
}
