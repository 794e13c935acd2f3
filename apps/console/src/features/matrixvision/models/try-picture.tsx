import { PictureOutlined } from '@ant-design/icons';
import { Button, Select, Upload } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useTerm } from '../../../app/i18n/use-term.ts';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { upload } from '../../cloud/import/upload.ts';
import { hasPictures, isRunning } from '../shared/is-running.ts';
import { useCameras } from '../shared/use-cameras.ts';
import type { ModelTrial, TriedModel } from '../types.ts';
import styles from './models.module.css';
import { tryModel } from './use-models.ts';

interface TryPictureProps {
  /** What is tried, and for which site. */
  readonly trial: ModelTrial;
  readonly disabled?: boolean;
}

interface Shown {
  readonly source: string;
  readonly tried: TriedModel;
}

/** Looks at a picture, or at what a camera sees now, with a model, and shows the boxes and how long it took. */
export function TryPicture({ trial, disabled = false }: TryPictureProps) {
  const { t } = useTranslation();
  const cameras = (useCameras().data ?? []).filter((camera) => isRunning(camera) && hasPictures(camera.state));
  const [shown, setShown] = useState<Shown>();
  const [error, setError] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  useEffect(() => () => URL.revokeObjectURL(shown?.source ?? ''), [shown]);
  const run = async (find: (signal: AbortSignal) => Promise<{ more: Partial<ModelTrial>; source?: string }>) => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    setError(undefined);
    setBusy(true);
    try {
      const { more, source } = await find(controller.signal);
      const tried = await tryModel({ ...trial, ...more });
      if (controller.signal.aborted) return;
      setShown({ tried, source: source ?? `data:image/jpeg;base64,${tried.seen?.jpeg ?? ''}` });
    } catch (problem) {
      if (!controller.signal.aborted) setError(problem);
    } finally {
      if (running.current === controller) setBusy(false);
    }
  };
  const runOnFile = (file: File) =>
    run(async (signal) => {
      const { hash } = await upload('/api/matrixvision/models/files', file, { onProgress: () => undefined, signal });
      return { more: { picture: hash }, source: URL.createObjectURL(file) };
    });
  return (
    <div>
      <div className={styles.buttons}>
        <Upload
          accept="image/*"
          showUploadList={false}
          disabled={disabled || isBusy}
          beforeUpload={(file) => {
            void runOnFile(file);
            return false;
          }}
        >
          <Button icon={<PictureOutlined />} loading={isBusy} disabled={disabled}>
            {t('video.models.tryFile')}
          </Button>
        </Upload>
        {cameras.length > 0 && (
          <Select<string>
            aria-label={t('video.models.tryCamera')}
            placeholder={t('video.models.tryCamera')}
            disabled={disabled || isBusy}
            value={null}
            onChange={(cameraId) => void run(async () => ({ more: { cameraId } }))}
            options={cameras.map(({ id, name }) => ({ value: id, label: name }))}
            style={{ minWidth: 200 }}
          />
        )}
      </div>
      {error !== undefined && <ErrorNotice error={error} />}
      {shown?.tried.seen && <Seen source={shown.source} seen={shown.tried.seen} provider={shown.tried.provider} />}
    </div>
  );
}

function Seen({ source, seen, provider }: { source: string; seen: NonNullable<TriedModel['seen']>; provider: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const term = useTerm();
  return (
    <>
      <p className={styles.result} role="status">
        {t('video.models.found', {
          n: format.number(seen.detections.length, 0),
          ms: format.number(seen.milliseconds, 1),
          provider: provider.toUpperCase(),
        })}
      </p>
      <div className={styles.picture}>
        <img src={source} alt={t('video.models.tried')} />
        {seen.detections.map(({ label, score, box }) => (
          <i
            key={`${label} ${box.x} ${box.y} ${score}`}
            className={styles.box}
            style={{
              left: `${box.x * 100}%`,
              top: `${box.y * 100}%`,
              width: `${box.width * 100}%`,
              height: `${box.height * 100}%`,
            }}
          >
            <span data-raw>
              {term('label', label)} {format.percent(score, 0)}
            </span>
          </i>
        ))}
      </div>
    </>
  );
}
