import { DeleteOutlined, FileOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { HashText } from '../../../components/hash-text.tsx';
import type { StoredDocument } from '../types.ts';
import { FileButton } from './file-button.tsx';
import styles from './shared.module.css';
import { uploadFile } from './upload-file.ts';

interface DocumentFieldProps {
  readonly value?: StoredDocument;
  onChange?(document: StoredDocument | undefined): void;
}

/** The bill or certificate that a statement rests on: stored at once, and named by its hash from then on. */
export function DocumentField({ value, onChange }: DocumentFieldProps) {
  const { t } = useTranslation();
  const upload = useMutation({ mutationFn: uploadFile, onSuccess: (document) => onChange?.(document) });
  if (value)
    return (
      <span className={styles.document}>
        <FileOutlined /> {value.name} <HashText hash={value.hash} />
        <Button
          type="text"
          size="small"
          icon={<DeleteOutlined />}
          aria-label={t('esg.document.remove')}
          onClick={() => onChange?.(undefined)}
        />
      </span>
    );
  return (
    <>
      <FileButton
        accept=".pdf,.png,.jpg,.jpeg,.xlsx,.csv,.xml,.ofd,.zip"
        loading={upload.isPending}
        onFile={upload.mutate}
      >
        {t('esg.document.choose')}
      </FileButton>
      {upload.error && <ErrorNotice error={upload.error} />}
    </>
  );
}
