import { RadarChartOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { type KeyboardEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../../api/api-error.ts';
import { answer, api } from '../../../api/client.ts';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { Panel } from '../../../components/panel.tsx';
import { OfferNetwork } from '../networks/offer-network.tsx';
import type { OnvifCamera } from '../types.ts';
import type { CameraFields } from './camera-fields.ts';
import styles from './cameras.module.css';
import { ChooseStreams } from './choose-streams.tsx';

/** Asks the network for ONVIF cameras, then one of them for its streams, and fills in the form with what was chosen. */
export function FindCameras() {
  const { t } = useTranslation();
  const form = Form.useFormInstance<CameraFields>();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const [address, setAddress] = useState('');
  const [name, setName] = useState('');
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const search = useMutation({
    mutationFn: async () => (await answer(api.POST('/api/matrixvision/discovery'))).items,
  });
  const streams = useMutation({
    mutationFn: () =>
      answer(
        api.POST('/api/matrixvision/discovery/streams', {
          body: { address: address.trim(), ...(username && { username, password }) },
        }),
      ),
  });
  /** Enter asks the camera; the form around is not sent yet. */
  const onEnter = (event: KeyboardEvent) => {
    event.preventDefault();
    if (address.trim()) streams.mutate();
  };
  const begin = () => {
    setOpen(true);
    search.mutate();
  };
  const choose = (camera: OnvifCamera) => {
    setAddress(camera.address);
    setName(camera.name);
    streams.reset();
  };
  const take = (url: string, subUrl: string | undefined) => {
    form.setFieldValue('source', {
      ...form.getFieldValue('source'),
      ...{ type: 'stream', url, subUrl, username: username || undefined, password: password || undefined },
    });
    const found = streams.data;
    const own = name || [found?.manufacturer, found?.model].filter(Boolean).join(' ');
    if (own && !form.getFieldValue('name')) form.setFieldValue('name', own);
    setOpen(false);
  };
  if (!isOpen)
    return (
      <Button icon={<RadarChartOutlined />} onClick={begin} className={styles.findButton!}>
        {t('video.discovery.search')}
      </Button>
    );
  return (
    <div className={styles.find}>
      <Panel
        title={t('video.discovery.search')}
        extra={
          <>
            <Button size="small" loading={search.isPending} onClick={() => search.mutate()}>
              {t('video.discovery.again')}
            </Button>{' '}
            <Button size="small" type="text" onClick={() => setOpen(false)}>
              {t('video.discovery.close')}
            </Button>
          </>
        }
      >
        {search.isPending && (
          <p className="soft" role="status">
            {t('video.discovery.searching')}
          </p>
        )}
        {search.error && <ErrorNotice error={search.error} />}
        {search.data?.length === 0 && (
          <EmptyState title={t('video.discovery.nobody')} text={t('video.discovery.nobodyNext')} />
        )}
        {search.data && search.data.length > 0 && (
          <>
            <p className="soft" role="status">
              {t('video.discovery.found', { n: search.data.length })}
            </p>
            <ul className={styles.found}>
              {search.data.map((camera) => (
                <li key={camera.id}>
                  <button
                    type="button"
                    className={styles.foundCamera}
                    aria-pressed={camera.address === address}
                    aria-label={t('video.discovery.choose', { name: camera.name || camera.address })}
                    onClick={() => choose(camera)}
                  >
                    <b data-raw={camera.name ? true : undefined}>{camera.name || t('video.discovery.unnamed')}</b>
                    <span className="soft" data-raw>
                      {camera.hardware}
                    </span>
                    <span className="mono">{hostOf(camera.address)}</span>
                  </button>
                </li>
              ))}
            </ul>
          </>
        )}
        <div className={styles.findField}>
          <label htmlFor={`${id}-address`}>{t('video.discovery.address')}</label>
          <Input
            id={`${id}-address`}
            className="mono"
            value={address}
            onPressEnter={onEnter}
            placeholder="192.168.1.20"
            onChange={(event) => {
              setAddress(event.target.value);
              setName('');
              streams.reset();
            }}
          />
          <small>{t('video.discovery.addressHint')}</small>
        </div>
        <div className={styles.pair}>
          <div className={styles.findField}>
            <label htmlFor={`${id}-user`}>{t('video.cameras.username')}</label>
            <Input
              id={`${id}-user`}
              value={username}
              onPressEnter={onEnter}
              autoComplete="off"
              onChange={(event) => setUsername(event.target.value)}
            />
          </div>
          <div className={styles.findField}>
            <label htmlFor={`${id}-password`}>{t('video.cameras.password')}</label>
            <Input.Password
              id={`${id}-password`}
              value={password}
              onPressEnter={onEnter}
              autoComplete="new-password"
              onChange={(event) => setPassword(event.target.value)}
            />
          </div>
        </div>
        <Button disabled={!address.trim()} loading={streams.isPending} onClick={() => streams.mutate()}>
          {t('video.discovery.ask')}
        </Button>
        {streams.error && <ErrorNotice error={streams.error} />}
        {streams.error instanceof ApiError && <OfferNetwork {...streams.error} onAllowed={() => streams.mutate()} />}
        {streams.data && <ChooseStreams key={address} found={streams.data} onTake={take} />}
      </Panel>
    </div>
  );
}

const hostOf = (address: string): string => (URL.canParse(address) ? new URL(address).host : address);
