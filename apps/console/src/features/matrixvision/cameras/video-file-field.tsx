import { VideoCameraAddOutlined } from '@ant-design/icons';
import { Button, Progress, Upload } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { upload } from '../../cloud/import/upload.ts';
import styles from './cameras.module.css';

interface VideoFileFieldProps {
  readonly id?: string;
  readonly value?: { readonly blob: string; readonly fileName: string };
  onChange?(value: { blob: string; fileName: string } | undefined): void;
  onUploading(isUploading: boolean): void;
  /** A name for the camera, from the file's. */
  onName(name: string): void;
}

/** Takes a video file and sends it off at once, with its progress. */
export function VideoFileField({ id, value, onChange, onUploading, onName }: VideoFileFieldProps) {
  const { t } = useTranslation();
  const [progress, setProgress] = useState<number>();
  const [error, setError] = useState<unknown>();
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const send = async (file: File) => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    setError(undefined);
    setProgress(0);
    onUploading(true);
    onName(file.name.replace(/\.[^.]+$/, ''));
    try {
      const { hash } = await upload('/api/cloud/uploads', file, { onProgress: setProgress, signal: controller.signal });
      onChange?.({ blob: hash, fileName: file.name });
    } catch (problem) {
      if (!controller.signal.aborted) setError(problem);
    } finally {
      if (running.current === controller) {
        setProgress(undefined);
        onUploading(false);
      }
    }
  };
  return (
    <div className={styles.upload}>
      <Upload.Dragger
        id={id}
        accept="video/*,.mkv,.ts,.gif"
        showUploadList={false}
        beforeUpload={(file) => {
          void send(file);
          return false;
        }}
      >
        <p style={{ fontSize: 26 }}>
          <VideoCameraAddOutlined />
        </p>
        <p>
          <strong data-raw={value ? true : undefined}>{value?.fileName ?? t('video.cameras.drop')}</strong>
        </p>
        <p className="faint">{t(value ? 'video.cameras.dropOther' : 'video.cameras.dropHint')}</p>
      </Upload.Dragger>
      {progress !== undefined && (
        <>
          <Progress percent={Math.floor(progress * 100)} size="small" />
          <Button size="small" onClick={() => running.current?.abort()}>
            {t('actions.cancel')}
          </Button>
        </>
      )}
      {error !== undefined && <ErrorNotice error={error} />}
    </div>
  );
}
