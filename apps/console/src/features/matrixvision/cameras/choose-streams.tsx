import { Button, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import type { OnvifStreams } from '../types.ts';
import styles from './cameras.module.css';

interface ChooseStreamsProps {
  readonly found: OnvifStreams;
  onTake(url: string, subUrl: string | undefined): void;
}

/** Which stream of a camera is recorded and which is analysed; the usual choice stands there already. */
export function ChooseStreams({ found, onTake }: ChooseStreamsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [url, setUrl] = useState(found.url);
  const [subUrl, setSubUrl] = useState(found.subUrl === found.url ? '' : found.subUrl);
  const options = found.profiles.map(({ name, width, height, encoding, frameRate, url: value }) => ({
    value,
    label: (
      <span data-raw>
        {t('video.discovery.stream', {
          ...{ name, encoding, width: format.plainNumber(width, 0), height: format.plainNumber(height, 0) },
          rate: format.number(frameRate, 0),
        })}
      </span>
    ),
  }));
  return (
    <div className={styles.streams}>
      <p>
        <b data-raw>{[found.manufacturer, found.model].filter(Boolean).join(' ')}</b>
      </p>
      <fieldset>
        <legend>{t('video.discovery.record')}</legend>
        <Radio.Group
          vertical
          value={url}
          onChange={(event) => setUrl(event.target.value as string)}
          options={options}
        />
      </fieldset>
      <fieldset>
        <legend>{t('video.discovery.analyse')}</legend>
        <Radio.Group
          vertical
          value={subUrl}
          onChange={(event) => setSubUrl(event.target.value as string)}
          options={[{ value: '', label: t('video.discovery.none') }, ...options]}
        />
      </fieldset>
      <Button type="primary" onClick={() => onTake(url, subUrl === '' || subUrl === url ? undefined : subUrl)}>
        {t('video.discovery.take')}
      </Button>
    </div>
  );
}
