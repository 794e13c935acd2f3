import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { toolKeys } from '../keys.ts';
import styles from '../labelling.module.css';
import { toolNames } from '../tools/tool.ts';

/** Each line: keys, and the text that says what they do. */
const lines = [
  ['good', 'G'],
  ['defect', 'D'],
  ['class', '1 – 9'],
  ['newClass', 'C'],
  ['confirm', 'Enter'],
  ['move', '← →', 'PgUp PgDn'],
  ['undo', 'Ctrl Z', 'Ctrl Shift Z'],
  ['save', 'Ctrl S'],
  ['remove', 'Del'],
  ['nextRegion', 'N'],
  ['nudge', '↑ ↓ ← →', 'Shift'],
  ['leave', 'Esc'],
  ['brush', '[ ]'],
  ['hide', 'H'],
  ['zoom', '+ −'],
  ['fit', 'F'],
  ['oneToOne', 'O'],
  ['suggest', 'S'],
  ['suggestions', ', .'],
  ['accept', 'Enter', 'Shift Enter'],
  ['reject', 'X'],
] as const;

const gestures = ['wheel', 'pan', 'fingers', 'select', 'polygon', 'brush', 'wand', 'eraser'] as const;

/** All keys of the page and what the pointer does. */
export function KeyHelp({ onClose }: { onClose(): void }) {
  const { t } = useTranslation();
  return (
    <Modal open onCancel={onClose} footer={null} title={t('labelling.help.title')} width={1040} style={{ top: 24 }}>
      <dl className={styles.keys}>
        {toolNames.map((tool) => (
          <div key={tool}>
            <dt>
              <kbd>{toolKeys[tool].toUpperCase()}</kbd>
            </dt>
            <dd>{t(`labelling.tool.${tool}`)}</dd>
          </div>
        ))}
        {lines.map(([name, ...keys]) => (
          <div key={name}>
            <dt>
              {keys.map((each) => (
                <kbd key={each}>{each}</kbd>
              ))}
            </dt>
            <dd>{t(`labelling.help.${name}`)}</dd>
          </div>
        ))}
      </dl>
      <ul className={styles.gestures}>
        {gestures.map((name) => (
          <li key={name}>{t(`labelling.gesture.${name}`)}</li>
        ))}
      </ul>
    </Modal>
  );
}
