import { DatePicker, Segmented, Select } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useParameter } from '../../../components/use-parameter.ts';
import type { Camera } from '../types.ts';
import { useWindow, type WindowName, windows } from './use-window.ts';

/** Which camera, and when. */
export function CameraWindow({ cameras, camera }: { cameras: readonly Camera[]; camera: Camera }) {
  const { t } = useTranslation();
  const [, setCamera] = useParameter('camera');
  const [, setParameters] = useSearchParams();
  const { name, from, to } = useWindow();
  const set = (values: Record<string, string>) =>
    setParameters((current) => {
      for (const key of ['span', 'from', 'to']) current.delete(key);
      for (const [key, value] of Object.entries(values)) current.set(key, value);
      return current;
    });
  return (
    <>
      <Select
        aria-label={t('pages.camera.title')}
        value={camera.id}
        onChange={setCamera}
        options={cameras.map((each) => ({ value: each.id, label: each.name }))}
        showSearch={{ optionFilterProp: 'label' }}
        popupMatchSelectWidth={false}
        style={{ width: 190 }}
      />
      <Segmented<WindowName | ''>
        aria-label={t('video.events.time')}
        value={name ?? ''}
        onChange={(span) => span && set({ span })}
        options={(Object.keys(windows) as WindowName[]).map((value) => ({ value, label: t(`video.window.${value}`) }))}
      />
      <DatePicker.RangePicker
        showTime={{ format: 'HH:mm' }}
        format="YYYY-MM-DD HH:mm"
        allowClear={false}
        aria-label={t('video.events.time')}
        value={[dayjs(from), dayjs(to)]}
        onChange={(range) => {
          const [begin, end] = range ?? [];
          if (begin && end) set({ from: begin.toISOString(), to: end.toISOString() });
        }}
      />
    </>
  );
}
