import { PlayCircleOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { Panel } from '../../../components/panel.tsx';
import { SeverityMark } from '../shared/severity-mark.tsx';
import { useRuleName } from '../shared/use-rule-name.ts';
import type { CameraEvent } from '../types.ts';
import { leadMs } from './event-marks.tsx';
import styles from './recordings.module.css';

interface HourEventsProps {
  readonly events: readonly CameraEvent[];
  onChoose(moment: number): void;
}

/** The events of the hour that is shown, each to be played from a little before. */
export function HourEvents({ events, onChoose }: HourEventsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const ruleName = useRuleName();
  return (
    <Panel title={t('video.recordings.events', { n: events.length })} flush>
      <ul className={styles.events}>
        {events.map((event) => (
          <li key={event.id}>
            <Button
              size="small"
              type="text"
              icon={<PlayCircleOutlined />}
              onClick={() => onChoose(Date.parse(event.at) - leadMs)}
            >
              {format.dateTime(event.at)}
            </Button>
            <SeverityMark severity={event.severity} />
            <Link to={`/video/events?event=${event.id}`} data-raw>
              {ruleName(event)}
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
