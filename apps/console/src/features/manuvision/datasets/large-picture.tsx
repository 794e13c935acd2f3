import { Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { HashText } from '../../../components/hash-text.tsx';
import { picturePath, thumbnailPath } from '../shared/paths.ts';
import type { PartPicture } from '../types.ts';
import styles from './dataset.module.css';

interface LargePictureProps {
  readonly datasetId: string;
  readonly picture: PartPicture;
  onClose(): void;
}

/** A picture as it came; where the browser cannot show the format, in small. */
export function LargePicture({ datasetId, picture, onClose }: LargePictureProps) {
  const { t } = useTranslation();
  const [isBroken, setBroken] = useState(false);
  const { id, fileName, width, height, hash, group } = picture;
  const file = picturePath(datasetId, id);
  return (
    <Modal open onCancel={onClose} footer={null} width="min(1100px, 92vw)" title={<span data-raw>{fileName}</span>}>
      <img
        className={styles.large}
        src={isBroken ? thumbnailPath(datasetId, id) : file}
        alt={fileName}
        onError={() => setBroken(true)}
      />
      <p className={styles.largeFacts}>
        {width} × {height} · {t('parts.group')} <span data-raw>{group}</span> · <HashText hash={hash} /> ·{' '}
        <a href={file} download={fileName}>
          {t('parts.picture.download')}
        </a>
      </p>
    </Modal>
  );
}
