import { InboxOutlined } from '@ant-design/icons';
import { Button, Drawer, Progress, Select, Upload } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSite } from '../../../app/site.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { upload } from '../../cloud/import/upload.ts';
import { useSites } from '../../cloud/use-plant.ts';
import type { DescribedModel } from '../types.ts';
import { type CardDraft, problemsOfCard } from './card-draft.ts';
import { CardFields } from './card-fields.tsx';
import styles from './models.module.css';
import { TryPicture } from './try-picture.tsx';
import { describeModel, useAddModel } from './use-models.ts';

interface Network {
  readonly hash: string;
  readonly fileName: string;
  readonly ports: Pick<DescribedModel, 'inputs' | 'outputs'>;
}

/** An ONNX file with its card: dropped together or alone, filled in from its shapes, tried on a picture, registered. */
export function AddModel({ onClose }: { onClose(): void }) {
  const { t } = useTranslation();
  const sites = useSites();
  const chosen = useSite().siteId ?? sites[0]?.id;
  const [siteId, setSiteId] = useState(chosen);
  const [network, setNetwork] = useState<Network>();
  const [card, setCard] = useState<CardDraft>({ version: '1' });
  const [progress, setProgress] = useState<number>();
  const [error, setError] = useState<unknown>();
  const add = useAddModel();
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  const takeNetwork = async (file: File, given: CardDraft | undefined) => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    setError(undefined);
    setProgress(0);
    try {
      const options = { onProgress: setProgress, signal: controller.signal };
      const { hash } = await upload('/api/matrixvision/models/files', file, options);
      const { card: guessed, ...ports } = await describeModel(hash);
      setNetwork({ hash, fileName: file.name, ports });
      const name = file.name.replace(/\.onnx$/i, '');
      setCard((before) => given ?? { ...before, name, ...guessed });
    } catch (problem) {
      if (!controller.signal.aborted) setError(problem);
    } finally {
      if (running.current === controller) setProgress(undefined);
    }
  };
  const takeFiles = async (files: readonly File[]) => {
    const cardFile = files.find(({ name }) => name.endsWith('.json'));
    const networkFile = files.find(({ name }) => !name.endsWith('.json'));
    const given = cardFile && (await cardFrom(cardFile).catch(setError));
    if (given) setCard(given);
    if (networkFile) await takeNetwork(networkFile, given || undefined);
  };
  const register = async () => {
    if (!network || !siteId) return;
    setError(undefined);
    try {
      await add.mutateAsync({ siteId, network: network.hash, fileName: network.fileName, card });
      onClose();
    } catch (problem) {
      setError(problem);
    }
  };
  const isReady = network !== undefined && siteId !== undefined && problemsOfCard(card).length === 0;
  return (
    <Drawer open size={620} title={t('video.models.add')} onClose={onClose}>
      <div className={styles.upload}>
        <Upload.Dragger
          accept=".onnx,.json"
          multiple
          showUploadList={false}
          beforeUpload={(file, files) => {
            // Called once for each of those dropped together.
            if (file === files[0]) void takeFiles(files);
            return false;
          }}
        >
          <p style={{ fontSize: 26 }}>
            <InboxOutlined />
          </p>
          <p>
            <strong data-raw={network ? true : undefined}>{network?.fileName ?? t('video.models.drop')}</strong>
          </p>
          <p className="faint">{t('video.models.dropHint')}</p>
        </Upload.Dragger>
        {progress !== undefined && (
          <>
            <Progress percent={Math.floor(progress * 100)} size="small" />
            {progress >= 1 && <p className="soft">{t('video.models.reading')}</p>}
          </>
        )}
      </div>
      {network && (
        <>
          <p className={styles.ports}>
            {t('video.models.ports')} <code>{portsText(network.ports.inputs)}</code> →{' '}
            <code>{portsText(network.ports.outputs)}</code>
          </p>
          {sites.length > 1 && (
            <div className={styles.field}>
              <label htmlFor="model-site">{t('shell.site')}</label>
              <Select
                id="model-site"
                style={{ width: '100%' }}
                value={siteId}
                onChange={setSiteId}
                options={sites.map(({ id, name }) => ({ value: id, label: name }))}
              />
            </div>
          )}
          <CardFields key={network.hash} card={card} onChange={setCard} />
          <h3 className={styles.section}>{t('video.models.try')}</h3>
          {siteId && <TryPicture trial={{ siteId, network: network.hash, card }} disabled={!isReady} />}
        </>
      )}
      {error !== undefined && <ErrorNotice error={error} />}
      {network && (
        <div className={styles.buttons}>
          <Button type="primary" disabled={!isReady} loading={add.isPending} onClick={() => void register()}>
            {t('video.models.register')}
          </Button>
        </div>
      )}
    </Drawer>
  );
}

/** The members that the server puts in would only be wrong here. */
async function cardFrom(file: File): Promise<CardDraft> {
  const { file: _, sha256: __, $schema: ___, ...card } = JSON.parse(await file.text()) as Record<string, unknown>;
  return card;
}

const portsText = (ports: DescribedModel['inputs']) =>
  ports.map(({ name, type, dims }) => `${name} ${type}[${dims.join(', ')}]`).join('; ');
