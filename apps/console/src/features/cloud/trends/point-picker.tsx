import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Point } from '../../../api/types.ts';
import { unitName } from '../../../app/i18n/format.ts';
import { useSite } from '../../../app/site.tsx';
import { usePoints } from '../use-cloud.ts';
import styles from './trends-page.module.css';

interface PointPickerProps {
  readonly chosen: readonly Point[];
  onChange(ids: string[]): void;
}

/** More curves than colours cannot be told apart. */
const mostCurves = 8;

export function PointPicker({ chosen, onChange }: PointPickerProps) {
  const { t } = useTranslation();
  const { siteId } = useSite();
  const [search, setSearch] = useState('');
  const { data: found = [], isFetching } = usePoints({ siteId: siteId ?? undefined, search });
  const offered = [...chosen, ...found.filter(({ id }) => !chosen.some((point) => point.id === id))];
  return (
    <Select
      mode="multiple"
      className={styles.picker}
      placeholder={t('cloud.trends.choose')}
      aria-label={t('cloud.trends.choose')}
      value={chosen.map(({ id }) => id)}
      onChange={onChange}
      maxCount={mostCurves}
      loading={isFetching}
      showSearch={{ filterOption: false, onSearch: setSearch }}
      options={offered.map(({ id, name, unit }) => ({ value: id, label: name, unit: unitName(unit) }))}
      optionRender={({ label, data }) => (
        <span className={styles.option}>
          {label} <span className="faint">{data.unit}</span>
        </span>
      )}
    />
  );
}
