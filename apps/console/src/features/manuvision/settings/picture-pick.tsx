import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePictures, usePicturesByHash } from '../shared/use-datasets.ts';
import type { Inspection, KindSettings, PartPicture } from '../types.ts';
import styles from './settings.module.css';

/** Whether every picture is brought to one, whose places are then those that were drawn. */
export const laysOnOne = (has: (name: string) => boolean, settings: KindSettings): boolean =>
  has('base') && (!has('align') || (settings.align !== undefined && settings.align !== 'none'));

interface PicturePickProps {
  readonly inspection: Inspection;
  readonly picture: PartPicture;
  /** Only a good part is what others are laid on. */
  readonly lays: boolean;
  onPick(picture: PartPicture): void;
}

/** Which picture is shown; or which one the others are laid on. */
export function PicturePick({ inspection, picture, lays, onPick }: PicturePickProps) {
  const { t } = useTranslation();
  const [search, setSearch] = useState('');
  const label = lays ? ('good' as const) : undefined;
  const found = usePictures(inspection.datasetId, { ...(search && { search }), ...(label && { label }) });
  const offered = found.data?.pages.flatMap(({ items }) => items) ?? [];
  const options = offered.some(({ id }) => id === picture.id) || search ? offered : [picture, ...offered];
  const name = t(lays ? 'parts.setting.base' : 'parts.settings.picture');
  return (
    <div className={styles.field}>
      <span>{name}</span>
      <Select
        showSearch={{ onSearch: setSearch, filterOption: false }}
        aria-label={name}
        value={picture.id}
        options={options.map(({ id, fileName }) => ({ value: id, label: fileName }))}
        onChange={(id) => {
          const one = options.find((each) => each.id === id);
          if (one) onPick(one);
          setSearch('');
        }}
      />
    </div>
  );
}

/**
 * The picture that is shown: the one that was picked, or the first.
 *
 * @param base where others are laid on one: its hash, empty where none was chosen yet
 */
export function useShownPicture(
  { datasetId }: Inspection,
  base: string | undefined,
  picked: PartPicture | undefined,
): PartPicture | undefined {
  const named = usePicturesByHash(datasetId, base ? [base] : []).data?.[0];
  const first = usePictures(datasetId, base === undefined ? {} : { label: 'good' }).data?.pages[0]?.items[0];
  return base === undefined ? (picked ?? first) : (named ?? first);
}
