import { PlusOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClassName } from '../../shared/use-class-name.ts';
import styles from '../labelling.module.css';
import type { SidePanelProps } from './side-panel.tsx';

/** Classes with their colours and number keys; the chosen one is drawn next. */
export function ClassList({ classes, colourOf, className, writes, onChooseClass, onAddClass }: SidePanelProps) {
  const { t } = useTranslation();
  const classText = useClassName();
  const [typed, setTyped] = useState('');
  const add = () => {
    const name = typed.trim();
    if (name) onAddClass(name);
    setTyped('');
  };
  return (
    <section>
      <h2>{t('parts.classes')}</h2>
      <ul className={styles.list}>
        {classes.names.map((name, index) => (
          <li key={name}>
            <button
              type="button"
              className={styles.row}
              aria-pressed={name === className}
              disabled={!writes}
              onClick={() => onChooseClass(name)}
            >
              <i className={styles.swatch} style={{ background: colourOf(name) }} />
              <span className="clipped" data-raw>
                {classText(name)}
              </span>
              {index < 9 && <kbd>{index + 1}</kbd>}
            </button>
          </li>
        ))}
      </ul>
      {writes && (
        <Input
          size="small"
          data-new-class
          prefix={<PlusOutlined />}
          suffix={typed ? <kbd>Enter</kbd> : <kbd>C</kbd>}
          placeholder={t('labelling.newClass')}
          aria-label={t('labelling.newClass')}
          maxLength={100}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            // While characters are being put together Enter ends that.
            if (event.nativeEvent.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return;
            event.preventDefault();
            if (event.key === 'Enter') add();
            event.currentTarget.blur();
          }}
        />
      )}
    </section>
  );
}
