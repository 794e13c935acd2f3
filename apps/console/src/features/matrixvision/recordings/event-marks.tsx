import { useFormat } from '../../../app/i18n/use-format.ts';
import { useRuleName } from '../shared/use-rule-name.ts';
import type { CameraEvent } from '../types.ts';
import styles from './recordings.module.css';
import { partOf, type Stretch } from './timeline.ts';

interface EventMarksProps {
  readonly events: readonly CameraEvent[];
  readonly window: Stretch;
  onChoose(moment: number): void;
}

/** The clip begins so long before the event, so that what led to it is seen. */
export const leadMs = 5_000;

/** What rules found in the hour, over its strip. For the pointer; the keyboard has the list beside it. */
export function EventMarks({ events, window, onChoose }: EventMarksProps) {
  const format = useFormat();
  const ruleName = useRuleName();
  return events.map((event) => {
    const at = Date.parse(event.at);
    return (
      <span
        key={event.id}
        aria-hidden="true"
        className={styles.event}
        data-severity={event.severity}
        style={{ left: `${partOf(at, window) * 100}%` }}
        title={`${format.dateTime(at)} ${ruleName(event)}`}
        onClick={(click) => {
          click.stopPropagation();
          onChoose(at - leadMs);
        }}
      />
    );
  });
}
