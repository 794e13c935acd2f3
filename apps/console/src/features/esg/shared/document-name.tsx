import { FileOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { StoredDocument } from '../types.ts';

/** A stored document by its name; its hash is what evidence pins. */
export function DocumentName({ document }: { document: StoredDocument | undefined }) {
  const { t } = useTranslation();
  if (!document) return <span className="faint">{t('esg.document.none')}</span>;
  return (
    <span title={`SHA-256 ${document.hash}`}>
      <FileOutlined /> {document.name}
    </span>
  );
}
