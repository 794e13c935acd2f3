import { severities } from '@millwright/kernel';
import { useTranslation } from 'react-i18next';
import { FilterSelect } from '../../../components/data-table/filter-select.tsx';
import { useParameter } from '../../../components/use-parameter.ts';
import { ruleForms } from '../camera/rules/rule-schema.ts';
import { useRuleWords } from '../camera/rules/use-rule-words.ts';
import { useSiteCameras } from '../shared/use-cameras.ts';
import { useRuleName } from '../shared/use-rule-name.ts';
import { reviewStates, type Span, spans } from './use-event-filter.ts';
import { usePrecision } from './use-events.ts';

export function EventFilters() {
  const { t } = useTranslation();
  const words = useRuleWords();
  const nameOf = useRuleName();
  const cameras = useSiteCameras().data ?? [];
  const [camera, setCamera] = useParameter('camera');
  const [rule, setRule] = useParameter('rule');
  const [kind, setKind] = useParameter('kind');
  const [severity, setSeverity] = useParameter('severity');
  const [state, setState] = useParameter('state');
  const [span, setSpan] = useParameter('span');
  // Rules that ever reported something, those of the past too.
  const known = usePrecision({ camera }).data ?? [];
  const rules = new Map(known.map((one) => [one.ruleId, nameOf(one)]));
  return (
    <>
      <FilterSelect
        label={t('pages.camera.title')}
        value={camera}
        onChange={setCamera}
        options={cameras.map(({ id, name }) => ({ value: id, label: name }))}
        width={130}
      />
      <FilterSelect
        label={t('video.events.rule')}
        value={rule}
        onChange={setRule}
        options={[...rules].map(([value, label]) => ({ value, label }))}
        width={120}
      />
      <FilterSelect
        label={t('video.events.kind')}
        value={kind}
        onChange={setKind}
        options={ruleForms.map((form) => ({ value: form.kind, label: words.kind(form.kind) }))}
        width={120}
      />
      <FilterSelect
        label={t('video.events.severity')}
        value={severity}
        onChange={setSeverity}
        options={severities.map((value) => ({ value, label: words.choice('severity', value) }))}
        width={110}
      />
      <FilterSelect
        label={t('video.events.review')}
        value={state}
        onChange={setState}
        options={reviewStates.map((value) => ({ value, label: t(`video.review.${value}`) }))}
        width={110}
      />
      <FilterSelect
        label={t('video.events.time')}
        value={span}
        onChange={setSpan}
        options={(Object.keys(spans) as Span[]).map((value) => ({ value, label: t(`video.span.${value}`) }))}
        width={120}
      />
    </>
  );
}
