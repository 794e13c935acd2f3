import { useTranslation } from 'react-i18next';
import { StateMark } from '../../../components/state-mark.tsx';
import { thumbnailPath } from '../shared/paths.ts';
import { useClassName } from '../shared/use-class-name.ts';
import type { PartPicture } from '../types.ts';
import styles from './dataset.module.css';

interface PictureTileProps {
  readonly datasetId: string;
  readonly picture: PartPicture;
  readonly isChosen: boolean;
  onChoose(how: { range: boolean; add: boolean }): void;
  onOpen(): void;
}

/** One picture with its label; a click chooses it, a double click looks closer. */
export function PictureTile({ datasetId, picture, isChosen, onChoose, onOpen }: PictureTileProps) {
  const { t } = useTranslation();
  const classText = useClassName();
  const { id, fileName, label, class: name } = picture;
  const said = label === 'good' ? t('parts.labels.good') : classText(name ?? 'defect');
  return (
    <li>
      <button
        type="button"
        data-tile={id}
        className={styles.tile}
        aria-pressed={isChosen}
        onClick={(event) => onChoose({ range: event.shiftKey, add: event.ctrlKey || event.metaKey })}
        onDoubleClick={onOpen}
      >
        <img src={thumbnailPath(datasetId, id)} alt="" loading="lazy" />
        <span className={styles.fileName} data-raw title={fileName}>
          {fileName}
        </span>
        <StateMark tone={label === 'good' ? 'good' : 'bad'}>
          <span data-raw={label === 'defect' ? true : undefined}>{said}</span>
        </StateMark>
      </button>
    </li>
  );
}
