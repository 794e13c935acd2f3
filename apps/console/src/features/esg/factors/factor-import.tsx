import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Drawer, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { Splash } from '../../../components/splash.tsx';
import { useNotify } from '../../../components/use-notify.ts';
import { uploadFile } from '../shared/upload-file.ts';
import { FactorImportLists } from './factor-import-lists.tsx';
import styles from './factors.module.css';
import { useFactorImport, useFactorPreview } from './use-factor-library.ts';

/** Shows what a table of factors would change, row by row, before anything changes. */
export function FactorImport({ file, onClose }: { file: File; onClose(): void }) {
  const { t } = useTranslation();
  const { done } = useNotify();
  const [replaces, setReplaces] = useState(false);
  const [reason, setReason] = useState('');
  const existing = replaces ? ('supersede' as const) : ('reject' as const);
  const previewing = useFactorPreview();
  const upload = useQuery({
    queryKey: ['esg', 'upload', file.name, file.size, file.lastModified],
    queryFn: () => uploadFile(file),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const preview = useQuery({
    queryKey: ['esg', 'factor-preview', upload.data?.hash, existing],
    enabled: upload.data !== undefined,
    retry: false,
    queryFn: () => previewing.mutateAsync({ hash: upload.data!.hash, fileName: file.name, existing }),
  });
  const save = useFactorImport();
  const error = upload.error ?? preview.error ?? save.error;
  const count = preview.data ? preview.data.accepted.length + preview.data.superseded.length : 0;
  const run = () =>
    save.mutate(
      { hash: upload.data!.hash, fileName: file.name, existing, ...(reason.trim() && { reason: reason.trim() }) },
      {
        onSuccess: ({ accepted, superseded }) => {
          done(t('esg.factorImport.done', { n: accepted.length + superseded.length }));
          onClose();
        },
      },
    );
  return (
    <Drawer open size={620} title={t('esg.factorImport.title', { name: file.name })} onClose={onClose}>
      <Checkbox checked={replaces} onChange={({ target }) => setReplaces(target.checked)}>
        {t('esg.factorImport.supersede')}
      </Checkbox>
      {replaces && (
        <Input.TextArea
          rows={2}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
          placeholder={t('esg.factorImport.reason')}
          aria-label={t('esg.reason')}
          style={{ marginTop: 8 }}
        />
      )}
      {error && <ErrorNotice error={error} />}
      {!preview.data && !error && <Splash />}
      {preview.data && (
        <div className={styles.lists}>
          <FactorImportLists result={preview.data} />
          <span>
            <Button type="primary" disabled={count === 0} loading={save.isPending} onClick={run}>
              {t('esg.factorImport.submit', { n: count })}
            </Button>
          </span>
        </div>
      )}
    </Drawer>
  );
}
