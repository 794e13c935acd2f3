import { BulbOutlined, DeleteOutlined, LoadingOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../../app/i18n/use-format.ts';
import { useClassName } from '../../shared/use-class-name.ts';
import { shapeArea, shapeBox } from '../geometry/shape.ts';
import styles from '../labelling.module.css';
import type { Region } from '../session/labels.ts';
import { ToolIcon } from '../tools/tool-icons.tsx';
import type { SidePanelProps } from './side-panel.tsx';

const iconOf = { box: 'box', polygon: 'polygon', mask: 'brush' } as const;

/** What is drawn, so that it can be reached without a pointer. */
export function RegionList({ labels, colourOf, chosen, writes, suggestions, onChoose, onRemove }: SidePanelProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const classText = useClassName();
  const sizeOf = ({ shape }: Region): string => {
    const box = shapeBox(shape);
    if (!box) return '';
    if (shape.kind !== 'box') return t('labelling.pixels', { n: format.number(shapeArea(shape), 0) });
    return `${format.number(box.width, 0)} × ${format.number(box.height, 0)}`;
  };
  return (
    <section>
      <h2>{t('labelling.regions', { n: format.number(labels.regions.length, 0) })}</h2>
      {writes && (
        <Button
          size="small"
          icon={suggestions.isAsking ? <LoadingOutlined /> : <BulbOutlined />}
          disabled={suggestions.isAsking}
          onClick={suggestions.ask}
        >
          {t('labelling.suggest')} <kbd>S</kbd>
        </Button>
      )}
      {labels.regions.length === 0 && <p className={styles.hint}>{t('labelling.noRegions')}</p>}
      <ul className={styles.list} data-regions>
        {labels.regions.map((region) => (
          <li key={region.id} className={styles.regionLine}>
            <button
              type="button"
              className={styles.row}
              aria-pressed={region.id === chosen}
              onClick={() => onChoose(region.id === chosen ? undefined : region.id)}
            >
              <i className={styles.swatch} style={{ background: colourOf(region.class) }} />
              <span className="clipped" data-raw>
                {classText(region.class)}
              </span>
              <span className={styles.size}>
                {sizeOf(region)}{' '}
                <ToolIcon tool={iconOf[region.shape.kind]} text={t(`labelling.shape.${region.shape.kind}`)} />
              </span>
            </button>
            {writes && (
              <Button
                type="text"
                size="small"
                icon={<DeleteOutlined />}
                aria-label={t('actions.delete')}
                onClick={() => onRemove(region.id)}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
