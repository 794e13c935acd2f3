import { SearchOutlined } from '@ant-design/icons';
import { Input, Modal } from 'antd';
import { type KeyboardEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import styles from './command-palette.module.css';
import type { PaletteItem } from './palette-item.ts';
import { usePaletteItems } from './use-palette-items.ts';

const listId = 'palette-list';

/** Goes anywhere by name: pages, plant, sources, points, and findings by their id. */
export function CommandPalette({ onClose }: { onClose(): void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const { items, searching } = usePaletteItems(text.trim());
  const chosen = Math.min(at, items.length - 1);
  useEffect(() => {
    document.getElementById(optionId(chosen))?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  const go = (item: PaletteItem | undefined) => {
    if (!item) return;
    onClose();
    navigate(item.to);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') return go(items[chosen]);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined || items.length === 0) return;
    event.preventDefault();
    setAt((chosen + step + items.length) % items.length);
  };
  return (
    <Modal
      open
      footer={null}
      closable={false}
      onCancel={onClose}
      width={640}
      style={{ top: 72 }}
      rootClassName={styles.palette}
      title={<span className="visually-hidden">{t('palette.title')}</span>}
      styles={{ header: { margin: 0, padding: 0 } }}
    >
      <Input
        autoFocus
        variant="borderless"
        className={styles.input}
        prefix={<SearchOutlined />}
        placeholder={t('palette.placeholder')}
        aria-label={t('palette.placeholder')}
        role="combobox"
        aria-expanded={items.length > 0}
        aria-controls={listId}
        aria-activedescendant={items.length > 0 ? optionId(chosen) : undefined}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={listId} role="listbox" className={styles.list} aria-label={t('palette.title')} aria-busy={searching}>
        {items.map((item, index) => (
          <Option
            key={item.id}
            item={item}
            index={index}
            chosen={index === chosen}
            first={items[index - 1]?.group !== item.group}
            onPoint={() => setAt(index)}
            onGo={() => go(item)}
          />
        ))}
      </div>
      {items.length === 0 && !searching && <p className={styles.nothing}>{t('palette.nothing')}</p>}
      <div className={styles.foot} aria-hidden="true">
        <span>
          <kbd>↑</kbd> <kbd>↓</kbd> {t('palette.move')}
        </span>
        <span>
          <kbd>Enter</kbd> {t('palette.go')}
        </span>
        <span>
          <kbd>Esc</kbd> {t('actions.close')}
        </span>
      </div>
    </Modal>
  );
}

const optionId = (index: number) => `palette-option-${index}`;

interface OptionProps {
  readonly item: PaletteItem;
  readonly index: number;
  readonly chosen: boolean;
  /** Begins its group. */
  readonly first: boolean;
  onPoint(): void;
  onGo(): void;
}

function Option({ item, index, chosen, first, onPoint, onGo }: OptionProps) {
  const { t } = useTranslation();
  return (
    <>
      {first && (
        <div className={styles.group} role="presentation">
          {t(`palette.group.${item.group}`)}
        </div>
      )}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the box above, which keeps the focus. */}
      <div
        id={optionId(index)}
        role="option"
        tabIndex={-1}
        aria-selected={chosen}
        className={styles.option}
        onMouseMove={onPoint}
        onClick={onGo}
      >
        <span className={styles.icon} aria-hidden="true">
          <item.icon />
        </span>
        <span className={styles.title}>{item.title}</span>
        <span className={styles.note}>{item.note}</span>
      </div>
    </>
  );
}
