import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/i18n/use-format.ts';

const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

/** Words of the pages for the values of some members; the same member may hold more than one kind of word. */
const words: Readonly<Record<string, readonly string[]>> = {
  role: ['roles'],
  carrier: ['cloud.carrier'],
  quantity: ['cloud.quantity'],
  kind: ['cloud.kind', 'cloud.sourceKind', 'cloud.pointKind', 'esg.kind'],
};

/** A recorded value as the pages would say it: times on the reader's clock, kinds and roles by their words. */
export function useValueText(): (name: string, value: string) => string {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  return (name, value) => {
    if (moment.test(value)) return format.minute(value);
    const key = words[name]?.map((group) => `${group}.${value}`).find((each) => i18n.exists(each));
    return key === undefined ? value : t(key);
  };
}
