import { CheckOutlined, DeleteOutlined, UndoOutlined, WarningOutlined } from '@ant-design/icons';
import { AutoComplete, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Label } from '../types.ts';
import styles from './dataset.module.css';

interface LabelBarProps {
  readonly chosen: number;
  readonly classes: readonly string[];
  /** That chosen defects are given. */
  readonly defectClass: string;
  onClass(name: string): void;
  onLabel(label: Label): void;
  onRemove(): void;
  onUndo(): void;
  readonly canUndo: boolean;
  readonly isBusy: boolean;
}

/** What is done to the chosen pictures. */
export function LabelBar(props: LabelBarProps) {
  const { t } = useTranslation();
  const isIdle = props.chosen === 0 || props.isBusy;
  return (
    <div className={styles.bar}>
      <span role="status">
        {props.chosen === 0 ? t('parts.dataset.choose') : t('parts.dataset.chosen', { n: props.chosen })}
      </span>
      <Button size="small" icon={<CheckOutlined />} disabled={isIdle} onClick={() => props.onLabel('good')}>
        {t('parts.labels.good')} <kbd>G</kbd>
      </Button>
      <span className={styles.defect}>
        <Button size="small" icon={<WarningOutlined />} disabled={isIdle} onClick={() => props.onLabel('defect')}>
          {t('parts.labels.defect')} <kbd>D</kbd>
        </Button>
        <AutoComplete
          size="small"
          aria-label={t('parts.class')}
          placeholder={t('parts.class')}
          value={props.defectClass}
          onChange={props.onClass}
          options={props.classes.map((value) => ({ value }))}
          style={{ width: 150 }}
        />
      </span>
      <Button size="small" danger icon={<DeleteOutlined />} disabled={isIdle} onClick={props.onRemove}>
        {t('actions.delete')} <kbd>Del</kbd>
      </Button>
      <Button
        size="small"
        icon={<UndoOutlined />}
        disabled={!props.canUndo || props.isBusy}
        loading={props.isBusy}
        onClick={props.onUndo}
      >
        {t('actions.undo')} <kbd>U</kbd>
      </Button>
    </div>
  );
}
