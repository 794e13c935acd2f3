import { Button, DatePicker, Select } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../../components/page-header.tsx';
import { useParameter } from '../../../components/use-parameter.ts';
import { NeedsCamera } from '../shared/needs-camera.tsx';
import { DayView } from './day-view.tsx';

/** What was recorded of a camera on one day, and what was lost and why. */
export function RecordingsPage() {
  const { t } = useTranslation();
  const [, setCamera] = useParameter('camera');
  const [at, setAt] = useParameter('at');
  const moment = Date.parse(at ?? '') || undefined;
  const day = dayjs(moment).startOf('day');
  const goTo = (next: dayjs.Dayjs) => setAt(next.toISOString());
  return (
    <>
      <PageHeader page="recordings" />
      <NeedsCamera>
        {(camera, cameras) => (
          <>
            <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8, marginBottom: 12 }}>
              <Select
                aria-label={t('pages.camera.title')}
                value={camera.id}
                onChange={setCamera}
                options={cameras.map((each) => ({ value: each.id, label: each.name }))}
                showSearch={{ optionFilterProp: 'label' }}
                popupMatchSelectWidth={false}
                style={{ width: 190 }}
              />
              <Button onClick={() => goTo(day.subtract(1, 'day'))} aria-label={t('video.recordings.dayBefore')}>
                ‹
              </Button>
              <DatePicker
                allowClear={false}
                aria-label={t('video.recordings.day')}
                value={day}
                onChange={(next) => next && goTo(next)}
              />
              <Button
                disabled={day.isSame(dayjs(), 'day')}
                onClick={() => goTo(day.add(1, 'day'))}
                aria-label={t('video.recordings.dayAfter')}
              >
                ›
              </Button>
            </div>
            <DayView
              key={`${camera.id} ${day.valueOf()}`}
              camera={camera}
              day={{ from: day.valueOf(), to: day.add(1, 'day').valueOf() }}
              moment={moment}
            />
          </>
        )}
      </NeedsCamera>
    </>
  );
}
