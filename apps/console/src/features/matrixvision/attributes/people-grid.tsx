import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useKeyDown } from '../../../components/use-key-down.ts';
import styles from './attributes.module.css';
import { stepInGrid, type Verdict } from './labelling.ts';
import type { Clickable } from './use-labelling.ts';

interface PeopleGridProps {
  readonly items: readonly Clickable[];
  onSay(item: Clickable, verdict: Verdict): void;
  onUndo(): void;
}

/** As many as a person looks through without scrolling for long; the others follow as these are clicked. */
const shownAtOnce = 48;
const keys: Readonly<Record<string, Verdict>> = { w: 'with', o: 'without', s: 'skip' };

/** One after the other: W with, O without, S skip, arrows go from one to the next, U takes the last back. */
export function PeopleGrid({ items, onSay, onUndo }: PeopleGridProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const place = useRef<HTMLUListElement>(null);
  const [chosen, choose] = useState(0);
  const shown = items.slice(0, shownAtOnce);
  const at = Math.min(chosen, shown.length - 1);
  const tiles = () => [...(place.current?.querySelectorAll<HTMLElement>('[data-tile]') ?? [])];
  useKeyDown((event) => {
    // Keys belong to the grid while nothing else has them.
    const { activeElement, body } = document;
    if (activeElement !== body && !place.current?.contains(activeElement)) return;
    const isUndo = event.key.toLowerCase() === (event.ctrlKey || event.metaKey ? 'z' : 'u') && !event.altKey;
    if (isUndo) onUndo();
    else if (event.ctrlKey || event.metaKey || event.altKey) return;
    else if (event.key.startsWith('Arrow')) {
      const columns = getComputedStyle(place.current!).gridTemplateColumns.split(' ').length;
      const next = stepInGrid(at, event.key, columns, shown.length);
      choose(next);
      tiles()[next]?.focus();
    } else {
      const verdict = keys[event.key.toLowerCase()];
      const item = shown[at];
      if (!verdict || !item) return;
      onSay(item, verdict);
    }
    event.preventDefault();
  });
  // Whoever was clicked is gone, and with it the focus: it goes to who stands in that place now.
  const hadFocus = useRef(false);
  useEffect(() => {
    if (hadFocus.current && document.activeElement === document.body) tiles()[at]?.focus({ preventScroll: true });
  });
  return (
    <>
      <ul ref={place} className={styles.people}>
        {shown.map((item, index) => (
          <li key={item.key}>
            {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot hold the focus that the keys act on. */}
            <div
              data-tile
              className={styles.person}
              data-chosen={index === at}
              role="group"
              aria-label={[item.name, item.at && format.minute(item.at)].filter(Boolean).join(', ')}
              tabIndex={index === at ? 0 : -1}
              onFocus={() => {
                hadFocus.current = true;
                choose(index);
              }}
            >
              <img src={item.picture} alt="" loading="lazy" />
              <span className={styles.personName} data-raw title={item.name}>
                {item.name}
              </span>
              <span className={styles.verdicts}>
                {(['with', 'without', 'skip'] as const).map((verdict) => (
                  <Button key={verdict} size="small" tabIndex={-1} onClick={() => onSay(item, verdict)}>
                    {t(`video.attributes.say.${verdict}`)}
                  </Button>
                ))}
              </span>
            </div>
          </li>
        ))}
      </ul>
      <p className={styles.keys}>
        {items.length > shown.length && `${t('video.attributes.more', { n: items.length - shown.length })} · `}
        <kbd>W</kbd> {t('video.attributes.say.with')} · <kbd>O</kbd> {t('video.attributes.say.without')} · <kbd>S</kbd>{' '}
        {t('video.attributes.say.skip')} · <kbd>←</kbd> <kbd>→</kbd> {t('video.events.keyMove')} · <kbd>U</kbd>{' '}
        {t('actions.undo')}
      </p>
    </>
  );
}
