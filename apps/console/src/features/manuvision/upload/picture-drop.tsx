import { FolderOpenOutlined, PictureOutlined } from '@ant-design/icons';
import { Button, Upload } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './upload.module.css';

interface PictureDropProps {
  readonly title: string;
  readonly hint: string;
  onFiles(files: readonly File[]): void;
  /** Another way to choose; left out: single pictures. */
  readonly children?: ReactNode;
}

/** Takes a folder or single pictures, dropped or chosen. */
export function PictureDrop({ title, hint, onFiles, children }: PictureDropProps) {
  const { t } = useTranslation();
  const take = (file: File, all: readonly File[]) => {
    // Called once for each of the files that came together.
    if (file === all[0]) onFiles(all);
    return false;
  };
  return (
    <div className={styles.dropPlace}>
      <Upload.Dragger directory multiple showUploadList={false} beforeUpload={take}>
        <p className={styles.dropIcon}>
          <FolderOpenOutlined />
        </p>
        <p>
          <strong>{title}</strong>
        </p>
        <p className="soft">{hint}</p>
      </Upload.Dragger>
      {children ?? (
        <Upload accept="image/*,.tif,.tiff,.bmp,.pgm,.ppm" multiple showUploadList={false} beforeUpload={take}>
          <Button icon={<PictureOutlined />}>{t('parts.upload.files')}</Button>
        </Upload>
      )}
    </div>
  );
}
