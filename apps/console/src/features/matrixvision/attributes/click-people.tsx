import { CameraOutlined, PictureOutlined, UndoOutlined } from '@ant-design/icons';
import { Button, Checkbox, Segmented, Upload } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FilterSelect } from '../../../components/data-table/filter-select.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { Panel } from '../../../components/panel.tsx';
import { useParameter } from '../../../components/use-parameter.ts';
import { useCameras } from '../shared/use-cameras.ts';
import type { Attribute, Candidate } from '../types.ts';
import styles from './attributes.module.css';
import { PeopleGrid } from './people-grid.tsx';
import { useCandidates, useLook } from './use-attributes.ts';
import { type Shows, useLabelling } from './use-labelling.ts';

const lookEveryMs = 3_000;
const none: readonly Candidate[] = [];

/** People from events, from the cameras now, and from pictures of one's own, to be told apart one by one. */
export function ClickPeople({ attribute }: { attribute: Attribute }) {
  const { t } = useTranslation();
  const [camera, setCamera] = useParameter('camera');
  const [shows, setShows] = useState<Shows>('part');
  const cameras = (useCameras().data ?? []).filter(({ siteId }) => siteId === attribute.siteId);
  const { data, error, refetch } = useCandidates(attribute.id, camera);
  const labelling = useLabelling(attribute.id, data?.items ?? none, shows);
  const { items, count, add, say, undo } = labelling;
  const upload = (
    <Upload.Dragger
      accept="image/*"
      multiple
      showUploadList={false}
      className={styles.drop!}
      beforeUpload={(file, all) => {
        // Called once for each of the files that were dropped together.
        if (file === all[0]) add(all);
        return false;
      }}
    >
      <PictureOutlined /> {t('video.attributes.drop')}
    </Upload.Dragger>
  );
  return (
    <Panel
      title={t('video.attributes.click')}
      extra={
        <span className={styles.clickTools}>
          <FilterSelect
            label={t('pages.camera.title')}
            value={camera}
            onChange={setCamera}
            options={cameras.map(({ id, name }) => ({ value: id, label: name }))}
            width={130}
          />
          <LookButton attributeId={attribute.id} camera={camera} />
          <Button size="small" icon={<UndoOutlined />} disabled={count === 0} onClick={() => void undo()}>
            {t('actions.undo')} <kbd>U</kbd>
          </Button>
        </span>
      }
    >
      <div className={styles.uploads}>
        {upload}
        <span>
          <span className={styles.label}>{t('video.attributes.shows')}</span>
          <Segmented<Shows>
            size="small"
            aria-label={t('video.attributes.shows')}
            value={shows}
            onChange={setShows}
            options={[
              { value: 'part', label: t('video.attributes.showsPart') },
              { value: 'person', label: t('video.attributes.showsPerson') },
            ]}
          />
        </span>
      </div>
      {data && data.covered.length > 0 && (
        <p className={styles.covered}>{t('video.attributes.covered', { names: data.covered.join(', ') })}</p>
      )}
      {error ? (
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      ) : items.length === 0 ? (
        data && <EmptyState title={t('video.attributes.nobody')} text={t('video.attributes.nobodyNext')} />
      ) : (
        <PeopleGrid items={items} onSay={say} onUndo={() => void undo()} />
      )}
    </Panel>
  );
}

/** Looks at the cameras once, or again and again while people pass. */
function LookButton({ attributeId, camera }: { attributeId: string; camera: string | undefined }) {
  const { t } = useTranslation();
  const look = useLook(attributeId);
  const [goesOn, setGoesOn] = useState(false);
  const again = useRef(() => undefined as unknown);
  again.current = () => !look.isPending && look.mutate(camera);
  useEffect(() => {
    if (!goesOn) return;
    const timer = setInterval(() => again.current(), lookEveryMs);
    again.current();
    return () => clearInterval(timer);
  }, [goesOn]);
  // What went wrong once goes wrong again.
  useEffect(() => {
    if (look.isError) setGoesOn(false);
  }, [look.isError]);
  const { data } = look;
  return (
    <>
      <span className="soft" role="status">
        {data && t(data.cameras === 0 ? 'video.attributes.noCameras' : 'video.attributes.looked', { n: data.cameras })}
      </span>
      <Checkbox checked={goesOn} onChange={(event) => setGoesOn(event.target.checked)}>
        {t('video.attributes.goOn')}
      </Checkbox>
      <Button
        size="small"
        icon={<CameraOutlined />}
        loading={look.isPending && !goesOn}
        disabled={goesOn}
        onClick={() => look.mutate(camera)}
      >
        {t('video.attributes.look')}
      </Button>
    </>
  );
}
